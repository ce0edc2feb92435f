"""A resident answers in Urdu, from the first page to the receipt; nothing on the way is in English unmarked."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from consult.consultations.languages.passages import passages_of
from consult.consultations.languages.translations import Translation
from consult.consultations.models import find
from consult.database import db
from consult.responses.models import Answer, Response
from tests.consultations.setting import person
from tests.inspector import Page
from tests.responses import asking, kinds
from tests.responses.asking import URL
from tests.responses.paging import Paging
from tests.responses.test_respond import stored
from tests.web.foreign import unsaid

SHOW = URL.removesuffix("respond")
ANSWERS = {
    **kinds.ANSWERS,
    "q5": "سبز اور پرسکون",
    "name": "عائشہ",
    "email": "a@example.org",
    "kind": "individual",
    "connection": ["live"],
}


@pytest.fixture
def in_urdu(client):
    client.get("/?language=ur")
    return client


def read(page):
    assert unsaid(page.tree) == []
    return page


def texts(page, tag, **attributes):
    return [
        "".join(e.itertext()) for e in page.tree.iter(tag) if attributes.items() <= dict(e.attrib).items()
    ]


def test_every_page_of_every_kind_of_question_is_in_urdu(in_urdu, working):
    with working("ash"):
        kinds.consultation(required=("q3", "q5"))
    client = in_urdu
    read(client.page(kinds.URL.removesuffix("respond")))
    read(client.page(kinds.URL))
    read(client.page(f"{kinds.URL}?whole=1"))
    wrong = client.post(
        kinds.URL, data={"q3": "x", "q4.day": "40", "q8.grid": "?", "postcode": "x", "email": "x"}
    )
    assert wrong.status_code == 422
    read(Page(wrong))
    paging = Paging(client, kinds.URL)
    while paging.step != "check":
        page = read(paging.page())
        names = {e.get("name") for e in page.tree.iter() if e.tag in ("input", "textarea", "select")}
        paging.writes(**{name: value for name, value in ANSWERS.items() if name in names})
    assert "سبز اور پرسکون" in read(paging.page()).text
    read(client.page(f"{paging.draft}?at=later"))
    receipt = read(client.page(paging.send().headers["Location"]))
    assert "آپ کا جواب ہمیں مل گیا ہے" in receipt.text
    assert "سبز اور پرسکون" in receipt.text


def test_policies_are_answered_and_the_language_is_kept_with_the_response(in_urdu, opened, working, mailed):
    client = in_urdu
    paging = Paging(client).to_the_end(**asking.FULL)
    read(paging.page())
    location = paging.send().headers["Location"]
    read(client.page(location))
    (response,) = stored(working)
    assert response.language == "ur"
    assert response.notice == "We keep it safe."
    assert response.publication.startswith("آپ کی بات") or response.publication.startswith("آپ جو کچھ")
    assert mailed()[-1]["subject"].startswith("آپ کا جواب ہمیں مل گیا ہے")
    assert "language=ur" in mailed()[-1]["text"]
    reference = response.reference
    read(client.page(f"{SHOW}receipts/?reference={reference}"))
    read(client.page(f"{SHOW}receipts/?reference=R-XXXX-XX"))
    change = client.post(f"{location.partition('?')[0]}/change")
    read(client.page(change.headers["Location"]))
    withdrawn = client.post(f"{location.partition('?')[0]}/withdrawal")
    read(client.page(withdrawn.headers["Location"]))
    beck = client.page(URL.replace("/ash/", "/beck/"))
    assert beck.tree.get("lang") == "ur"


def test_whoever_does_not_choose_answers_in_english(client, opened, working):
    client.send(URL, **asking.FULL)
    assert stored(working)[0].language == "en"


def test_another_language_is_chosen_in_the_middle_and_nothing_typed_is_lost(client, opened):
    paging = Paging(client)
    button = paging.page().tree.find(".//nav[@class='app-languages']//button")
    assert (button.get("lang"), button.get("form"), button.get("name")) == ("ur", "answers", "do")
    page = Page(client.post(button.get("formaction"), data={"at": paging.step, "do": "speak", "q1": ["H1"]}))
    assert page.tree.get("lang") == "ur"
    ticked = [
        e.get("value") for e in page.tree.iter("input") if e.get("name") == "q1" and "checked" in e.attrib
    ]
    assert ticked == ["H1"]
    whole = Page(client.post(f"{URL}?language=en", data={"do": "speak", "q4": "Keep the mill", "q1": []}))
    assert whole.tree.get("lang") == "en"
    assert "Keep the mill" in texts(whole, "textarea", name="q4")[0]


def test_an_answer_is_kept_as_it_was_given_with_its_letters_in_one_form(in_urdu, opened, working):
    apart = "\u0627\u0653\u067e"  # alef and its madda, as some keyboards send them
    in_urdu.send(URL, q4=f"  {apart} کا شکریہ\r\nدوسری سطر ", idempotency_key=str(uuid4()))
    with working("ash"):
        text = db.session.scalar(sa.select(Answer.text).where(Answer.text != ""))
    assert text == "\u0622\u067e کا شکریہ\nدوسری سطر"


def test_a_reference_copied_with_its_invisible_marks_is_found(in_urdu, opened, working):
    in_urdu.send(URL, q4="x")
    reference = stored(working)[0].reference
    page = in_urdu.get(f"{SHOW}receipts/", query_string={"reference": f"\u2068{reference}\u2069"})
    assert "یہ شمار ہوا ہے" in Page(page).text


def test_what_is_kept_beside_a_place_is_in_english_in_whichever_language_it_was_asked(
    in_urdu, opened, working
):
    in_urdu.send(URL, **{"q5.postcode": "ba1 1aa", "q5.about": "policy:H1"})
    with working("ash"):
        (place,) = db.session.scalar(sa.select(Response)).places
        assert place.words == "Policy H1: Homes & gardens\nPostcode BA1 1AA"


def test_the_way_back_is_mailed_in_urdu_and_opens_in_it_on_another_device(in_urdu, opened, mailed, app):
    paging = Paging(in_urdu)
    in_urdu.post(paging.draft, data={"do": "mail", "email": "a@example.org"})
    text = mailed()[-1]["text"]
    link = next(line for line in text.splitlines() if line.startswith("http"))
    assert link.endswith("language=ur")
    other = app.test_client()
    assert Page(other.get(link.partition("localhost")[2])).tree.get("lang") == "ur"


def test_nothing_of_the_language_is_left_on_a_device_at_an_event(in_urdu, opened, working, sign_in):
    sign_in("ash").send(f"{SHOW}event-devices", name="Hall")
    devices = sign_in("ash").page(f"{SHOW}event-devices").html
    code = devices.partition("respond?event=")[2].partition('"')[0]
    paging = Paging(in_urdu, f"{URL}?event={code}", event=code)
    cleared = in_urdu.post(paging.location, data={"do": "clear"})
    assert "language=;" in cleared.headers["Set-Cookie"]
    assert in_urdu.page(cleared.headers["Location"]).tree.get("lang") == "en"


# What the organisers translated.


def translated(consultation, code, **words):
    """Puts words into that language by what they are in English."""
    said = {
        p.key: {"said": words[p.english], "of": p.mark}
        for p in passages_of(consultation)
        if p.english in words
    }
    asking.add(Translation(consultation_id=consultation.id, language=code, words=said))


def test_what_the_organisers_translated_is_shown_and_the_rest_is_marked_as_english(in_urdu, opened, working):
    with working("ash"):
        translated(
            find("reg14"),
            "ur",
            **{
                "The draft plan": "مسودہ",
                "Anything else?": "اور کچھ؟",
                "Yes": "ہاں جی",
                "We keep it safe.": "ہم اسے محفوظ رکھتے ہیں۔",
                "Mill Meadow": "مل کا میدان",
            },
        )
    page = read(in_urdu.page(f"{URL}?whole=1"))
    assert texts(page, "h1") == ["مسودہ"]
    assert "اور کچھ؟" in texts(page, "label", **{"for": label_of(page, "q4")})
    asked = page.tree.findall(".//bdi[@lang='en']")
    assert "Should the plan go on?" in {"".join(e.itertext()) for e in asked}
    assert "ہاں جی" in page.text and "مل کا میدان" in page.text
    in_urdu.send(URL, q2="yes", q4="x")
    (response,) = stored(working)
    assert response.notice == "ہم اسے محفوظ رکھتے ہیں۔"
    with working("ash"):
        assert db.session.scalar(sa.select(Answer.choice).where(Answer.choice.is_not(None))) == "yes"
    beck = in_urdu.page(URL.replace("/ash/", "/beck/"))
    assert "مسودہ" not in texts(beck, "h1")


def label_of(page, name):
    return next(e.get("id") for e in page.tree.iter() if e.get("name") == name)


def test_a_language_that_our_pages_do_not_speak_is_offered_where_the_organisers_do(client, opened, working):
    with working("ash"):
        translated(
            find("reg14"), "pl", **{"The draft plan": "Projekt planu", "Anything else?": "Coś jeszcze?"}
        )
    offered = {e.get("lang") for e in client.page(SHOW).tree.findall(".//nav[@class='app-languages']//a")}
    assert offered == {"ur", "pl"}
    page = client.page(f"{URL}?whole=1&language=pl")
    assert page.tree.get("lang") == "en"
    title = page.tree.find(".//h1/bdi")
    assert (title.get("lang"), title.text) == ("pl", "Projekt planu")
    client.send(URL, q4="Dobrze")
    assert stored(working)[0].language == "pl"
    beck = client.page(SHOW.replace("/ash/", "/beck/"))
    assert {e.get("lang") for e in beck.tree.findall(".//nav[@class='app-languages']//a")} == {"ur"}


def test_what_was_translated_from_other_words_is_not_shown(in_urdu, opened, working):
    with working("ash"):
        consultation = find("reg14")
        words = {"title": {"said": "پرانا", "of": "0" * 16}}
        asking.add(Translation(consultation_id=consultation.id, language="ur", words=words))
    page = read(in_urdu.page(SHOW))
    assert texts(page, "h1") == ["The draft plan"]


def test_what_is_added_after_the_opening_is_shown_from_then_on(in_urdu, opened, working, world):
    whole = f"{URL}?whole=1"
    assert "اور کچھ؟" not in in_urdu.page(whole).text
    with working("ash"):
        consultation = find("reg14")
        key = next(p.key for p in passages_of(consultation) if p.english == "Anything else?")
        assert consultation.translate("ur", {key: "اور کچھ؟"}, person(world)) == 1
    assert "اور کچھ؟" in in_urdu.page(whole).text
    with working("ash"):
        assert find("reg14").translate("ur", {key: "کچھ اور؟"}, person(world)) == 0
    assert "اور کچھ؟" in in_urdu.page(whole).text
