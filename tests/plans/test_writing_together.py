"""Two members who write at once: different things are both kept, and of the same thing nothing is lost."""

import re

import pytest

from consult.plans.models import draft_version, latest_version

SECTION = {"title": "Homes", "text": "One **two** three.", "level": "1"}


@pytest.fixture
def two(sign_in, working):
    with working("ash"):
        version = draft_version()
        version.add_section("Homes", "One two.")
        version.add_section("Green", "Trees.")
        version.add_policy("H1", "New homes", "", "Many.")
    return sign_in("ash", "chair"), sign_in("ash", "organiser")


def seen(client, path):
    return re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', client.get(path).text)[1]


def words_of(working):
    with working("ash"):
        version = latest_version()
        return {s.title: s.text for s in version.sections} | {p.reference: p.text for p in version.policies}


HOMES, GREEN, H1 = (
    f"/f/ash/plan/{at}" for at in ("sections/section-homes", "sections/section-green", "policies/H1")
)


def test_different_sections_are_both_kept(two, working):
    chair, organiser = two
    homes, green = seen(chair, HOMES), seen(organiser, GREEN)
    assert chair.post(HOMES, data=SECTION | {"seen": homes}).status_code == 303
    mine = {"title": "Green", "text": "Oaks.", "level": "1", "seen": green}
    assert organiser.post(GREEN, data=mine).status_code == 303
    assert words_of(working) == {"Homes": "One **two** three.", "Green": "Oaks.", "H1": "Many."}


def test_the_second_at_the_same_section_is_told_and_loses_nothing(two, working):
    chair, organiser = two
    mark = seen(chair, HOMES)
    chair.post(HOMES, data=SECTION | {"text": "One two four.", "seen": mark})
    answer = organiser.post(HOMES, data=SECTION | {"text": "One two five.", "seen": mark})
    assert answer.status_code == 409
    assert "Somebody else saved this while you were writing" in answer.text
    assert "One two five.</textarea>" in answer.text
    assert '<del><span class="govuk-visually-hidden">removed: </span>four</del>' in answer.text
    assert words_of(working)["Homes"] == "One two four."
    new = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', answer.text)[1]
    assert new != mark
    assert (
        organiser.post(HOMES, data=SECTION | {"text": "One two four five.", "seen": new}).status_code == 303
    )
    assert words_of(working)["Homes"] == "One two four five."


def test_what_was_removed_meanwhile_can_be_added_anew(two, working):
    chair, organiser = two
    mark = seen(organiser, HOMES)
    chair.post(f"{HOMES}/removal")
    answer = organiser.post(HOMES, data=SECTION | {"seen": mark})
    assert answer.status_code == 409
    assert "One **two** three.</textarea>" in answer.text
    assert 'action="/f/ash/plan/new-section"' in answer.text


def test_a_policy_is_found_though_its_reference_was_changed_meanwhile(two, working):
    chair, organiser = two
    mine = {
        "reference": "H1",
        "title": "New homes",
        "text": "Few.",
        "key": "policy-h1",
        "seen": seen(organiser, H1),
    }
    chair.post(H1, data=mine | {"reference": "H2", "text": "Many."})
    answer = organiser.post(H1, data=mine)
    assert answer.status_code == 409
    assert "Few.</textarea>" in answer.text


def test_a_freeze_between_reading_and_saving_begins_the_next_version(two, working):
    chair, _ = two
    mark = seen(chair, HOMES)
    with working("ash"):
        latest_version().freeze()
    assert chair.post(HOMES, data=SECTION | {"seen": mark}).status_code == 303
    with working("ash"):
        assert latest_version().number == 2
        assert latest_version().section("section-homes").text == SECTION["text"]


def test_a_preview_saves_nothing(two, working):
    chair, _ = two
    answer = chair.post(HOMES, data=SECTION | {"do": "preview"})
    assert answer.status_code == 200
    assert "<strong>two</strong>" in answer.text
    assert words_of(working)["Homes"] == "One two."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Enter the section’s heading"),
        ({"title": "x" * 151}, "150 characters or fewer"),
        ({"text": "x" * 60_001}, "60,000 characters or fewer"),
        ({"level": "9"}, "Choose one of the answers that are offered"),
        ({"after": "nowhere"}, "Choose one of the answers that are offered"),
        ({"text": "|a" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * 14_000}, "Its tables are too large"),
    ],
)
def test_a_faulty_section_is_explained_and_kept(two, change, sentence):
    chair, _ = two
    answer = chair.post("/f/ash/plan/new-section", data=SECTION | {"after": "last"} | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    if "text" not in change:
        assert "One **two** three." in answer.text
