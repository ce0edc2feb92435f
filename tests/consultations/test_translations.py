"""Organisers put a consultation into other languages: before the opening freely, after it only what is missing."""

from datetime import timedelta

import pytest

from consult import audit, clock
from consult.consultations.languages.passages import passages_of
from consult.consultations.languages.translations import Translation, TranslationAddition
from consult.consultations.models import find
from consult.database import db
from tests.consultations import setting
from tests.consultations.test_pages import without_nonces
from tests.inspector import Page

ASH, BECK = "/f/ash/consultations/first/", "/f/beck/consultations/first/"
POLISH = f"{ASH}translation?into=pl"


@pytest.fixture
def begun(working):
    """Ash and Beck each set one up, at the same address."""
    for slug in ("ash", "beck"):
        with working(slug):
            made = setting.consultation(last_day=clock.today() + timedelta(days=42))
            made.ask("choice", "Is it a good place to live?", "In your view.", ["Yes", "No"])


def key_of(working, english, space="ash"):
    with working(space):
        return next(p.key for p in passages_of(find("first")) if p.english == english)


def kept(working, space="ash"):
    with working(space):
        translation = find("first").translation_in("pl")
        return {key: told["said"] for key, told in translation.said.items()} if translation else {}


def fields(page):
    return {e.get("name"): e for e in page.tree.iter() if e.tag in ("input", "textarea") and e.get("name")}


def test_each_passage_stands_beside_its_english_and_what_is_missing_is_said(sign_in, begun, working):
    page = sign_in("ash").page(POLISH)
    given = fields(page)
    field = given[key_of(working, "Is it a good place to live?")]
    assert (field.get("lang"), field.get("dir"), field.get("value")) == ("pl", "ltr", "")
    assert "Not translated yet" in page.text
    arabic = fields(sign_in("ash").page(f"{ASH}translation?into=ar"))
    assert arabic["title"].get("dir") == "rtl"
    for english in ("Yes", "No", "In your view.", "Tell us.", "Answer on this page."):
        assert key_of(working, english) in given


def test_it_is_saved_as_it_is_and_stays_with_its_space(sign_in, begun, working):
    chair = sign_in("ash")
    answer = chair.send(POLISH, title="  Wasze miejsce ", summary="")
    assert answer.status_code == 303
    assert kept(working) == {"title": "Wasze miejsce"}
    assert kept(working, "beck") == {}
    listed = chair.page(f"{ASH}translations")
    assert "Polish" in listed.text and "passages missing" in listed.text
    assert "Polish" not in texts_of_cards(sign_in("beck").page(f"{BECK}translations"))
    chair.send(POLISH, title="", summary="Powiedzcie")
    assert kept(working) == {"summary": "Powiedzcie"}


def texts_of_cards(page):
    return " ".join(
        "".join(e.itertext()) for e in page.tree.iter("ul") if "app-cards" in (e.get("class") or "")
    )


def test_only_who_may_consult_writes_and_strangers_see_no_such_page(sign_in, client, begun, working):
    assert sign_in("ash", "viewer").post(POLISH, data={"title": "x"}).status_code == 403
    assert "Save" not in sign_in("ash", "viewer").page(POLISH).text
    assert sign_in("beck").get(POLISH).status_code == 404
    assert sign_in("beck").post(POLISH, data={"title": "x"}).status_code == 404
    assert client.get(POLISH).status_code == 302
    assert kept(working) == {}


@pytest.mark.parametrize("into", ["en", "xx", "", "ur%00"])
def test_a_language_that_is_not_on_the_list_is_not_there(sign_in, begun, into):
    assert sign_in("ash").get(f"{ASH}translation?into={into}").status_code == 404


def test_what_is_too_long_is_said_beside_it_and_the_rest_is_kept_on_the_page(sign_in, begun, working):
    answer = sign_in("ash").send(POLISH, title="Wasze", summary="x" * 20_001)
    assert answer.status_code == 422
    page = Page(answer)
    assert "This is too long: 20,001 characters" in page.text
    assert fields(page)["title"].get("value") == "Wasze"
    assert kept(working) == {}


def test_two_who_write_at_once_do_not_overwrite_each_other_unseen(sign_in, begun, working):
    chair, organiser = sign_in("ash"), sign_in("ash", "organiser")
    was = fields(chair.page(POLISH))["was.title"].get("value")
    organiser.send(POLISH, **{"title": "Ich", "was.title": was})
    answer = chair.send(POLISH, **{"title": "Moje", "was.title": was})
    assert answer.status_code == 422
    page = Page(answer)
    assert "Somebody else has changed this meanwhile, to “Ich”" in page.text
    assert kept(working) == {"title": "Ich"}
    again = fields(page)
    chair.send(POLISH, **{"title": "Moje", "was.title": again["was.title"].get("value")})
    assert kept(working) == {"title": "Moje"}


def test_when_the_english_changes_the_translation_waits_until_somebody_looks_again(sign_in, begun, working):
    chair = sign_in("ash")
    chair.send(POLISH, title="Wasze miejsce")
    with working("ash"):
        find("first").title = "Another title"
    page = chair.page(POLISH)
    assert "The English has changed since" in page.text
    chair.send(POLISH, title="Wasze miejsce", summary="Powiedzcie")  # saved for another reason
    with working("ash"):
        consultation = find("first")
        translation = consultation.translation_in("pl")
        title = next(p for p in passages_of(consultation) if p.key == "title")
        assert translation.of(title) == ""
        assert translation.said["title"]["said"] == "Wasze miejsce"
    chair.send(POLISH, **{"title": "Wasze miejsce", "fits.title": "y"})
    with working("ash"):
        assert find("first").translation_in("pl").of(title) == "Wasze miejsce"


def test_after_the_opening_what_is_missing_is_added_on_record_and_what_is_there_stays(
    sign_in, begun, working, world
):
    chair = sign_in("ash")
    chair.send(POLISH, title="Wasze miejsce")
    with working("ash"):
        find("first").open(setting.person(world))
    page = chair.page(POLISH)
    assert "title" not in fields(page) and "Wasze miejsce" in page.text
    chair.send(POLISH, title="Inaczej", summary="Powiedzcie")
    assert kept(working) == {"title": "Wasze miejsce", "summary": "Powiedzcie"}
    chair.send(POLISH, summary="Zmienione")
    assert kept(working)["summary"] == "Powiedzcie"
    with working("ash"):
        (addition,) = db.session.query(TranslationAddition)
        assert addition.by_id == world.person["ash", "chair"]
        assert set(addition.words) == {"summary"}
        assert db.session.query(Translation).one().words.keys() == {"title"}
        acts = [e for e in db.session.query(audit.Deed) if e.act == "consultation.translated"]
        assert sorted(e.detail["passages"] for e in acts) == [0, 1, 1]


def test_the_preview_is_read_in_the_languages_that_it_is_in(sign_in, begun):
    chair = sign_in("ash")
    chair.send(POLISH, title="Wasze miejsce")
    page = chair.page(f"{ASH}preview/?language=pl")
    assert page.tree.find(".//h1/bdi").text == "Wasze miejsce"


def test_a_draft_that_is_translated_is_still_nothing_to_strangers(sign_in, client, begun):
    sign_in("ash").send(POLISH, title="Wasze miejsce")
    there, nowhere = (client.get(f"/f/ash/consultations/{at}/?language=pl").text for at in ("first", "other"))
    assert without_nonces(there).replace("/first/", "/other/") == without_nonces(nowhere)
    assert client.get(f"{ASH}respond").status_code == 404


def test_a_copy_of_the_consultation_brings_its_translations_to_its_own_questions(begun, working, world):
    from consult.consultations.copying import copy

    with working("ash"):
        earlier = find("first")
        question = earlier.questions[0]
        given = {"title": "آپ کی جگہ", f"question.{question.id.hex}.title": "سوال"}
        assert earlier.translate("ur", given, setting.person(world)) == 2
        made = copy(earlier, None)
        db.session.flush()
        found = made.translation_in("ur")
        assert found is not None
        passages = {passage.key: found.of(passage) for passage in passages_of(made)}
        assert passages["title"] == "آپ کی جگہ"
        assert passages[f"question.{made.questions[0].id.hex}.title"] == "سوال"
        assert f"question.{question.id.hex}.title" not in found.words
