"""What one respondent says at each stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from shapely import Polygon

from consult.demo.library import shelf
from consult.demo.opinions import policy_comments, verdict
from consult.demo.phrases import Phrasebook, Said, manner
from consult.demo.plans import plan_for
from consult.demo.questions import Stage, Stance, questions_for
from consult.demo.respondents import Answer, Place, Respondent, Voice, speaking
from consult.demo.strokes import blob


def options(stage: Stage, reference: str) -> tuple[str, ...]:
    return next(question.options for question in questions_for(stage) if question.reference == reference)


def given(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Only the questions that were answered."""
    return {reference: answer for reference, answer in answers.items() if answer}


def text(book: Phrasebook, pool: list[str], way: str, chance: float, add_on: float = 0.15) -> str:
    return book.say(pool, way, add_on).words if book.dice.random() < chance else ""


def body_comment(who: Respondent, book: Phrasebook, written: Mapping[str, str]) -> Voice:
    """A statutory body writes once, formally, about the policy nearest to its business."""
    policy = plan_for(book.area.slug).about(written["topic"])
    words = book.say([written["words"]]).words
    said: dict[str, Any] = {"answers": {"Q3": words}}
    if policy is not None:
        said["policy_comments"] = ((policy.reference, "comment", words, ""),)
        said["answers"] = {}
    return speaking(replace(who, organisation=written["organisation"], postcode=None), **said)


def early_engagement(who: Respondent, book: Phrasebook) -> Voice:
    dice, words, way = book.dice, shelf("survey"), manner(book.dice)
    answers: dict[str, Answer] = {
        "Q1": text(book, words["love"], way, 0.78),
        "Q2": text(book, words["change"], way, 0.82),
        "Q3": tuple(dice.sample(options("early_engagement", "Q3"), dice.choice((1, 2, 2, 3, 3, 4)))),
        "Q4": dice.choices([*options("early_engagement", "Q4"), ""], [34, 12, 13, 37, 4, 10])[0],
        "Q6": text(book, words["anything_else"], way, 0.14, 0),
    }
    answers |= on_the_last_page(who, answers["Q4"])
    pins = dice.choices((0, 1, 2, 3), (38, 40, 16, 6))[0]
    places = [
        (book.marked(said.about, 0.3), said.words)
        for said in (book.say(words["pins"], way) for _ in range(pins))
        if said.words
    ]
    return speaking(who, answers=given(answers), places=tuple(places))


def on_the_last_page(who: Respondent, way_about: Answer) -> dict[str, Answer]:
    """Diced apart from the rest: what is asked here changes nothing that they say elsewhere."""
    dice = Random(f"last page {who.name} {who.days_after_open}")
    cars = dice.choices("0123", (1, 58, 33, 8))[0] if way_about == "By car" else ""
    return {
        "Q7": dice.choices(["1", "2", "3", "4", "5", ""], (5, 12, 22, 31, 16, 14))[0],
        "Q8": cars,
        "Q9": dice.choice(shelf("survey")["three_words"]) if dice.random() < 0.4 else "",
    }


def in_own_language(who: Respondent, book: Phrasebook, written: Mapping[str, str]) -> Voice:
    book.heard[written["words"].casefold()] = None
    at = (book.marked(None), written["words"]) if who.channel == "web" and book.dice.random() < 0.3 else None
    answers: dict[str, Answer] = {"Q1": "" if at else written["words"], "Q4": "On foot"}
    return speaking(
        replace(who, name=written["name"], email=None, people=1),
        answers=given(answers),
        places=(at,) if at else (),
    )


def offered_ground(said: Said, book: Phrasebook) -> Polygon:
    """The green or site that is meant, or else a field or yard drawn by hand."""
    if isinstance(said.about, Polygon):
        return said.about.simplify(6)
    middle = book.marked(said.about).centroid
    reach = book.dice.uniform(18, 46) if book.area.kind == "forum" else book.dice.uniform(35, 85)
    drawn = blob((middle.x, middle.y), reach, book.dice, 1.2).simplify(7)
    inside = drawn.intersection(book.area.outline)
    return inside if isinstance(inside, Polygon) and inside.area > 200 else drawn


def uses_meant(words: str, dice: Random) -> tuple[str, ...]:
    """What the words speak of, or else what most people have in mind."""
    spoken_of = {
        "green space": "Local green space",
        "protection": "Local green space",
        "allotments": "Allotments",
        "scout hut": "Community building",
        "energy": "Renewable energy",
        "work": "Work",
        "homes": "Homes",
        "dwellings": "Homes",
        "flats": "Homes",
        "bungalows": "Homes",
    }
    uses = tuple(dict.fromkeys(use for word, use in spoken_of.items() if word in words.lower()))
    return uses or ("Homes",) * (dice.random() < 0.7) or ("Homes", "Work")


def call_for_sites(who: Respondent, book: Phrasebook) -> Voice:
    dice, written = book.dice, shelf("sites")
    owns = {"landowner": "owner", "agent": "agent"}.get(who.kind, "resident")
    interest = options("call_for_sites", "Q3")[("owner", "agent", "resident").index(owns)]
    way = "plain" if owns == "agent" else manner(dice)
    said = book.say(written[owns], way, 0.2 if owns == "resident" else 0)
    when = [5, 5, 2, 88] if owns == "resident" else [50, 20, 5, 25]
    answers: dict[str, Answer] = {
        "Q2": uses_meant(said.words, dice),
        "Q3": interest,
        "Q4": dice.choices(options("call_for_sites", "Q4"), when)[0],
        "Q5": said.words,
    }
    ground = offered_ground(said, book)
    drawn = ground if owns != "resident" or dice.random() < 0.5 else book.somewhere_in(ground)
    places: tuple[Place, ...] = ((drawn, said.words),) if dice.random() < 0.94 else ()
    return speaking(who, answers=given(answers), places=places)


def regulation_14(who: Respondent, book: Phrasebook) -> Voice:
    dice, way = book.dice, "plain" if who.kind == "agent" else manner(book.dice)
    comments = policy_comments(plan_for(book.area.slug), book, way, dice.uniform(-0.55, 0.55))
    better = book.say(shelf("reasons")["overall"]["better"], way, 0.15) if dice.random() < 0.3 else Said("")
    answers: dict[str, Answer] = {
        "Q2": verdict(comments, dice),
        "Q3": better.words,
        "Q5": dice.choice(options("regulation_14", "Q5")) if dice.random() < 0.8 else "",
    }
    spoken_of = [reason for _, _, reason, _ in comments if reason]
    places: tuple[Place, ...] = ()
    if spoken_of and dice.random() < 0.45:
        places = ((book.marked(book.where(spoken_of[0]), 0.25), ""),)
    return speaking(who, answers=given(answers), places=places, policy_comments=tuple(comments))


def representation(book: Phrasebook) -> tuple[Stance, str]:
    """A side, and words for it; the other sides have a turn when one has said all it can."""
    leaning: dict[Stance, int] = {"support": 42, "object": 36, "comment": 22}
    while leaning:
        side = book.dice.choices(list(leaning), list(leaning.values()))[0]
        words = book.say(shelf("letters")["regulation_16"][side], "plain", 0.3).words
        if words:
            return side, words
        del leaning[side]
    return "comment", ""


def regulation_16(who: Respondent, book: Phrasebook) -> Voice:
    dice = book.dice
    stance, words = representation(book)
    policy = dice.choice(plan_for(book.area.slug).policies)
    whole = not words or dice.random() < 0.4
    answers: dict[str, Answer] = {
        "Q2": {"support": "Yes", "object": "No"}.get(stance, "No view"),
        "Q3": words if whole else "",
        "Q4": "Yes" if dice.random() < 0.7 else "No",
        "Q5": "Yes" if stance == "object" and dice.random() < 0.35 else "No",
    }
    comments = () if whole else ((policy.reference, stance, words, ""),)
    return speaking(who, answers=given(answers), policy_comments=comments)
