"""Consultations for tests, as an organiser would have set them up; call inside `working("ash")`."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import shapely

from consult import clock, tenancy
from consult.accounts.models import Person
from consult.areas.models import RegisterEntry
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.models import Consultation, Question
from consult.database import db
from consult.plans.models import draft_version
from consult.spaces.models import standing
from geodata.wkb import canonical

NOON = datetime(2026, 9, 14, 11, tzinfo=UTC)  # noon in the UK, in summer time
DAY = NOON.date()


def person(world: Any, space: str = "ash", role: str = "chair") -> Person:
    return db.session.get_one(Person, world.person[space, role])


def designate() -> None:
    """Puts the space's area on the register, designated; its shape does not matter here."""
    space = standing()
    number = int.from_bytes(space.id.bytes[:3])
    outline = canonical(shapely.box(450_000, 200_000, 451_000, 201_000))
    db.session.add(
        RegisterEntry(
            number=number, authority_id=space.authority_id, reference=f"A{number}", name=space.name, body=space.name,
            outline=outline, hectares=100.0, designated_on=date(2025, 3, 3),
        )
    )  # fmt: skip
    db.session.flush()


def write_plan() -> None:
    version = draft_version()
    version.add_policy("H1", "New homes", "Where homes may go.", "Homes go here.\n\nAnd there.")
    version.add_policy("G1", "Green spaces", "What stays green.")


def consultation(stage: str = "early_engagement", **changes: Any) -> Consultation:
    values: dict[str, Any] = {
        "reference": "first",
        "title": "Your place, your say",
        "summary": "Tell us.",
        "last_day": DAY + timedelta(days=42),
        "where_to_see": "At the library, Monday to Friday.",
        "how_to_respond": "Answer on this page.",
        "contact_email": "us@example.org",
        "contact_phone": "01632 960001",
        "contact_address": "The Hall, Ash Hill",
        "controller": "The forum",
        "lawful_basis": "public_task",
        "kept_until": "the plan is made",
        "publication": "redacted",
        "data_contact": "data@example.org",
        "privacy_notice": "We keep it safe.",
        "at": NOON - timedelta(days=30),
    }
    made = Consultation(stage=stage, **(values | changes))
    db.session.add(made)
    db.session.flush()
    ask(made, "text", "What do you value?")
    return made


def ask(made: Consultation, kind: str, title: str, options: tuple[str, ...] = ()) -> Question:
    number = len(made.questions) + 1
    listed = [{"key": f"o{n}", "label": label} for n, label in enumerate(options, 1)]
    question = Question(
        consultation_id=made.id,
        reference=f"q{number}",
        kind=kind,
        title=title,
        options=listed,
        position=number,
    )
    db.session.add(question)
    made.reread()
    return question


def decide_bodies(made: Consultation) -> None:
    """Each body of Schedule 1 is decided, as the gate of regulation 14 asks: none of them is affected."""
    made.leave_out(schedule_1().bodies, "Nothing of theirs is in or near the area.", None)


def regulation_14(**changes: Any) -> Consultation:
    """Complete: it may open at NOON."""
    designate()
    write_plan()
    made = consultation("regulation_14", **({"reference": "reg14"} | changes))
    decide_bodies(made)
    return made


__all__ = [
    "DAY",
    "NOON",
    "ask",
    "clock",
    "consultation",
    "decide_bodies",
    "designate",
    "person",
    "regulation_14",
    "tenancy",
    "write_plan",
]
