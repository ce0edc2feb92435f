"""The demo's residents are many, varied and consistent with what they were asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from consult.demo.district import District, district
from consult.demo.library import shelf
from consult.demo.voices import DAYS_OPEN, STANCES, Stage, Voice, plan_for, questions_for, responses

STAGES: tuple[Stage, ...] = ("early_engagement", "call_for_sites", "regulation_14", "regulation_16")
SLUGS = ["highfold", "station-fields", "oldbridge", "tannery-wharf", "nether-tarrow"]
SIZES = {"early_engagement": 150, "call_for_sites": 45, "regulation_14": 200, "regulation_16": 40}


@pytest.fixture(scope="module")
def place() -> District:
    return district(7)


def heard(
    place: District, stage: Any, slug: str = "highfold", n: int | None = None, seed: int = 3
) -> list[Voice]:
    return responses(stage, place.area(slug), place, n or SIZES[stage], seed)


def free_text(voice: Voice, stage: Stage) -> Iterator[str]:
    """Everything somebody wrote, once: a site's words stand both in the answer and on the map."""
    texts = {question.reference for question in questions_for(stage) if question.kind == "text"}
    said = [answer for reference, answer in voice.answers.items() if reference in texts]
    said += [words for _, words in voice.places]
    said += chain.from_iterable((reason, change) for _, _, reason, change in voice.policy_comments)
    return (words for words in dict.fromkeys(said) if isinstance(words, str) and words)


@pytest.mark.parametrize("stage", [*STAGES, "campaign", "petition"])
def test_the_same_seed_gives_the_same_responses(place: District, stage: Any) -> None:
    assert heard(place, stage, n=30) == heard(place, stage, n=30)
    assert heard(place, stage, n=30) != heard(place, stage, n=30, seed=4)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_plan_has_eight_policies_about_different_things(slug: str) -> None:
    plan = plan_for(slug)
    assert len(plan.policies) == len({policy.topic for policy in plan.policies}) == 8
    assert len({policy.reference for policy in plan.policies}) == 8
    for policy in plan.policies:
        assert policy.topic in shelf("reasons")
        assert 2 <= len(re.findall(r"[.;](?:\s|$)", policy.text)) <= 5
        assert policy.summary.endswith(".")
    assert len(plan.sections) >= 3


def test_every_plan_names_only_greens_that_lie_in_its_area(place: District) -> None:
    named = {
        "highfold": "Fold Park",
        "station-fields": "Signal Gardens",
        "oldbridge": "West Lammas",
        "tannery-wharf": "Ropewalk Gardens",
        "nether-tarrow": "Burial Mound Field",
    }
    for slug, green in named.items():
        policy = plan_for(slug).about("green")
        assert policy is not None and green in policy.text
        outline = next(found.outline for found in place.greens if found.name == green)
        assert place.area(slug).outline.contains(outline)


def test_there_are_well_over_150_hand_written_fragments() -> None:
    written = re.findall(r'^  "(.+)",$', "\n".join(path.read_text("utf-8") for path in shelf_files()), re.M)
    assert len(written) > 500
    assert len(set(written)) == len(written)


def shelf_files() -> list[Any]:
    from consult.demo.library import WORDS

    return [WORDS / f"{name}.toml" for name in ("survey", "reasons", "sites", "letters")]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("stage", STAGES)
def test_no_two_people_write_the_same_words(place: District, stage: Stage, slug: str) -> None:
    voices = heard(place, stage, slug)
    written = Counter(words.casefold() for voice in voices for words in free_text(voice, stage))
    assert written.most_common(1)[0][1] == 1
    assert not any("{" in words or "}" in words for words in written)


@pytest.mark.parametrize("stage", STAGES)
def test_answers_belong_to_the_questions_that_were_asked(place: District, stage: Stage) -> None:
    asked = {question.reference: question for question in questions_for(stage)}
    assert len(asked) == len(questions_for(stage))
    for voice in heard(place, stage):
        for reference, answer in voice.answers.items():
            question = asked[reference]
            if question.kind == "choice":
                assert answer in question.options
            elif question.kind == "choices":
                assert isinstance(answer, tuple) and set(answer) <= set(question.options)
                assert len(set(answer)) == len(answer)
            elif question.kind in ("scale", "number"):
                low, high = (("from", "to"), ("least", "most"))[question.kind == "number"]
                assert question.settings[low] <= int(str(answer)) <= question.settings[high]
            else:
                assert question.kind in ("text", "line") and isinstance(answer, str) and answer.strip()
        assert not voice.places or "place" in {question.kind for question in asked.values()}


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("stage", ["regulation_14", "regulation_16"])
def test_policy_comments_are_about_policies_of_the_plan_once_each(
    place: District, stage: Stage, slug: str
) -> None:
    references = {policy.reference for policy in plan_for(slug).policies}
    for voice in heard(place, stage, slug):
        chosen = [reference for reference, _, _, _ in voice.policy_comments]
        assert set(chosen) <= references and len(set(chosen)) == len(chosen)
        assert all(stance in STANCES for _, stance, _, _ in voice.policy_comments)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_representation_always_says_something(place: District, slug: str) -> None:
    for voice in heard(place, "regulation_16", slug):
        assert any(free_text(voice, "regulation_16"))


def test_stances_are_spread_as_one_would_expect(place: District) -> None:
    comments = [comment for voice in heard(place, "regulation_14") for comment in voice.policy_comments]
    share = Counter(stance for _, stance, _, _ in comments)
    assert all(share[stance] > 0.04 * len(comments) for stance in STANCES)
    assert 0.4 < share["support"] / len(comments) < 0.65
    housing, green = (
        [stance for reference, stance, _, _ in comments if reference == wanted] for wanted in ("H1", "LGS1")
    )
    assert housing.count("object") / len(housing) > 2 * green.count("object") / len(green)


def test_a_reason_comes_from_the_side_that_was_taken(place: District) -> None:
    topics = {policy.reference: policy.topic for policy in plan_for("highfold").policies}
    other_side = {"support": "object", "object": "support"}
    for voice in heard(place, "regulation_14"):
        for reference, stance, reason, _ in voice.policy_comments:
            against = shelf("reasons")[topics[reference]].get(other_side.get(stance, ""), [])
            assert not any("{" not in words and reason.startswith(words) for words in against)


def test_people_write_at_every_length_and_in_several_ways(place: District) -> None:
    voices = heard(place, "early_engagement")
    written = [words for voice in voices for words in free_text(voice, "early_engagement")]
    assert min(map(len, written)) < 20 and max(map(len, written)) > 110
    assert any(words.islower() for words in written)
    assert any(not words.isascii() for words in written)
    assert any(re.search("[ąęłśżöôỳਇپন]", words) for words in written)


def test_some_text_looks_like_markup_or_a_formula() -> None:
    everything = "\n".join(path.read_text("utf-8") for path in shelf_files())
    for awkward in ("<3", '"=50%', '"@', '"+1', '"--', "<b>"):
        assert awkward in everything


@pytest.mark.parametrize("stage", STAGES)
def test_nobody_could_be_reached_by_mistake(place: District, stage: Stage) -> None:
    codes = {postcode.code.replace(" ", "") for postcode in place.postcodes}
    for voice in heard(place, stage):
        assert voice.email is None or re.fullmatch(r"[a-z.]+\d+@example\.(org|com)", voice.email)
        if voice.postcode:
            code = voice.postcode.upper().replace(" ", "")
            assert code in codes or code[:3] in ("TB7", "TB8", "TB9")


@pytest.mark.parametrize("stage", STAGES)
def test_people_are_counted_and_arrive_over_the_whole_time(place: District, stage: Stage) -> None:
    voices = heard(place, stage)
    days = [voice.days_after_open for voice in voices]
    assert len(voices) == SIZES[stage] and days == sorted(days)
    assert 0 < days[0] < 3 and DAYS_OPEN[stage] - 6 < days[-1] < DAYS_OPEN[stage] + 4
    assert {voice.people for voice in voices} <= {1, 2}
    assert all(voice.people == 2 for voice in voices if " and " in voice.name)


def test_an_organisation_is_named_and_a_statutory_body_writes_once(place: District) -> None:
    voices = heard(place, "regulation_14", n=400)
    assert all(bool(voice.organisation) == (voice.kind != "individual") for voice in voices)
    bodies = [voice.organisation for voice in voices if voice.kind == "statutory body"]
    assert len(bodies) == len(set(bodies)) > 3


@pytest.mark.parametrize("slug", SLUGS)
def test_pins_mostly_fall_in_the_area_and_sites_are_drawn_properly(place: District, slug: str) -> None:
    outline = place.area(slug).outline
    pins = [pin for voice in heard(place, "early_engagement", slug) for pin, _ in voice.places]
    assert len(pins) > 50
    assert sum(outline.intersects(pin) for pin in pins) > 0.85 * len(pins)
    drawn = [shape for voice in heard(place, "call_for_sites", slug) for shape, _ in voice.places]
    assert all(shape.is_valid for shape in drawn)
    assert {shape.geom_type for shape in drawn} == {"Point", "Polygon"}


def test_a_campaign_is_one_letter_with_light_changes(place: District) -> None:
    letters = heard(place, "campaign", "tannery-wharf", 25)
    assert {voice.origin for voice in letters} == {"campaign"}
    written = [voice.policy_comments[0][2] for voice in letters]
    words = [set(re.findall(r"\w+", letter)) for letter in written]
    assert len(words) == 25
    assert all(len(words[0] & other) > 0.6 * len(words[0] | other) for other in words)
    assert len({voice.policy_comments for voice in letters}) > 15


def test_the_petition_is_one_response_with_many_signatures(place: District) -> None:
    (petition,) = heard(place, "petition", "tannery-wharf", 1)
    assert petition.people == 143 and petition.origin == "petition" and petition.channel == "paper"
    site = petition.policy_comments[0][2].split(".")[0].removeprefix("Save the trees at ")
    assert all(site in voice.policy_comments[0][2] for voice in heard(place, "campaign", "tannery-wharf", 5))
