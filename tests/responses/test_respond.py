from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.consultations.models import find
from consult.database import db
from consult.jobs import Job
from consult.responses.models import Answer, Place, Response
from tests.inspector import Page
from tests.responses import asking
from tests.responses.asking import FULL, URL
from tests.responses.costs import statements
from tests.responses.paging import Paging


def hidden(page: Page, name: str) -> str:
    return next(i.get("value") for i in page.tree.iter("input") if i.get("name") == name)


def fresh(client) -> dict[str, str]:
    page = client.page(URL)
    return {name: hidden(page, name) for name in ("idempotency_key", "begun", "asked")}


def stored(working, model=Response):
    with working("ash"):
        rows = db.session.scalars(sa.select(model)).all()
        db.session.expunge_all()
    return rows


def test_a_whole_response_is_received_and_its_receipt_shows_everything(client, opened, working, app):
    answer = client.send(URL, **FULL, **fresh(client))
    assert answer.status_code == 303
    [response] = stored(working)
    assert (response.home, response.postcode, response.connection) == ("inside", "BA11AA", ["live"])
    assert response.begun is not None
    answers = {(a.stance, a.choice): a for a in stored(working, Answer)}
    assert set(answers) == {("object", None), (None, "yes"), (None, "trees"), (None, "buses"), (None, None)}
    assert answers["object", None].text == "Too many\nhomes"
    assert answers["object", None].suggested_change == "Fewer"
    [place] = stored(working, Place)
    assert place.shape is not None
    assert 375_000 < place.easting < 377_000
    page = client.page(answer.headers["Location"])
    for words in (
        response.reference,
        "Object",
        "Too many",
        "Fewer",
        "Trees",
        "By the bridge",
        "<script>alert(1)</script>",
    ):
        assert words in page.text
    assert "We keep it safe." in page.text
    with app.app_context():
        assert jobs.run_due() == 1
    [mail] = (app.config["SETTINGS"].data_dir / "mail").glob("*.eml")
    assert response.reference in mail.read_text()


def test_one_answer_alone_is_enough(client, opened, working):
    assert client.send(URL, q4="Just this").status_code == 303
    [response] = stored(working)
    assert (response.name, response.home, response.kind) == ("", "unknown", "individual")


def test_nothing_at_all_is_asked_again(client, opened, working):
    answer = client.send(URL, name="Ann")
    assert answer.status_code == 422
    assert "Answer at least one question before you send." in answer.text
    assert 'value="Ann"' in answer.text
    assert stored(working) == []


def test_sending_twice_leads_to_the_same_receipt(client, opened, working):
    form = FULL | fresh(client)
    first, second = client.send(URL, **form), client.send(URL, **form)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(stored(working)) == 1


def test_the_same_form_with_other_words_is_neither_dropped_nor_put_in_place_of_the_first(
    client, opened, working
):
    form = FULL | fresh(client)
    client.send(URL, **form)
    answer = client.send(URL, **form | {"q4": "On second thoughts"})
    assert answer.status_code == 409
    page = Page(answer)
    assert "You have sent this form already" in page.text
    assert "On second thoughts" in answer.text
    again = client.send(
        URL, **form | {"q4": "On second thoughts", "idempotency_key": hidden(page, "idempotency_key")}
    )
    assert again.status_code == 303
    assert len(stored(working)) == 2


WRONG = [
    ({"email": "ann at home"}, "Check the email address"),
    ({"email": "a,b@example.org"}, "Check the email address"),
    ({"postcode": "nowhere"}, "Check the postcode"),
    ({"q2": "perhaps"}, "Choose one of the answers listed here."),
    ({"q3": ["trees", "tanks"]}, "“tanks” is not one of the answers listed here"),
    ({"q1": ["ZZ9"]}, "“ZZ9” is not one of the answers listed here"),
    ({"q1.H1": "hate"}, "Choose one of the answers listed here."),
    ({"kind": "alien"}, "Choose one of the answers listed here."),
    ({"connection": ["moon"]}, "“moon” is not one of the answers"),
    ({"q99": "An answer to nothing"}, "a question that is not in this consultation (q99)"),
    ({"q1.ZZ9.reason": "About no policy"}, "a question that is not in this consultation (q1.ZZ9.reason)"),
    ({"q4": "x" * 1_000_000}, "must be 20,000 characters or fewer"),
    ({"name": "x" * 300}, "must be 200 characters or fewer"),
    ({"q5.lon": "NaN", "q5.lat": "NaN"}, "Give both longitude and latitude as numbers"),
    ({"q5.lon": "1e400", "q5.lat": "51"}, "Give both longitude and latitude as numbers"),
    ({"q5.lon": "-1.2", "q5.lat": ""}, "Give both longitude and latitude as numbers"),
    ({"q5.lon": "170", "q5.lat": "80"}, "not in Great Britain"),
    ({"q5.lon": "384400000", "q5.lat": "384400000"}, "not in Great Britain"),
    ({"q5.lon": "51.4", "q5.lat": "-2.3"}, "the wrong way round"),
    ({"q5.postcode": "the mill", "q5.lon": "", "q5.lat": ""}, "Check the postcode"),
    ({"q5.about": "site:S9"}, "Choose from the list"),
    ({"website": "https://robots.example"}, "trap for robots"),
    ({"q1": ["H1", "LGS 3"]}, "Say what you think of LGS 3, or untick it."),
]


@pytest.mark.parametrize(
    ("change", "sentence"), WRONG, ids=[str(next(iter(c))) + "-" + s[:12] for c, s in WRONG]
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    client, opened, working, change, sentence
):
    answer = client.send(URL, **FULL | change)
    page = Page(answer)
    assert answer.status_code == 422
    assert page.tree.find(".//title").text.startswith("Error: ")
    summary = next(e for e in page.tree.iter("div") if e.get("class") == "govuk-error-summary")
    assert sentence in " ".join(summary.itertext())
    assert stored(working) == []
    assert "By the bridge" in answer.text
    assert "Too many" in answer.text
    for name, value in change.items():
        for typed in (
            [value]
            if isinstance(value, str) and name.startswith(("q4", "q99", "q1.Z", "email", "q5.lon"))
            else []
        ):
            assert typed in answer.text


def test_a_response_can_be_sent_without_the_answer_to_no_question(client, opened, working):
    page = Page(client.send(URL, **FULL | {"q99": "Lost?"}))
    assert "Lost?" in page.text
    assert client.send(URL, **FULL).status_code == 303


@pytest.mark.parametrize(
    "words", ["=HYPERLINK(1)", "<b>x</b>", "a\x00b", "😀 ≠", "{{ 7*7 }}".replace("{{", "{ {"), "‮abc"]
)
def test_any_words_are_stored_as_words(client, opened, working, words):
    location = client.send(URL, q4=words, name=words, organisation=words).headers["Location"]
    [answer] = stored(working, Answer)
    assert answer.text == words.replace("\x00", "")
    assert client.get(location).status_code == 200


def test_a_policy_that_was_filled_in_and_not_ticked_is_asked_about_once(client, opened, working):
    form = {"q1.H1": "support", "q1.H1.reason": "Because", "q4": "Hello"}
    asked = client.send(URL, **form)
    assert asked.status_code == 422
    assert "it is not ticked" in asked.text
    left_out = client.send(URL, **form, asked=hidden(Page(asked), "asked"))
    assert left_out.status_code == 303
    assert [a.text for a in stored(working, Answer)] == ["Hello"]


def test_a_policy_with_reasons_and_no_stance_is_a_comment(client, opened, working):
    client.send(URL, **{"q1": ["LGS 3"], "q1.LGS 3.reason": "A fine meadow"})
    [answer] = stored(working, Answer)
    assert (answer.stance, answer.text) == ("comment", "A fine meadow")


@pytest.mark.parametrize(
    ("given", "words", "pinned"),
    [
        ({"q5.postcode": "BA1 1AA"}, "Postcode BA1 1AA", True),
        ({"q5.postcode": "ZZ9 9ZZ"}, "Postcode ZZ9 9ZZ", False),
        ({"q5.about": "site:S1", "q5.words": "Noisy"}, "Noisy\nSite S1: The Yard", True),
        ({"q5.about": "policy:LGS 3"}, "Policy LGS 3: Mill Meadow", False),
        ({"q5.words": "Under the big tree"}, "Under the big tree", False),
        ({"q5.lon": "376000", "q5.lat": "166000"}, "", True),
    ],
)
def test_whatever_the_map_can_do_a_form_can_do(client, opened, working, given, words, pinned):
    assert client.send(URL, **given).status_code == 303
    [place] = stored(working, Place)
    assert place.words == words
    assert (place.easting is not None) is pinned


def test_a_click_on_the_drawn_map_puts_a_pin_and_keeps_the_words(client, opened, working):
    answer = client.send(
        URL, **FULL | {"q5.lon": "", "q5.lat": "", "q5.map288.x": "144", "q5.map288.y": "144"}
    )
    assert answer.status_code == 200
    page = Page(answer)
    assert stored(working) == []
    assert "Nothing has been sent yet" in page.text
    assert "By the bridge" in answer.text
    lon, lat = (hidden(page, f"q5.{axis}") for axis in ("lon", "lat"))
    client.send(URL, **FULL | {"q5.lon": lon, "q5.lat": lat})
    [place] = stored(working, Place)
    assert abs(place.easting - 376_000) < 1
    assert abs(place.northing - 166_000) < 1


def test_a_second_click_counts_from_the_closer_view(client, opened):
    first = Page(client.send(URL, **{"q5.map600.x": "300", "q5.map600.y": "210"}))
    view = hidden(first, "q5.view")
    second = Page(client.send(URL, **{"q5.map600.x": "310", "q5.map600.y": "210", "q5.view": view}))
    moved = float(hidden(second, "q5.lon")) - float(hidden(first, "q5.lon"))
    assert 0 < moved * 69_000 < 40


@pytest.mark.parametrize("click", [("0", "0"), ("-5", "9"), ("NaN", "1"), ("9" * 40, "1"), ("9999", "9999")])
def test_what_is_not_a_click_puts_no_pin(client, opened, working, click):
    answer = client.send(URL, **{"q4": "Kept", "q5.map288.x": click[0], "q5.map288.y": click[1]})
    assert answer.status_code == 200
    assert hidden(Page(answer), "q5.lon") == ""
    assert "Kept" in answer.text
    assert stored(working) == []


def test_enter_in_a_line_sends_nothing_and_keeps_everything(client, opened, working):
    answer = client.send(URL, **FULL | {"do": "pause"})
    assert "Nothing has been sent yet" in answer.text
    assert "Too many" in answer.text
    assert stored(working) == []


@pytest.mark.parametrize("width", [288, 600])
@pytest.mark.parametrize("view", ["", "376000,166000,500", "nonsense", "nan,nan,nan", "1,1,1e99"])
def test_the_map_is_drawn_for_browsers_without_javascript(client, opened, width, view):
    answer = client.get(f"{URL}/map.svg?width={width}&view={view}&pin=376000,166000")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert answer.text.startswith("<svg")


def test_a_drawing_of_another_size_is_not_there(client, opened):
    assert client.get(f"{URL}/map.svg?width=9000").status_code == 404
    assert client.get(f"{URL}/map.svg?width=x").status_code == 404


def test_the_outline_is_public_with_the_consultation(client, opened):
    answer = client.get(f"{URL}/area.geojson")
    assert answer.json["features"][0]["geometry"]["type"] in ("Polygon", "MultiPolygon")


def test_a_fresh_visit_after_the_close_meets_the_closed_page_with_a_contact(client, opened, working):
    with working("ash"):
        asking.close(find("reg14"))
    page = client.page(URL)
    assert "This consultation has closed" in page.text
    assert "plan@ash.example.org" in page.text
    assert client.send(URL, q4="Too late").status_code == 409
    assert stored(working) == []


def test_begun_before_the_close_and_sent_after_is_kept_and_marked_late(client, opened, working):
    form = fresh(client)
    with working("ash"):
        asking.close(find("reg14"))
    wrong = client.send(URL, **form, q4="Just in time", email="nonsense")
    assert wrong.status_code == 422
    assert client.send(URL, **form, q4="Just in time").status_code == 303
    [response] = stored(working)
    assert response.late


@pytest.mark.parametrize("how", ["made up", "of another consultation"])
def test_the_moment_of_beginning_cannot_be_forged(client, opened, working, how):
    form = fresh(client)
    begun = form["begun"] + "x"
    if how == "of another consultation":
        begun = hidden(client.page("/f/beck/consultations/reg14/respond"), "begun")
    with working("ash"):
        asking.close(find("reg14"))
    assert client.send(URL, **form | {"begun": begun}, q4="Late").status_code == 409


def test_a_form_that_was_open_for_ten_hours_still_works(client, opened, working, monkeypatch):
    form, now = fresh(client), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=10))
    assert client.send(URL, **form, q4="I thought about it").status_code == 303


def test_before_it_opens_a_page_says_when(client, working):
    with working("ash"):
        asking.consultation(opened=clock.now() + timedelta(days=3))
    page = client.page(URL)
    assert "has not opened yet" in page.text
    assert client.send(URL, q4="Early").status_code == 409


def test_a_draft_an_unknown_space_and_an_unknown_reference_are_not_there(client, opened, working):
    for url in (
        "/f/nowhere/consultations/reg14/respond",
        URL.replace("reg14", "reg15"),
        "/a/northam/consultations/reg14/respond",
    ):
        assert client.get(url).status_code == 404
        assert client.send(url, q4="Hello").status_code == 404


def test_a_receipt_cannot_be_found_by_its_reference_nor_by_a_changed_link(client, opened, working):
    location = client.send(URL, q4="Mine", name="Ann Private").headers["Location"]
    [response] = stored(working)
    base, token = location.rsplit("/", 1)
    for guess in (response.reference, str(response.id), token[:-1], token + "x", "x"):
        answer = client.get(f"{base}/{guess}")
        assert answer.status_code == 404
        assert "Ann Private" not in answer.text
    assert client.get(location.replace("/f/ash/", "/f/beck/")).status_code == 404
    assert client.get(location).headers["Cache-Control"] == "no-store"


# What protects the form, with the checks on that other tests switch off.


@pytest.fixture
def checked(app):
    app.config["WTF_CSRF_ENABLED"] = True
    return app.test_client()


def test_a_lost_session_keeps_the_words_and_gives_a_new_token(app, opened, checked, working):
    stale = dict(FULL, csrf_token="from a session that is gone", **fresh(app.test_client()))
    answer = checked.send(URL, **stale)
    assert answer.status_code == 422
    page = Page(answer)
    assert "Nothing you wrote is lost" in page.text
    assert "By the bridge" in answer.text
    assert stored(working) == []
    again = checked.send(URL, **stale | {"csrf_token": hidden(page, "csrf_token")})
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://elsewhere.example"}, 422),
        ({"Origin": "null"}, 422),
    ],
)
def test_only_our_own_page_sends_a_form_without_its_token(opened, checked, headers, status):
    assert checked.post(URL, data={"q4": "Hello"}, headers=headers).status_code == status


def test_a_flood_from_one_address_is_slowed_and_loses_nothing(client, opened, working, counting):
    codes = [client.send(URL, q4=f"Number {n}", idempotency_key=str(uuid4())).status_code for n in range(61)]
    last = client.send(URL, q4="Number 62", idempotency_key=str(uuid4()))
    assert codes[:60] == [303] * 60
    assert (codes[60], last.status_code) == (429, 429)
    assert "Number 62" in last.text
    assert len(stored(working)) == 60


def test_a_flood_is_turned_away_at_the_door_of_one_forum_and_the_other_stays_open(
    client, opened, counting, monkeypatch
):
    monkeypatch.setattr("consult.responses.door.flood.ASKED_OF_FORMS", ("3 per minute", "9 per minute"))
    codes = [client.get(URL).status_code for _ in range(4)]
    assert codes == [200] * 3 + [429]
    assert "What you wrote is still in your browser" in client.send(URL, q4="Hello").text
    assert client.get(URL.replace("/f/ash/", "/f/beck/")).status_code == 200


def test_nobody_is_flooded_with_receipts_and_every_response_is_received(
    client, opened, working, mailed, counting, monkeypatch
):
    monkeypatch.setattr("consult.responses.door.flood.RECEIPTS", "2 per hour")
    ways = [
        client.send(URL, q4=f"Number {n}", email=email, idempotency_key=str(uuid4())).headers["Location"]
        for n, email in enumerate(
            ["ann@example.org", "ANN@Example.org", "ann@example.org", "bob@example.org"]
        )
    ]
    told = [client.page(way).text for way in ways]
    assert ["on its way to" in text for text in told] == [True, True, False, True]
    assert "We sent no receipt to ann@example.org" in told[2]
    assert len(stored(working)) == 4
    assert [mail["to"].casefold() for mail in mailed()] == ["ann@example.org"] * 2 + ["bob@example.org"]


def test_where_nothing_can_be_counted_responses_and_receipts_go_on(
    client, opened, working, mailed, counting, monkeypatch, tmp_path
):
    monkeypatch.setattr(counting, "path", tmp_path)  # a folder holds no hits
    assert client.send(URL, q4="Hello", email="ann@example.org").status_code == 303
    assert (len(stored(working)), len(mailed())) == (1, 1)


# What it costs.


def test_accepting_a_response_takes_at_most_twenty_statements_however_many_are_stored(
    app, client, opened, working
):
    def send():
        return client.send(URL, **FULL, idempotency_key=str(uuid4()))

    first = statements(app, send)  # it reads what is asked, which is kept from then on
    few = statements(app, send)
    for n in range(40):
        client.send(URL, q4=f"Number {n}", idempotency_key=str(uuid4()))
    assert len(few) <= len(first) <= 20, "\n".join(first)
    assert len(statements(app, send)) == len(few)


def test_sending_a_draft_takes_at_most_twenty_statements_too(app, client, opened):
    def sent():
        paging = Paging(client).to_the_end(**FULL)
        return statements(app, lambda: Paging.of(client, f"{paging.draft}?at=check").send())

    first, few = sent(), sent()
    assert len(few) <= len(first) <= 20, "\n".join(first)


def test_the_outbox_holds_one_receipt_for_each_response(client, opened, working, app):
    form = FULL | fresh(client)
    client.send(URL, **form)
    client.send(URL, **form)
    with app.app_context():
        mail = db.session.scalars(sa.select(Job)).one()
        assert mail.payload["to"] == "ann@example.org"
        assert stored(working)[0].reference in mail.payload["text"]
        assert "http://localhost/f/ash/consultations/reg14/receipts/" in mail.payload["text"]


def test_the_receipt_that_is_mailed_has_the_full_text(client, opened, mailed):
    client.send(URL, **FULL | fresh(client))
    [mail] = mailed()
    for said in (
        "H1 Homes & gardens",
        "Object",
        "Too many\nhomes",
        "Fewer",
        "Yes",
        "Trees",
        "Keep the mill.",
        "By the bridge",
    ):
        assert said in mail["text"]


def test_what_is_longer_than_a_mail_is_read_at_its_link(client, opened, mailed, monkeypatch):
    monkeypatch.setattr("consult.responses.receipts.LONGEST_IN_A_MAIL", 10)
    client.send(URL, **FULL | fresh(client))
    [mail] = mailed()
    assert "Keep the mill" not in mail["text"]
    assert "/receipts/" in mail["text"]


def test_who_gives_no_address_is_mailed_nothing(client, opened, mailed):
    answer = client.send(URL, q4="Hello")
    assert "receipt" not in client.page(answer.headers["Location"]).text.casefold()
    assert mailed() == []
