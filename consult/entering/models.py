"""Responses that people type in: the batch that a sheet came in, its picture, and the second person who checks it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly, alone, db
from consult.responses.instead import takes_the_place
from consult.responses.models import Response, SettingAside
from consult.tenancy import Owned, link_to, linked

IN_ERROR = "Entered in error: "  # how the reason of every entry that was undone begins
CORRECTED = "Corrected at the second check: "


class SamePerson(ValueError):
    """Whoever typed a sheet cannot be the second person who looks at it; `str()` is one plain sentence."""


class Batch(Owned, Base):
    """Sheets of paper that came in together, such as those of one event. Several people may type at once."""

    __tablename__ = "batch"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "name"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    name: Mapped[str]
    channel: Mapped[str]
    received: Mapped[date]  # the UK day on which the sheets came in
    sheets: Mapped[int]  # in hand, as somebody counted them
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    consultation: Mapped[Consultation] = linked("Batch.consultation_id", "Consultation")

    def take_in(self, response: Response) -> "Sheet":
        """Gives the sheet the lowest number that is free: 3 once more, when the third was undone."""
        alone(f"batch {self.id}")
        mine = sa.select(Sheet).where(Sheet.batch_id == self.id)
        there = list(db.session.scalars(mine))
        known = next((sheet for sheet in there if sheet.response_id == response.id), None)
        if known is not None:
            return known
        taken = {sheet.number for sheet in there}
        number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        sheet = Sheet(batch_id=self.id, response_id=response.id, number=number)
        db.session.add(sheet)
        db.session.flush()
        return sheet

    @property
    def entered(self) -> int:
        """Sheets that stand in the batch: what was undone is not among them, what was corrected is there once."""
        mine = sa.select(sa.func.count()).select_from(Sheet).where(Sheet.batch_id == self.id)
        return db.session.scalar(mine) or 0


class Sheet(Owned, Base):
    """One sheet of a batch, by the number that is written on it, and the response that stands for it now."""

    __tablename__ = "sheet"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "batch_id", "number"),
        sa.UniqueConstraint("space_id", "response_id"),
    )
    batch_id: Mapped[UUID] = link_to("batch")
    response_id: Mapped[UUID] = link_to("response")
    number: Mapped[int]
    batch: Mapped[Batch] = linked("Sheet.batch_id", "Batch")
    response: Mapped[Response] = linked("Sheet.response_id", "Response")


class Scan(Owned, InsertOnly, Base):
    """A picture of the sheet that a response was typed from. For members only, and only as a download."""

    __tablename__ = "scan"
    __erased__ = ("DELETE", "response_id")
    response_id: Mapped[UUID] = link_to("response")
    name: Mapped[str]
    media_type: Mapped[str]  # told by its bytes
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))


class Check(Owned, InsertOnly, Base):
    """A second person compared what was entered with the sheet: it agreed, or another response was typed in its place.
    What was entered first is kept, and set aside as a duplicate."""

    __tablename__ = "second_check"
    __table_args__ = (sa.UniqueConstraint("space_id", "response_id"),)
    response_id: Mapped[UUID] = link_to("response")
    corrected_id: Mapped[UUID | None] = link_to("response", nullable=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))


takes_the_place(Check.response_id, Check.corrected_id)


class HeldTable(Owned, Base):
    """A file of responses that somebody looks over before it is brought in; then it is forgotten."""

    __tablename__ = "held_table"
    consultation_id: Mapped[UUID] = link_to("consultation")
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    consultation: Mapped[Consultation] = linked("HeldTable.consultation_id", "Consultation")


def sheet_of(response: Response) -> Sheet | None:
    return db.session.scalar(sa.select(Sheet).where(Sheet.response_id == response.id))


def undo(response: Response, reason: str, by: Any) -> None:
    """Sets aside what was entered in error: it is kept, not counted, and its number in the batch is free again. What a
    second person has looked at is not undone like this."""
    response.take()
    put_aside(response, "excluded", IN_ERROR + reason, by)
    sheet = sheet_of(response)
    if sheet is not None:
        db.session.delete(sheet)


def put_aside(response: Response, kind: str, reason: str, by: Any) -> None:
    aside = response.set_aside or SettingAside(response_id=response.id)
    aside.kind, aside.reason, aside.at, aside.by_id = kind, reason, clock.now(), by.id
    db.session.add(aside)
    audit.record("response.set_aside", response.reference, by=by, about=response, kind=kind, reason=reason)


def check_of(response: Response) -> Check | None:
    return db.session.scalar(sa.select(Check).where(Check.response_id == response.id))


def came_of_a_check(response: Response) -> bool:
    return db.session.scalar(sa.select(Check.id).where(Check.corrected_id == response.id)) is not None


def agree(response: Response, by: Any) -> Check:
    """It says what the sheet says. Raises SamePerson."""
    return recorded(response, None, by)


def correct(response: Response, corrected: Response, by: Any) -> Check:
    """`corrected` says what the sheet says, and counts in its place. Raises SamePerson."""
    check = recorded(response, corrected, by)
    reason = f"{CORRECTED}{corrected.reference} says what stands on the sheet."
    put_aside(response, "duplicate", reason, by)
    sheet = sheet_of(response)
    if sheet is not None:
        sheet.response_id = corrected.id
    return check


def recorded(response: Response, corrected: Response | None, by: Any) -> Check:
    may_check(response, by)
    check = Check(
        response_id=response.id, corrected_id=corrected.id if corrected else None, at=clock.now(), by_id=by.id
    )
    db.session.add(check)
    instead = {"instead": corrected.reference} if corrected else {}
    audit.record("response.checked", response.reference, by=by, agreed=corrected is None, **instead)
    db.session.flush()
    return check


def may_check(response: Response, by: Any) -> None:
    """Raises SamePerson."""
    if response.entered_by_id == by.id:
        raise SamePerson("You typed this one yourself: somebody else has to check it.")
