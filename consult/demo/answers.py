"""What one respondent says at each stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shapely import Polygon

from consult.demo.library import shelf
from consult.demo.opinions import policy_comments, verdict
from consult.demo.phrases import Phrasebook, Said, manner
from consult.demo.plans import plan_for
from consult.demo.questions import Stage, questions_for
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
        "Q1": text(book, words["love"], way, 0.78), "Q2": text(book, words["change"], way, 0.82),
        "Q3": tuple(dice.sample(options("early_engagement", "Q3"), dice.choice((1, 2, 2, 3, 3, 4)))),
        "Q4": dice.choices(options("early_engagement", "Q4"), [34, 12, 13, 37, 4])[0] if dice.random() < 0.9 else "",
        "Q6": text(book, words["anything_else"], way, 0.14, 0)}
    pins = dice.choices((0, 1, 2, 3), (38, 40, 16, 6))[0]
    places = [(book.marked(said.about, 0.3), said.words)
              for said in (book.say(words["pins"], way) for _ in range(pins)) if said.words]
    return speaking(who, answers=given(answers), places=tuple(places))


def in_own_language(who: Respondent, book: Phrasebook, written: Mapping[str, str]) -> Voice:
    book.heard[written["words"].casefold()] = None
    at = (book.marked(None), written["words"]) if who.channel == "web" and book.dice.random() < 0.3 else None
    answers: dict[str, Answer] = {"Q1": "" if at else written["words"], "Q4": "On foot"}
    return speaking(replace(who, name=written["name"], email=None, people=1), answers=given(answers),
                    places=(at,) if at else ())


def offered_ground(said: Said, book: Phrasebook) -> Polygon:
    """The green or site that is meant, or else a field or yard drawn by hand."""
    if isinstance(said.about, Polygon):
        return said.about.simplify(6)
    middle = book.marked(said.about).centroid
    reach = book.dice.uniform(18, 46) if book.area.kind == "forum" else book.dice.uniform(35, 85)
    drawn = blob((middle.x, middle.y), reach, book.dice, 1.2).simplify(7)
    inside = drawn.intersection(book.area.outline)
    return inside if isinstance(inside, Polygon) and inside.area > 200 else drawn


def call_for_sites(who: Respondent, book: Phrasebook) -> Voice:
    dice, written = book.dice, shelf("sites")
    owns = {"landowner": "owner", "agent": "agent"}.get(who.kind, "resident")
    interest = {"owner": "I own it", "agent": "I act for the owner", "resident": "I am only suggesting it"}[owns]
    way = "plain" if owns == "agent" else manner(dice)
    said = book.say(written[owns], way, 0.2 if owns == "resident" else 0)
    uses = ("Local green space",) if "green space" in said.words or "protection" in said.words else tuple(
        dice.sample(("Homes", "Homes", "Work", "Community building", "Allotments"), dice.choice((1, 1, 2))))
    when = dice.choices(options("call_for_sites", "Q4"), [50, 20, 5, 25] if owns != "resident" else [5, 5, 2, 88])[0]
    answers: dict[str, Answer] = {"Q2": tuple(dict.fromkeys(uses)), "Q3": interest, "Q4": when, "Q5": said.words}
    ground = offered_ground(said, book)
    place: Place = (ground, said.words) if owns != "resident" or dice.random() < 0.5 else (
        book.somewhere_in(ground), said.words)
    return speaking(who, answers=given(answers), places=(place,) if dice.random() < 0.94 else ())


def regulation_14(who: Respondent, book: Phrasebook) -> Voice:
    dice, way = book.dice, "plain" if who.kind == "agent" else manner(book.dice)
    comments = policy_comments(plan_for(book.area.slug), book, way, dice.uniform(-0.55, 0.55))
    better = book.say(shelf("reasons")["overall"]["better"], way, 0.15) if dice.random() < 0.3 else Said("")
    answers: dict[str, Answer] = {
        "Q2": verdict(comments, dice), "Q3": better.words,
        "Q5": dice.choice(options("regulation_14", "Q5")) if dice.random() < 0.8 else ""}
    spoken_of = [reason for _, _, reason, _ in comments if reason]
    places: tuple[Place, ...] = ()
    if spoken_of and dice.random() < 0.45:
        places = ((book.marked(book.where(spoken_of[0]), 0.25), ""),)
    return speaking(who, answers=given(answers), places=places, policy_comments=tuple(comments))


def regulation_16(who: Respondent, book: Phrasebook) -> Voice:
    dice, written = book.dice, shelf("letters")["regulation_16"]
    stance = dice.choices(("support", "object", "comment"), (42, 36, 22))[0]
    words = book.say(written[stance], "plain", 0.3).words
    policy = dice.choice(plan_for(book.area.slug).policies)
    whole = not words or dice.random() < 0.4
    answers: dict[str, Answer] = {
        "Q2": {"support": "Yes", "object": "No", "comment": "No view"}[stance], "Q3": words if whole else "",
        "Q4": "Yes" if dice.random() < 0.7 else "No",
        "Q5": "Yes" if stance == "object" and dice.random() < 0.35 else "No"}
    comments = () if whole else ((policy.reference, stance, words, ""),)
    return speaking(who, answers=given(answers), policy_comments=comments)
