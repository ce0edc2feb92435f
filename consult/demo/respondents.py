"""Who answers: their name, post, where they live and what ties them to the place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, Literal

from shapely import Point, Polygon

from consult.demo import names
from consult.demo.atlas import Area, District
from consult.demo.library import shelf
from consult.demo.questions import Stance

Kind = Literal["individual", "business", "landowner", "group", "statutory body", "agent"]
Channel = Literal["web", "paper", "email", "event"]
Connection = Literal["live", "work", "business", "none"]

DAYS_OPEN: Final[dict[str, int]] = {
    "early_engagement": 35,
    "call_for_sites": 42,
    "regulation_14": 43,
    "regulation_16": 43,
    "campaign": 43,
    "petition": 43,
}
KINDS: Final[dict[str, dict[Kind, int]]] = {
    "early_engagement": {"individual": 92, "business": 4, "group": 4},
    "call_for_sites": {"individual": 46, "landowner": 27, "agent": 14, "group": 8, "business": 5},
    "regulation_14": {
        "individual": 84,
        "business": 4,
        "group": 4,
        "landowner": 2,
        "agent": 2,
        "statutory body": 4,
    },
    "regulation_16": {
        "individual": 58,
        "business": 6,
        "group": 8,
        "landowner": 6,
        "agent": 8,
        "statutory body": 14,
    },
}
UNKNOWN_POSTCODES: Final = ("TB7 4QX", "TB8 1AA", "TB9 2HR")  # shaped like a postcode, on no list


@dataclass(frozen=True)
class Respondent:
    name: str
    kind: Kind
    organisation: str | None
    email: str | None
    postcode: str | None
    connection: tuple[Connection, ...]
    people: int
    channel: Channel
    days_after_open: float


Answer = str | tuple[str, ...]
Place = tuple[Point | Polygon, str]
PolicyComment = tuple[str, Stance, str, str]  # policy, stance, reason, suggested change


@dataclass(frozen=True)
class Voice(Respondent):
    """A respondent and what they said. `answers` leaves out stances and places, held beside it."""

    answers: dict[str, Answer] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    policy_comments: tuple[PolicyComment, ...] = ()
    origin: Literal["organic", "campaign", "petition"] = "organic"


def speaking(who: Respondent, **said: Any) -> Voice:
    return Voice(**vars(who), **said)


def kinds(stage: str, n: int, dice: Random) -> list[Kind]:
    """A plausible mix in which a statutory body answers once at most."""
    share = KINDS[stage]
    drawn = dice.choices(list(share), list(share.values()), k=n)
    bodies = len(shelf("letters")["bodies"])
    surplus = [place for place, kind in enumerate(drawn) if kind == "statutory body"][bodies:]
    return ["individual" if place in surplus else kind for place, kind in enumerate(drawn)]


def address(person: names.Person, number: int, dice: Random) -> str:
    plain = unicodedata.normalize("NFKD", f"{person.first.split(' and ')[0]}.{person.last}")
    letters = re.sub(r"[^a-z.]", "", plain.lower())
    return f"{letters}{number}@{dice.choice(('example.org', 'example.com'))}"


def home(area: Area, district: District, dice: Random) -> tuple[str | None, bool]:
    """A postcode as somebody types it, and whether it lies in the area."""
    luck = dice.random()
    if luck < 0.06:
        return None, True
    if luck < 0.09:
        return dice.choice(UNKNOWN_POSTCODES), False
    inside = luck < 0.8
    codes = [code for code in district.postcodes if area.outline.contains(code.at) == inside]
    typed = dice.choice(codes).code
    style = dice.random()
    return (typed.lower() if style < 0.08 else typed.replace(" ", "") if style < 0.13 else typed), inside


def ties(kind: Kind, inside: bool, dice: Random) -> tuple[Connection, ...]:
    if kind == "business":
        return ("live", "business") if inside and dice.random() < 0.4 else ("business",)
    if kind in ("statutory body", "agent"):
        return ("none",)
    if inside:
        options: list[tuple[Connection, ...]] = [("live",), ("live", "work"), ("live", "business")]
        return dice.choices(options, [70, 22, 8])[0]
    outside: list[tuple[Connection, ...]] = [("work",), ("none",), ("business",)]
    return dice.choices(outside, [55, 30, 15])[0]


def arrival(days: int, dice: Random) -> float:
    """A rush at the start, a trickle, a rush at the end, and a few too late."""
    luck = dice.random()
    if luck < 0.32:
        day = min(days - 0.1, dice.expovariate(1 / 3.5))
    elif luck < 0.7:
        day = dice.uniform(1, days - 4)
    elif luck < 0.985:
        day = days - min(4.0, dice.expovariate(1 / 1.4)) - 0.01
    else:
        day = days + dice.uniform(0.05, 3)
    return round(max(0.02, day), 3)


def channel_for(kind: Kind, dice: Random) -> Channel:
    if kind in ("statutory body", "agent"):
        return "email"
    channels: list[Channel] = ["web", "paper", "email", "event"]
    return dice.choices(channels, [74, 12, 8, 6])[0]


def organisation_of(kind: Kind, dice: Random) -> str | None:
    if kind in ("individual", "statutory body"):
        return None
    return str(dice.choice(shelf("letters")["organisations"][kind]))


def respondent(
    stage: str, kind: Kind, number: int, area: Area, district: District, dice: Random
) -> Respondent:
    together = kind == "individual" and dice.random() < 0.08
    person = names.couple(dice) if together else names.person(dice)
    channel = channel_for(kind, dice)
    postcode, inside = home(area, district, dice)
    writes = {"web": 0.9, "paper": 0.3, "email": 1.0, "event": 0.4}[channel]
    return Respondent(
        name=person.name,
        kind=kind,
        organisation=organisation_of(kind, dice),
        email=address(person, number, dice) if dice.random() < writes else None,
        postcode=postcode,
        connection=ties(kind, inside, dice),
        people=2 if together else 1,
        channel=channel,
        days_after_open=arrival(DAYS_OPEN[stage], dice),
    )
