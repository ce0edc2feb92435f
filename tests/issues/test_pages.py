"""The pages on which issues are put together and answered: everything by form, nothing lost, nobody else's."""

import pytest
import sqlalchemy as sa

from consult.database import db
from consult.issues.deciding import answers_of, decide
from consult.issues.gathered import raised
from consult.points.coder import Coder
from consult.points.passages import passage_at
from tests.issues.conftest import WORDS, standing

LIST = "/f/ash/consultations/reg14/issues"
FORM = WORDS | {"policy": ""}
AGREED = {"day": ["14", "5", "2026"], "minute": "Committee, minute 6.2"}


@pytest.fixture
def chair(sign_in, coded):
    return sign_in("ash", "chair")


def here(at_work):
    with at_work() as (consultation, _):
        return standing(consultation)


def test_an_issue_is_begun_from_the_next_thing_to_do(chair, coded, at_work):
    page = chair.get(LIST).text
    assert "0 of 3 points are in an issue" in page
    assert "No issue answers “Traffic” yet." in page
    form = chair.get(f"{LIST}/new?theme={coded['Traffic']}").text
    assert 'value="Traffic"' in form
    answer = chair.post(f"{LIST}/new", data={"title": "Fast cars", "themes": [str(coded["Traffic"])]})
    assert answer.status_code == 303
    text = chair.get(answer.location).text
    assert "2 points from 2 responses, 2 people" in text
    assert "The road is too fast!" in text
    assert "By the mill" in text
    assert here(at_work) == [("1. Fast cars", ["Traffic"], 2)]
    assert "2 of 3 points are in an issue" in chair.get(LIST).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"title": ""}, "Say in a few words"),
        ({"title": "Fast", "themes": ["no such"]}, "Choose one of the answers that are offered"),
        ({"title": "Fast", "summary": "Kept words"}, "at least one theme"),
        ({"title": "x" * 161}, "160 characters"),
    ],
)
def test_a_bad_issue_gets_a_sentence_and_is_kept(chair, at_work, data, sentence):
    answer = chair.post(f"{LIST}/new", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert data.get("summary", "") in answer.text
    assert here(at_work) == []


def test_it_is_reworded_filled_emptied_dissolved_and_brought_back(chair, issue, coded, at_work):
    one = f"/f/ash/issues/{issue}"
    chair.get(f"{one}/wording")
    chair.post(f"{one}/wording", data={"title": "Speed", "summary": "Too fast"})
    assert "Homes (1 point)" in chair.get(f"{one}/points").text
    chair.post(f"{one}/points", data={"theme": str(coded["Homes"])})
    assert here(at_work) == [("1. Speed", ["Traffic", "Homes"], 3)] or here(at_work) == [
        ("1. Speed", ["Homes", "Traffic"], 3)
    ]
    chair.post(f"{one}/parting", data={"thing": str(coded["Homes"])})
    assert here(at_work) == [("1. Speed", ["Traffic"], 2)]
    chair.post(f"{one}/dissolving")
    assert chair.get(one).status_code == 404
    chair.post(f"{LIST}/undoing")
    assert chair.get(one).status_code == 200


def test_single_points_are_looked_for_and_put_in(chair, issue, coded, at_work):
    one = f"/f/ash/issues/{issue}"
    with at_work() as (consultation, _):
        (homes,) = raised(consultation).by_theme[coded["Homes"]]
    assert "Too many homes" in chair.get(f"{one}/points?q=HOMES").text
    assert "No point that could be put in" in chair.get(f"{one}/points?q=nowhere").text
    assert chair.get(f"{one}/points?page=9").status_code == 200
    assert chair.post(f"{one}/points?q=homes", data={"point": str(homes)}).status_code == 303
    text = chair.get(one).text
    assert "1 single point" in text
    assert "Too many homes" in text


@pytest.mark.parametrize("data", [{}, {"point": "no id"}, {"theme": "00000000-0000-0000-0000-000000000000"}])
def test_what_cannot_be_put_in_gets_a_sentence(chair, issue, data):
    answer = chair.post(f"/f/ash/issues/{issue}/points", data=data)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


@pytest.mark.parametrize("path", ["parting", "dissolving"])
def test_refusals_of_its_buttons_are_sentences(chair, issue, at_work, path):
    if path == "dissolving":
        chair.post(f"/f/ash/issues/{issue}/dissolving")
        assert chair.post(f"/f/ash/issues/{issue}/dissolving").status_code == 404
    else:
        answer = chair.post(f"/f/ash/issues/{issue}/parting", data={"thing": "nothing"})
        assert answer.status_code == 409
        assert "Choose one of those that are offered" in answer.text


def test_a_reply_is_drafted_agreed_and_written_anew(chair, issue, coded, said, at_work):
    one = f"/f/ash/issues/{issue}"
    assert "What changes in the plan" in chair.get(f"{one}/decision").text
    assert chair.post(f"{one}/decision", data=FORM).status_code == 303
    text = chair.get(one).text
    assert "Draft" in text
    assert "We agree." in text
    with at_work() as (consultation, _):
        draft = answers_of(consultation)[issue].whole.draft.id
    assert "We agree." in chair.get(f"/f/ash/decisions/{draft}/agreement").text
    assert chair.post(f"/f/ash/decisions/{draft}/agreement", data=AGREED).status_code == 303
    text = chair.get(one).text
    assert "On 14 May 2026, by Committee, minute 6.2" in text
    again = chair.post(f"/f/ash/decisions/{draft}/agreement", data=AGREED)
    assert again.status_code == 422
    assert "agreed already" in again.text
    with at_work() as (consultation, person):
        coder = Coder(consultation, person)
        coder.code(passage_at(consultation, said["R-CCCC-CC", "q4"]), "", {coded["Traffic"]})
    text = chair.get(one).text
    assert "1 point has come into this issue since" in text
    assert "Since the reply" in text
    assert "1 point since" in chair.get(LIST).text
    assert "We agree." in chair.get(f"{one}/decision").text
    chair.post(f"{one}/decision", data=FORM | {"reply": "All of you are right."})
    text = chair.get(one).text
    assert "Earlier replies (1)" in text
    assert "Since the reply" not in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"outcome": ""}, "Choose what comes of it"),
        ({"outcome": "made up"}, "Choose one of the answers"),
        ({"reply": ""}, "Write what you reply"),
        ({"change": ""}, "Say what changes in the plan"),
        ({"outcome": "noted"}, "You chose that the plan does not change"),
        ({"outcome": "no_change", "change": "", "reason": ""}, "Give the reason"),
        ({"policy": "no such"}, "Choose one of the answers"),
    ],
)
def test_a_bad_reply_gets_a_sentence_and_is_kept(chair, issue, at_work, data, sentence):
    answer = chair.post(f"/f/ash/issues/{issue}/decision", data=FORM | {"reason": "Kept words"} | data)
    assert answer.status_code == 422
    assert sentence in answer.text
    if "reason" not in data:
        assert "Kept words" in answer.text
    with at_work() as (consultation, _):
        assert answers_of(consultation) == {}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"day": ["", "", ""]}, "Give the day"),
        ({"day": ["1", "1", "2099"]}, "cannot lie ahead"),
        ({"day": ["31", "2", "2026"]}, "real date"),
        ({"minute": ""}, "Name the meeting"),
    ],
)
def test_a_bad_agreement_gets_a_sentence(chair, issue, at_work, data, sentence):
    with at_work() as (consultation, person):
        draft = decide(consultation, issue, person, **WORDS).id
    answer = chair.post(f"/f/ash/decisions/{draft}/agreement", data=AGREED | data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_one_point_is_answered_otherwise_on_the_page(chair, issue, at_work):
    with at_work() as (consultation, _):
        point = next(iter(answers_points(consultation)))
    page = chair.get(f"/f/ash/issues/{issue}/decision?point={point}")
    assert "Answer this point otherwise" in page.text
    assert "?point=" in page.text
    chair.post(f"/f/ash/issues/{issue}/decision?point={point}", data=FORM | {"reply": "To you alone."})
    text = chair.get(f"/f/ash/issues/{issue}").text
    assert "Answered otherwise" in text
    assert "To you alone." in text
    assert chair.get(f"/f/ash/issues/{issue}/decision?point=nobody").status_code == 404


def answers_points(consultation):
    from consult.issues.gathered import issues_of

    return issues_of(consultation)[0].points


def test_the_analyst_drafts_and_the_chair_says_that_it_was_agreed(sign_in, issue, at_work):
    analyst = sign_in("ash", "analyst")
    assert analyst.post(f"/f/ash/issues/{issue}/decision", data=FORM).status_code == 303
    assert "The chair or an organiser says" in analyst.get(f"/f/ash/issues/{issue}").text
    with at_work() as (consultation, _):
        draft = answers_of(consultation)[issue].whole.draft.id
    assert analyst.post(f"/f/ash/decisions/{draft}/agreement", data=AGREED).status_code == 403


@pytest.mark.parametrize("who", [("beck", "chair"), ("ash", "viewer"), ("northam", "officer")])
def test_it_is_nobody_elses(sign_in, issue, at_work, who):
    with at_work() as (consultation, person):
        draft = decide(consultation, issue, person, **WORDS).id
    stranger, refused = sign_in(*who), 403 if who == ("ash", "viewer") else 404
    one = f"/f/ash/issues/{issue}"
    for path in (LIST, one, f"{one}/decision", f"{one}/points", f"/f/ash/decisions/{draft}/agreement"):
        assert stranger.get(path).status_code == refused
    assert stranger.post(f"{one}/decision", data=FORM).status_code == refused


def test_an_issue_is_not_there_under_the_other_forum(sign_in, issue):
    assert sign_in("beck").get(f"/f/beck/issues/{issue}").status_code == 404


def test_the_list_asks_as_few_questions_for_many_points_as_for_few(chair, issue, app):
    asked = []
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    chair.get(f"/f/ash/issues/{issue}")
    assert len(asked) < 60
