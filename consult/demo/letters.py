"""A campaign: one letter that many people sign and some touch up, and one petition."""

from __future__ import annotations

from random import Random

from consult.demo.library import shelf
from consult.demo.phrases import Phrasebook
from consult.demo.plans import plan_for
from consult.demo.respondents import Voice, respondent, speaking

TOUCHES = (
    ("too many homes", "far too many homes"),
    ("already at capacity", "already full"),
    ("I ask that", "I therefore ask that"),
    ("mature trees", "old trees"),
    ("surgery", "doctor's surgery"),
    ("every evening", "most evenings"),
    ("heavy rain", "heavy rain as it is"),
)
WISH = "Halve the number of homes, keep the boundary trees and build no higher than the neighbours."


def standard_letter(book: Phrasebook) -> dict[str, str]:
    """The letter as its author wrote it: one site, one street, one road for everybody."""
    return {name: book.slot(name)[0] for name in ("site", "street", "road")}


def touched_up(words: str, dice: Random) -> str:
    for plain, own in dice.sample(TOUCHES, dice.choice((0, 0, 1, 1, 2))):
        words = words.replace(plain, own, 1)
    return words


def campaign_letter(number: int, book: Phrasebook, about: dict[str, str]) -> Voice:
    dice, letter = book.dice, shelf("letters")["letter"]
    who = respondent("campaign", "individual", number, book.area, book.district, dice)
    body = touched_up(letter["body"].format(**about), dice)
    parts = [
        dice.choice(letter["opening"]).format(**about),
        body,
        dice.choice(letter["own_words"]),
        dice.choice(letter["closing"]),
    ]
    policy = plan_for(book.area.slug).policies[0]
    comment = (policy.reference, "object", " ".join(part for part in parts if part), WISH)
    return speaking(who, answers={"Q2": "No"}, policy_comments=(comment,), origin="campaign")


def petition(book: Phrasebook, about: dict[str, str]) -> Voice:
    text = shelf("letters")["petition"]
    who = respondent("petition", "group", 0, book.area, book.district, book.dice)
    policy = plan_for(book.area.slug).policies[0]
    words = f"{text['title']}. {text['words']}".format(**about)
    held = vars(who) | {"people": text["signatures"], "channel": "paper", "organisation": "Keep Our Trees"}
    return Voice(**held, policy_comments=((policy.reference, "object", words, WISH),), origin="petition")
