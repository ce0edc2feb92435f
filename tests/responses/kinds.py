"""A consultation with a question of each kind that is not about policies, put on two pages."""

from collections.abc import Collection
from io import BytesIO
from typing import Any

from consult.consultations.models import Consultation, find
from consult.consultations.questions.conditions import Condition
from consult.consultations.questions.kinds import options_of
from consult.consultations.records import Question
from consult.database import db
from tests.responses import asking

URL = "/f/ash/consultations/kinds/respond"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
SCALE = {"from": 1, "to": 5, "low": "Not at all", "high": "Very"}
NUMBER = {"unit": "homes", "least": 0, "most": 50, "whole": True}
DATE = {"earliest": "2020-01-01", "latest": "2030-12-31"}
EACH: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    ("choice", {}, ("Yes", "No")),
    ("scale", SCALE, ()),
    ("number", NUMBER, ()),
    ("date", DATE, ()),
    ("line", {}, ()),
    ("file", {}, ()),
    ("agree", {}, ()),
    ("place", {}, ()),
)
ANSWERS = {
    "q1": "o1",
    "q2": "4",
    "q3": "12",
    "q4.day": "14",
    "q4.month": "March",
    "q4.year": "2027",
    "q5": "Quiet and green",
    "q7": "agreed",
    "q8.as": "area",
    "q8.points": "-2.345,51.40 -2.344,51.40 -2.344,51.401",
}


def consultation(
    *,
    required: Collection[str] = (),
    show_if: dict[str, tuple[str, ...]] | None = None,
    reference: str = "kinds",
) -> Consultation:
    """Stands in the space it is made in, and is open. `show_if`: the references of questions that are asked only after
    these keys of q1."""
    return asking.open_it(drafted(required=required, show_if=show_if, reference=reference))


def drafted(
    *,
    required: Collection[str] = (),
    show_if: dict[str, tuple[str, ...]] | None = None,
    reference: str = "kinds",
) -> Consultation:
    """The same before its opening."""
    made = asking.drafted(reference=reference, plan=False)
    for question in list(made.questions):
        db.session.delete(question)
    db.session.flush()
    db.session.expire(made)
    first = None
    for position, (kind, settings, labels) in enumerate(EACH, 1):
        name = f"q{position}"
        question = Question(
            consultation_id=made.id,
            reference=name,
            kind=kind,
            title=f"About {kind}?",
            position=position,
            page=1 + (position > 4),
            settings=settings,
            options=options_of(kind, labels, settings),
            required=name in required,
        )
        if first is not None and show_if and name in show_if:
            question.show_if = Condition(first, show_if[name]).written
        asking.add(question)
        first = first or question.id
    db.session.expire(made)
    return made


def a_file(name: str = "A plan.pdf", content: bytes = b"%PDF-1.7 words") -> tuple[BytesIO, str]:
    return BytesIO(content), name


def asked() -> Consultation:
    found = find("kinds")
    assert found is not None
    return found
