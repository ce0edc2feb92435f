"""An organiser's questions: each kind with its own fields, pages, conditions, pictures, sets and copies."""

from io import BytesIO

import pytest

from consult.consultations.models import find
from consult.consultations.questions import sets as question_sets
from consult.consultations.questions.conditions import Condition
from consult.consultations.questions.library import library
from consult.consultations.questions.minutes import minutes
from tests.consultations.setting import consultation

BASE = "/f/ash/consultations/first/questions"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
def organiser(sign_in, working):
    for slug in ("ash", "beck"):
        with working(slug):
            made = consultation()
            for question in list(made.questions):
                made.ask_no_more(question)
            made.ask("choice", "Do you drive?", options=("Yes", "No"))
            made.ask("text", "Why?")
            made.ask("line", "What else?")
    return sign_in("ash", "organiser")


def questions():
    return list(find("first").questions)


@pytest.mark.parametrize(
    ("said", "settings", "labels"),
    [
        ({"kind": "scale", "scale_from": "1", "scale_to": "3", "low": "Bad", "high": "Good"},
         {"from": 1, "to": 3, "low": "Bad", "high": "Good"}, ["1: Bad", "2", "3: Good"]),
        ({"kind": "number", "unit": "homes", "least": "0", "most": "9.5", "whole": "y"},
         {"unit": "homes", "whole": True, "least": 0, "most": 9.5}, []),
        ({"kind": "date", "earliest": ["1", "2", "2027"]}, {"earliest": "2027-02-01", "latest": None}, []),
        ({"kind": "place", "ways": ["pin", "words"]}, {"ways": ["pin", "words"]}, []),
        ({"kind": "agree"}, {}, ["I agree"]),
        ({"kind": "file"}, {}, []),
        ({"kind": "line"}, {}, []),
    ],
)  # fmt: skip
def test_each_kind_is_saved_with_what_it_alone_has(organiser, working, said, settings, labels):
    assert (
        organiser.post(
            f"{BASE}/new", data={"title": "New?", "help": "Long", "required": "y"} | said
        ).status_code
        == 303
    )
    with working("ash"):
        made = questions()[-1]
        assert (made.kind, made.settings, made.required, made.help) == (said["kind"], settings, True, "Long")
        assert [option["label"] for option in made.options] == labels


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "scale", "scale_from": "5", "scale_to": "1"}, "runs upwards"),
        ({"kind": "scale", "scale_from": "0", "scale_to": "11"}, "2 to 11 points"),
        ({"kind": "scale", "scale_from": "one", "scale_to": "5"}, "whole number"),
        ({"kind": "number", "least": "5", "most": "5"}, "has to be larger"),
        ({"kind": "number", "least": "x"}, "Enter a number"),
        ({"kind": "date", "earliest": ["31", "2", "2027"]}, "real date"),
        ({"kind": "date", "earliest": ["2", "2", "2027"], "latest": ["1", "2", "2027"]}, "after the first"),
        ({"kind": "place", "ways": ["pin", "area"]}, "needs no map"),
        ({"kind": "place"}, "needs no map"),
        ({"kind": "text", "asked_if": "nonsense"}, "answers that are offered"),
        ({"kind": "text", "picture": (BytesIO(b"<svg>"), "a.svg"), "picture_alt": "A"}, "PNG, JPEG or WebP"),
        ({"kind": "text", "picture": (BytesIO(PNG), "a.png")}, "Say in words what the picture shows"),
        ({"kind": "poem"}, "Choose what people answer with"),
    ],
)
def test_bad_bounds_are_explained_and_the_rest_is_kept(organiser, said, sentence):
    answer = organiser.post(f"{BASE}/new", data={"title": "Kept words?"} | said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words?" in answer.text


def test_a_condition_survives_moving_and_falls_with_what_it_points_to(organiser, working):
    with working("ash"):
        source = questions()[0]
        value = f"{source.id}:o1"
    organiser.post(f"{BASE}/q2", data={"kind": "text", "title": "Why?", "asked_if": value})
    assert organiser.post(f"{BASE}/q3/position", data={"to": "up"}).status_code == 303
    with working("ash"):
        assert [bool(q.condition) for q in questions()] == [False, False, True]
    organiser.post(f"{BASE}/q2/position", data={"to": "up"})
    refused = organiser.post(f"{BASE}/q3/position", data={"to": "up"})
    assert refused.status_code == 409
    assert "stays below" in refused.text
    organiser.post(
        f"{BASE}/q2", data={"kind": "choice", "title": "Do you drive?", "options": "No\nYes\nSometimes"}
    )
    with working("ash"):
        assert questions()[2].condition == Condition(questions()[1].id, ("o1",)), "Yes keeps its key"
        assert [o["key"] for o in questions()[1].options] == ["o2", "o1", "o3"]
    organiser.post(f"{BASE}/q2/removal")
    with working("ash"):
        assert [q.show_if for q in questions()] == [None, None]


def test_a_later_question_decides_nothing(organiser, working):
    with working("ash"):
        last = questions()[0]
        value = f"{last.id}:o1"
    organiser.post(f"{BASE}/q1/position", data={"to": "down"})
    answer = organiser.post(f"{BASE}/q1", data={"kind": "text", "title": "Why?", "asked_if": value})
    assert answer.status_code == 422


def test_pages_break_join_and_keep_their_headings(organiser, working):
    organiser.post(f"{BASE}/q2/page-break")
    organiser.post(f"{BASE}/q3/page-break")
    head = "/f/ash/consultations/first/question-pages/3"
    assert (
        organiser.post(head, data={"title": "At the end", "introduction": "Nearly done."}).status_code == 303
    )
    with working("ash"):
        assert [q.page for q in questions()] == [1, 2, 3]
    organiser.post(f"{BASE}/q2/page-break", data={"to": "before"})
    with working("ash"):
        assert [q.page for q in questions()] == [1, 1, 2]
        assert {n: h.title for n, h in find("first").headings.items()} == {2: "At the end"}
    organiser.post(f"{BASE}/q3/position", data={"to": "up"})
    with working("ash"):
        assert [q.page for q in questions()] == [1, 1, 1]
    assert organiser.get("/f/ash/consultations/first/question-pages/9").status_code == 404


def test_a_picture_is_for_members_until_the_opening_and_never_anything_else(organiser, client, working):
    said = {"kind": "text", "title": "This?", "picture": (BytesIO(PNG), "a.png"), "picture_alt": "A mill"}
    assert organiser.post(f"{BASE}/new", data=said).status_code == 303
    with working("ash"):
        picture = questions()[-1].picture.id
    answer = organiser.get(f"/f/ash/question-pictures/{picture}")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", PNG)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/f/beck/question-pictures/{picture}").status_code == 404
    organiser.post(f"{BASE}/q4", data={"kind": "text", "title": "This?", "no_picture": "y"})
    assert organiser.get(f"/f/ash/question-pictures/{picture}").status_code == 404


@pytest.mark.parametrize("key", [built_in.key for built_in in library().sets])
def test_every_set_of_the_house_can_be_asked(organiser, working, key):
    assert (
        organiser.post("/f/ash/consultations/first/question-sets/asking", data={"set": key}).status_code
        == 303
    )
    with working("ash"):
        asked = questions()
        assert len(asked) == 3 + len(library().find(key).content)
        assert [q.reference for q in asked] == [f"q{n}" for n in range(1, len(asked) + 1)]
        earlier = set()
        for question in asked:
            assert question.condition is None or question.condition.question in earlier
            earlier.add(question.id)


def test_a_set_of_the_space_is_kept_and_asked_again_and_no_other_space_has_it(organiser, sign_in, working):
    sets = "/f/ash/consultations/first/question-sets"
    with working("ash"):
        condition = Condition(questions()[0].id, ("o1",))
        questions()[1].show_if = condition.written
    assert organiser.post(sets, data={"name": "Yearly"}).status_code == 303
    with working("ash"):
        key = str(question_sets.kept()[0].id)
    assert organiser.post(f"{sets}/asking", data={"set": key}).status_code == 303
    with working("ash"):
        asked = questions()
        assert len(asked) == 6
        assert asked[4].condition == Condition(asked[3].id, ("o1",))
    beck = sign_in("beck", "chair").post(
        "/f/beck/consultations/first/question-sets/asking", data={"set": key}
    )
    assert beck.status_code == 404


def test_a_copy_asks_the_same_and_points_to_itself(organiser, working):
    with working("ash"):
        questions()[1].show_if = Condition(questions()[0].id, ("o1",)).written
    assert organiser.post("/f/ash/consultations/first/copying").status_code == 303
    with working("ash"):
        copy = find("first-2")
        assert [q.title for q in copy.questions] == [q.title for q in questions()]
        assert copy.questions[1].condition == Condition(copy.questions[0].id, ("o1",))
        assert (copy.state(), copy.last_day) == ("draft", None)


def test_more_to_answer_takes_no_less_time(organiser, working):
    with working("ash"):
        asked = questions()
        few, many = minutes(asked[:1], []), minutes(asked * 5, [])
    assert 1 <= few < many
