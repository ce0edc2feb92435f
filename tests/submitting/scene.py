"""A plan that can be submitted, as a body and its people would have brought it there; call inside `working("ash")`."""

from datetime import date, timedelta
from typing import Any

from consult import clock
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.models import Consultation, Opening
from consult.database import db
from consult.submitting import drafting
from consult.web.files_taken import Taken
from tests.consultations.setting import consultation, designate, write_plan

STATEMENT = Taken("statement.pdf", "application/pdf", b"%PDF-1.7 what people said")


def closed_consultation(by: Any) -> Consultation:
    """Regulation 14, closed: one body of Schedule 1 was written to by hand, the others are not affected."""
    designate()
    write_plan()
    made = consultation("regulation_14", reference="reg14", title="The draft plan", last_day=clock.today())
    rail, others = schedule_1().body("network-rail"), schedule_1().bodies
    assert rail is not None
    made.leave_out([body for body in others if body is not rail], "Nothing of theirs is near.", by)
    told = made.consult(
        by, body=rail.key, organisation="Network Rail", email="", address="1 Eversholt Street"
    )
    made.note_by_hand(told, "post", "1 Eversholt Street", clock.today() - timedelta(days=60), "notice", by)
    made.note_copy(clock.today() - timedelta(days=60), "hand", "The planning officer", by)
    made.last_day = clock.today() - timedelta(days=5)
    opened = clock.now() - timedelta(days=60)
    db.session.add(Opening(consultation_id=made.id, at=opened, decided=opened))
    made.reread()
    return made


def assemble(by: Any, *, without: str = "") -> None:
    """All that a chair writes or chooses, but one item."""
    if without != "statement":
        drafting.add_file(by, "statement", STATEMENT)
    said: dict[str, Any] = {}
    if without != "conditions":
        points = drafting.conditions_of(drafting.draft()).points
        said |= {"conditions": {point.key: f"It meets {point.name}." for point in points}}
    if without != "environment":
        said |= {"environment": "none", "reasons": "Small sites only.", "determined_on": date(2026, 3, 3)}
    drafting.keep(by, "all of it", **said)


def untold(made: Consultation) -> Consultee:
    """Another body that is consulted, to which nothing was sent."""
    gas = schedule_1().body("gas")
    assert gas is not None
    return made.consult(None, body=gas.key, organisation="Gas Networks", email="", address="2 Pipe Lane")
