"""The pages on which a volunteer reads and codes: everything by form, nothing lost, nobody else's."""

import re

import pytest
import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.points.frame import frame_of
from consult.points.models import Coding
from consult.points.passages import passage_at
from consult.points.standing import standing_in
from consult.responses.languages.answer_translations import originals_of, translate
from consult.responses.models import Response
from tests.consultations.setting import person
from tests.points.conftest import LETTER
from tests.points.test_coding import ON_H1

CODING = "/f/ash/consultations/reg14/coding"
THEMES = "/f/ash/consultations/reg14/themes"


def points(working, said, which=ON_H1):
    with working("ash"):
        consultation = db.session.scalars(sa.select(Consultation)).one()
        frame = frame_of(consultation.id)
        passage = passage_at(consultation, said[which])
        return [(p.letter, {frame.by_id[t].label for t in p.themes}) for p in standing_in(passage, frame)]


def test_reading_begins_with_the_first_passage(reader, letter):
    page = reader.get(CODING)
    assert "0 of 5 passages read" in page.text
    answer = reader.get(f"{CODING}/next?state=uncoded")
    assert answer.status_code == 302
    assert answer.location == f"{letter}?state=uncoded"
    text = reader.get(answer.location).text
    assert "I like the green. The road is too fast!" in text
    assert "H1 Homes" in text


def test_a_translation_stands_beneath_the_words_that_are_coded(reader, letter, working, world):
    assert "Add a translation" in reader.get(letter).text
    with working("ash"):
        response = db.session.scalars(sa.select(Response).where(Response.reference == "R-AAAA-AA")).one()
        original = next(each for each in originals_of(response) if each.words == LETTER)
        translate(response, "ur", {original.name: "The lane is dangerous."}, person(world))
    page = reader.get(letter).text
    assert "from Urdu" in page
    assert "The lane is dangerous." in page
    assert LETTER in page


def test_a_new_theme_is_written_while_reading_and_the_next_passage_comes(reader, letter, said, working):
    answer = reader.post(f"{letter}?policy=H1", data={"label": "Traffic"})
    assert answer.status_code == 303
    assert answer.location == f"/f/ash/coding/{said['R-BBBB-BB', 'q3']}?policy=H1"
    assert points(working, said) == [("", {"Traffic"})]
    assert "1 of 5 passages read" in reader.get(CODING).text


def test_the_same_label_is_the_same_theme(reader, letter, said, working):
    reader.post(letter, data={"label": "Traffic"})
    reader.post(f"/f/ash/coding/{said['R-BBBB-BB', 'q3']}", data={"label": " traffic"})
    assert points(working, said, ("R-BBBB-BB", "q3")) == [("", {"Traffic"})]


def test_marked_words_become_a_point_and_its_other_points_come_before_the_next_passage(
    reader, letter, said, working
):
    answer = reader.post(f"{letter}/points", data={"point": "", "selection": "text:18:39"})
    assert answer.status_code == 303
    assert "cut into 3 points" in reader.get(letter).text
    answer = reader.post(letter, data={"point": "b", "label": "Traffic"})
    assert answer.location == f"{letter}?point=a"
    assert points(working, said) == [("a", set()), ("b", {"Traffic"}), ("c", set())]


def test_without_scripts_it_is_cut_before_sentences_that_are_ticked(reader, letter, said, working):
    offered = re.findall(r'name="before"[^>]*value="([^"]+)"', reader.get(letter).text)
    assert offered == ["text:18:39", "suggested_change:0:14"]
    reader.post(f"{letter}/points", data={"before": offered[0]})
    assert [name for name, _ in points(working, said)] == ["a", "b", "c"]
    reader.post(f"{letter}/joining")
    assert [name for name, _ in points(working, said)] == [""]
    reader.post(f"{letter}/undoing")
    assert [name for name, _ in points(working, said)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("path", "data", "sentence"),
    [
        ("", {}, "Choose a theme, write a new one"),
        ("", {"theme": "not an id"}, "Choose one of the themes that are offered"),
        ("", {"theme": "00000000-0000-0000-0000-000000000000"}, "merged or retired meanwhile"),
        ("", {"label": "x" * 121}, "120 characters"),
        ("", {"label": "Traffic", "point": "q"}, "other points meanwhile"),
        ("/points", {}, "Mark some of the words"),
        ("/points", {"selection": "text:-1:4"}, "Mark some of the words"),
        ("/points", {"selection": "text:0:999999999999999999999999"}, "Mark some of the words"),
        ("/points", {"before": "text:ß:²"}, "Mark some of the words"),
        ("/joining", {}, "one point already"),
        ("/undoing", {}, "no step here"),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(reader, letter, said, working, path, data, sentence):
    answer = reader.post(f"{letter}{path}", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert points(working, said) == [("", set())]


def test_what_was_typed_is_kept(reader, letter):
    answer = reader.post(letter, data={"label": "Traffic", "point": "q"})
    assert 'value="Traffic"' in answer.text
    assert 'data-theme="Traffic' not in answer.text  # the theme that the refused step had made


def test_a_suggestion_is_shown_and_counts_from_when_it_is_accepted(reader, letter, said, working):
    for label in ("Green space", "Fast roads"):
        reader.post(THEMES, data={"label": label, "parent": ""})
    text = reader.get(letter).text
    theme = re.search(r'name="suggested" type="checkbox" value="([^"]+)"(?! checked)', text).group(1)
    assert text.count(f'value="{theme}"') == 1
    assert points(working, said) == [("", set())]
    assert "0 of 5 passages read" in text
    given = {"suggested": theme, "offered": offered_in(text)}
    assert reader.post(letter, data=given).status_code == 303
    with working("ash"):
        assert db.session.scalars(sa.select(Coding.origin)).all() == ["accepted"]
    assert "1 of 5 passages read" in reader.get(CODING).text
    assert f'name="theme" type="checkbox" value="{theme}" checked' in reader.get(letter).text


def offered_in(text):
    return re.search(r'name="offered" value="([^"]+)"', text).group(1)


def test_what_nobody_suggested_for_this_point_is_an_ordinary_coding(reader, letter, said, working):
    for label in ("Green space", "Fast roads"):
        reader.post(THEMES, data={"label": label, "parent": ""})
    text = reader.get(letter).text
    shown = re.search(r'name="suggested" type="checkbox" value="([^"]+)"', text).group(1)
    other = next(
        id_ for id_ in re.findall(r'name="theme" type="checkbox" value="([^"]+)"', text) if id_ != shown
    )
    elsewhere = f"/f/ash/coding/{said['R-BBBB-BB', 'q3']}"
    for address, given in (
        (letter, {"suggested": shown}),  # without the seal
        (letter, {"suggested": [shown, other], "offered": offered_in(text) + "x"}),  # with another
        (elsewhere, {"suggested": shown, "offered": offered_in(text)}),  # of another passage
    ):
        assert reader.post(address, data=given).status_code == 303
    assert (
        reader.post(letter, data={"suggested": [shown, other], "offered": offered_in(text)}).status_code
        == 303
    )
    with working("ash"):
        assert set(db.session.scalars(sa.select(Coding.origin))) == {"read"}


def test_what_was_ticked_on_a_form_that_is_refused_stays_ticked(reader, letter):
    for label in ("Green space", "Fast roads"):
        reader.post(THEMES, data={"label": label, "parent": ""})
    theme = re.search(r'name="suggested" type="checkbox" value="([^"]+)"', reader.get(letter).text).group(1)
    answer = reader.post(letter, data={"suggested": [theme, "made up"], "label": "Trees"})
    assert answer.status_code == 422
    assert re.search(f'value="{theme}" checked', answer.text)


def test_nothing_to_answer_is_read_and_no_theme(reader, letter):
    reader.post(letter, data={"nothing": "yes"})
    assert "1 of 5 passages read" in reader.get(CODING).text
    assert "The themes (0)" in reader.get(CODING).text


def test_a_point_is_put_to_another_policy(reader, letter, said, working):
    reader.post(f"{letter}/bearing", data={"about": "GS1", "stance_of": "support"})
    text = reader.get(letter).text
    assert "GS1 Green spaces" in text
    reader.post(f"{letter}/bearing", data={"about": "no-such", "stance_of": "no-such"})
    assert "Support" not in reader.get(letter).text.split("What the policy says")[0].split("On</dt>")[-1][:80]


def test_themes_are_written_merged_and_taken_back(reader, letter):
    assert "No themes yet" in reader.get(THEMES).text
    reader.post(THEMES, data={"label": "Traffic", "definition": "Cars on the lanes", "parent": ""})
    reader.post(THEMES, data={"label": "Speed", "parent": ""})
    reader.post(letter, data={"label": "Traffic"})
    first = re.search(r'href="(/f/ash/themes/[^"]+)">Traffic', reader.get(THEMES).text).group(1)
    second = re.search(r'href="/f/ash/themes/([^"]+)">Speed', reader.get(THEMES).text).group(1)
    assert "1 point" in reader.get(first).text
    assert reader.post(f"{first}/merging", data={"into": second}).status_code == 303
    assert (
        "Traffic"
        not in reader.get(f"{THEMES}?q=lanes").text.split("A new theme")[0].split("with “lanes”")[-1]
    )
    assert reader.get(first).status_code == 404
    reader.post(f"{THEMES}/undoing")
    assert reader.get(first).status_code == 200


def test_a_theme_of_a_name_that_is_taken_is_refused_and_kept(reader):
    reader.post(THEMES, data={"label": "Traffic", "parent": ""})
    answer = reader.post(THEMES, data={"label": "TRAFFIC", "definition": "All of it", "parent": ""})
    assert answer.status_code == 422
    assert "There is a theme “Traffic” already" in answer.text
    assert "All of it" in answer.text


@pytest.mark.parametrize("who", [("beck", "chair"), ("ash", "viewer"), ("northam", "officer")])
def test_it_is_nobody_elses(sign_in, letter, who):
    stranger, refused = sign_in(*who), 403 if who == ("ash", "viewer") else 404
    for path in (CODING, THEMES, letter):
        assert stranger.get(path).status_code == refused
    assert stranger.post(letter, data={"label": "Mine"}).status_code == refused


def test_a_passage_is_not_there_under_the_other_forum(sign_in, said):
    assert sign_in("beck").get(f"/f/beck/coding/{said[ON_H1]}").status_code == 404
