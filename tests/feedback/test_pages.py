import json

import pytest
import sqlalchemy as sa

from consult import clock
from consult.consultations.models import find
from consult.database import db
from consult.feedback.models import Publication
from consult.feedback.search import in_context
from consult.responses.languages.answer_translations import originals_of, translate
from consult.responses.models import Answer, Response
from tests.consultations.setting import person
from tests.feedback import stored
from tests.web.foreign import unsaid

HERE = "/f/ash/consultations/reg14/feedback/"
RESULTS = "/f/ash/consultations/reg14/results"
SECRETS = ("floods", "Mill Lane", "uphill", "lovely", "canary", "R010", "400100")


@pytest.fixture
def made(working):
    with working("ash"):
        stored.of_every_fate(stored.consultation())


def test_the_figures_open_with_the_reconciliation_line(made, sign_in):
    page = sign_in("ash", "analyst").page(HERE)
    assert (
        "16 received = 12 counted + 1 duplicate + 1 late + 1 withdrawn + 1 excluded with a reason."
        in page.text
    )
    assert "9" in page.text
    assert "H1 Homes" in page.text


def test_people_are_told_that_nobody_has_confirmed_the_signatures(made, sign_in):
    analyst = sign_in("ash", "analyst")
    assert "a petition’s signatures once somebody has confirmed them" in analyst.page(HERE).text
    assert "check a petition’s first" in analyst.page("/f/ash/consultations/reg14/responses/new").text


def test_the_section_of_the_page_is_marked(made, sign_in):
    def marked(address):
        items = sign_in("ash", "chair").page(address).tree.iter("li")
        return [
            " ".join("".join(i.itertext()).split()) for i in items if "item--active" in (i.get("class") or "")
        ]

    assert marked(HERE) == ["Feedback"]
    assert marked("/f/ash/consultations/reg14/reports/") == ["Reports"]
    assert marked("/f/ash/consultations/reg14/responses/") == ["Consultations"]
    assert marked("/f/ash/area/draft") == ["Area"]
    assert marked("/f/ash/") == []


def test_every_link_on_the_figures_leads_to_that_many_responses(made, sign_in):
    client = sign_in("ash", "analyst")
    links = [
        link
        for link in client.page(HERE).tree.iter("a")
        if "/feedback/responses" in (link.get("href") or "") and (link.text or "").replace(",", "").isdigit()
    ]
    assert len(links) > 10
    for link in links:
        rows = list(client.page(link.get("href")).tree.find(".//tbody"))
        assert len(rows) == int(link.text), link.get("href")


def test_one_group_is_shown_by_a_link_that_can_be_shared(made, sign_in):
    page = sign_in("ash", "analyst").page(f"{HERE}?home=outside")
    assert "These figures are of 2 responses: home outside the area." in page.text
    assert "12 counted" in page.text


@pytest.mark.parametrize(
    "query", ["?home=moon", "?page=-4", "?page=x", "?kind=%00", "?connection=live&page=9999999999999999999"]
)
def test_a_filter_that_is_not_there_is_no_filter(made, sign_in, query):
    client = sign_in("ash", "analyst")
    for page in ("", "words", "places", "responses"):
        assert client.get(f"{HERE}{page}{query}").status_code == 200


def test_a_figure_that_is_not_there_has_no_responses(made, sign_in):
    assert "No responses" in sign_in("ash", "analyst").page(f"{HERE}responses?key=q9.zz&group=home=moon").text


def test_what_people_wrote_is_searched_without_regard_to_capitals_and_marked(made, sign_in):
    page = sign_in("ash", "analyst").page(f"{HERE}words?q=FLOODS")
    assert [mark.text for mark in page.tree.iter("mark")] == ["floods"]
    assert "<b>every</b>" in page.text  # as it was written, and not as markup
    assert "1 passage" in page.text
    assert "uphill" not in page.text


def test_what_people_wrote_is_filtered_by_question_policy_and_stance(made, sign_in):
    client = sign_in("ash", "analyst")
    assert "lovely" in client.page(f"{HERE}words?question=q4").text
    for filters in ("question=q4&stance=object", "policy=GS1", "stance=support", "question=q1"):
        assert "Nothing found" in client.page(f"{HERE}words?{filters}").text
    assert "Move the homes uphill." in client.page(f"{HERE}words?policy=H1&stance=object").text


def test_words_of_responses_that_are_not_counted_are_not_listed(made, sign_in):
    assert "canary" not in sign_in("ash", "analyst").page(f"{HERE}words").text


@pytest.mark.parametrize("q", ["(", "[a-", "\\", "%", "a" * 5000, "<script>"])
def test_whatever_is_searched_for_is_only_text(made, sign_in, q):
    response = sign_in("ash", "analyst").get(f"{HERE}words", query_string={"q": q})
    assert response.status_code == 200


def test_a_long_text_is_shown_around_what_was_looked_for():
    text = "word " * 200 + "Badger" + " word" * 200
    pieces = in_context(text, "badger")
    assert [piece for piece, hit in pieces if hit] == ["Badger"]
    assert len("".join(piece for piece, _ in pieces)) < 500
    assert "".join(piece for piece, _ in in_context("Short badger", "badger")) == "Short badger"
    assert in_context(text, "") == [(text, False)]


def test_places_are_counted_listed_and_on_the_map(made, sign_in):
    client = sign_in("ash", "analyst")
    page = client.page(f"{HERE}places")
    assert "1 place in 1 response" in page.text
    assert "The ford in Mill Lane" in page.text
    pins = json.loads(client.get(f"{HERE}places.geojson").data)["features"]
    assert [len(pin["geometry"]["coordinates"]) for pin in pins] == [2]
    assert json.loads(client.get(f"{HERE}places.geojson?home=outside").data)["features"] == []


@pytest.mark.parametrize("page", ["", "words", "places", "places.geojson", "responses"])
def test_only_those_who_may_read_responses_see_any_of_it(made, sign_in, client, page):
    assert sign_in("ash", "viewer").get(HERE + page).status_code == 403
    assert sign_in("beck", "chair").get(HERE + page).status_code == 404
    assert client.get(HERE + page).status_code in (302, 404)


def test_before_publication_the_results_page_says_so_and_tells_nothing(made, client):
    page = client.page(RESULTS)
    assert page.status == 200
    assert "Results are not published yet" in page.text
    assert "12" not in page.text


def test_a_draft_has_no_results_page(working, client, sign_in):
    with working("ash"):
        stored.consultation("draft")
    assert client.get(RESULTS).status_code == 404
    assert sign_in("ash").get(RESULTS).status_code == 404


def test_published_results_are_counts_and_charts_without_words_pins_or_names(made, client, sign_in):
    chair = sign_in("ash", "chair")
    assert chair.send(f"{RESULTS}/publication").status_code == 303
    page = client.page(RESULTS)
    assert "16 received = 12 counted" in page.text
    assert not [word for word in SECRETS if word in page.html]
    assert "Our draft plan" in client.page("/f/ash/").text


def test_small_groups_are_kept_back_from_the_public_and_not_from_members(made, client, sign_in, working):
    sign_in("ash", "chair").send(f"{RESULTS}/publication")
    with working("ash"):
        said = db.session.query(Publication).one().figures["figures"]
    said_at_all = {f["key"] for f in said if not f["filter"] and f["responses"]}  # else each group has nought
    outside = [f for f in said if f["filter"] == "home=outside" and f["key"] in said_at_all]
    assert outside
    assert all(f["suppressed"] and f["responses"] is None for f in outside)
    assert next(f for f in said if f["key"] == "q1.no" and not f["filter"])["responses"] == 1


def test_what_comes_in_later_does_not_change_what_was_published(made, client, sign_in, working):
    chair = sign_in("ash", "chair")
    chair.send(f"{RESULTS}/publication")
    with working("ash"):
        from consult.consultations.models import find

        stored.respond(find("reg14"), 50)
    assert "16 received" in client.page(RESULTS).text
    assert chair.send(f"{RESULTS}/publication").status_code == 303
    assert "17 received" in client.page(RESULTS).text


def test_publication_can_be_ended_and_stays_on_record(made, client, sign_in, working):
    chair = sign_in("ash", "chair")
    chair.send(f"{RESULTS}/publication")
    assert chair.send(f"{RESULTS}/publication/ending").status_code == 303
    assert "not published yet" in client.page(RESULTS).text
    with working("ash"):
        assert db.session.query(Publication).one().ended is not None
    assert chair.send(f"{RESULTS}/publication/ending").status_code == 409


def test_only_those_who_may_publish_do(made, sign_in, client):
    assert sign_in("ash", "analyst").send(f"{RESULTS}/publication").status_code == 403
    assert sign_in("beck", "chair").send(f"{RESULTS}/publication").status_code == 404
    assert "not published yet" in client.page(RESULTS).text


def test_while_it_is_open_only_the_headline_is_published(working, client, sign_in):
    with working("ash"):
        made = stored.consultation("open")
        stored.of_every_fate(made)
    assert made.opening.at < clock.now()
    sign_in("ash").send(f"{RESULTS}/publication")
    page = client.page(RESULTS)
    assert "still open" in page.text
    assert "Who responded" not in page.text


def test_nothing_is_published_before_the_opening(working, sign_in):
    with working("ash"):
        stored.consultation("announced")
    response = sign_in("ash").send(f"{RESULTS}/publication")
    assert response.status_code == 409
    assert "before the consultation has opened" in response.get_data(as_text=True)


def test_results_of_one_space_are_not_on_the_page_of_another(made, client, sign_in, working):
    with working("beck"):
        stored.consultation()
    sign_in("ash").send(f"{RESULTS}/publication")
    assert "not published yet" in client.page("/f/beck/consultations/reg14/results").text
    assert "Published on" not in client.page("/f/beck/").text
    assert "Published on" in client.page("/f/ash/").text


def test_a_consultation_without_responses_says_so(working, sign_in):
    with working("ash"):
        stored.consultation("open")
    client = sign_in("ash")
    assert "Nothing has arrived yet" in client.page(HERE).text
    assert "Nobody has written anything yet" in client.page(f"{HERE}words").text
    assert "No places" in client.page(f"{HERE}places").text


def test_words_are_found_in_a_translation_too_and_both_are_shown(made, working, world, sign_in):
    with working("ash"):
        answer = db.session.scalars(sa.select(Answer).where(Answer.text.contains("lane floods"))).one()
        response = db.session.get_one(Response, (answer.space_id, answer.response_id))
        original = next(each for each in originals_of(response) if each.key == (answer.id, "text"))
        translate(response, "ur", {original.name: "The brook bursts its banks."}, person(world))
    analyst = sign_in("ash", "analyst")
    for address in (f"{HERE}words?q=bursting+brook", "/f/ash/feedback/search?q=bursting+brook"):
        page = analyst.page(address)
        assert "<mark>brook</mark>" in page.html
        assert "from Urdu" in page.text
        assert "The lane floods" in page.text


def test_results_are_read_in_urdu_with_the_organisers_words_marked_or_translated(
    made, working, world, sign_in, client
):
    chair = sign_in("ash")
    chair.send(f"{RESULTS}/publication")
    page = client.page(f"{RESULTS}?language=ur")
    assert unsaid(page.tree) == []
    assert "\u0646\u062a\u0627\u0626\u062c" in page.text
    with working("ash"):
        question = find("reg14").questions[0]
        find("reg14").translate("ur", {f"question.{question.id.hex}.title": "کیسا؟"}, person(world))
    assert "کیسا؟" in client.page(f"{RESULTS}?language=ur").text
    client.get("/?language=en")
    assert "کیسا؟" not in client.page(RESULTS).text
