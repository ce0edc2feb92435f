"""How people heard of a consultation: each thing that was done, where and when, and what shows it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.database import Base, db
from consult.tenancy import Owned, link_to
from consult.web.errors import Refused

EVENT = "event"
KINDS = {
    "inspection": "A place where the proposals can be looked at",
    "leaflets": "Leaflets or letters to households",
    "notice": "Posters and notices",
    "event": "An event",
    "press": "Newspaper, newsletter or radio",
    "web": "Website or social media",
    "other": "Something else",
}
COUNTED = {"leaflets": "delivered", "event": "came", "notice": "put up"}  # what a number means there


class Publicity(Owned, Base):
    """One thing that was done to let people know. The earliest of them is where the six weeks start."""

    __tablename__ = "publicity"
    consultation_id: Mapped[UUID] = link_to("consultation")
    kind: Mapped[str]
    what: Mapped[str]
    where: Mapped[str] = mapped_column(default="")
    from_day: Mapped[date]
    to_day: Mapped[date | None]
    times: Mapped[str] = mapped_column(default="")  # as people say them: 2pm to 7pm
    access: Mapped[str] = mapped_column(
        default=""
    )  # what whoever uses a wheelchair, or hears badly, finds there
    how_many: Mapped[int | None]
    link: Mapped[str] = mapped_column(default="")
    evidence_name: Mapped[str] = mapped_column(default="")
    evidence_type: Mapped[str] = mapped_column(default="")
    evidence: Mapped[bytes | None] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def until(self) -> date:
        return self.to_day or self.from_day

    @property
    def shown(self) -> bool:
        """Whether something shows that it was done."""
        return bool(self.link or self.evidence_name)

    @property
    def number(self) -> str:
        if self.how_many is None:
            return ""
        return f"{self.how_many:,} {COUNTED.get(self.kind, '')}".strip()


class Publicised:
    """What a consultation's record of publicity says of the day on which people first heard of it."""

    id: Any  # Mapped, in the model, as are the others
    at: Any
    kind: Any
    opening: Any
    first_publicised: Any
    publicities: Any

    @property
    def begun(self) -> date:
        return clock.uk(self.at).date()

    @property
    def first_record(self) -> Publicity | None:
        """The earliest that has come to pass. What lies ahead tells nobody yet; a day before the consultation was set
        up counts only where something shows it."""
        today = clock.today()
        past = [p for p in self.publicities if p.from_day <= today and (p.shown or p.from_day >= self.begun)]
        return min(past, key=lambda publicity: publicity.from_day, default=None)

    @property
    def heard(self) -> date | None:
        """The day of first publicity: frozen at the opening; before that the earliest on record or, where nothing is
        recorded yet, the day that was given with the dates."""
        first = None if self.opening else self.first_record
        return first.from_day if first else self.first_publicised

    @property
    def coming_events(self) -> list[Publicity]:
        """The events that are not over, for everyone once it is announced."""
        today = clock.today()
        return [each for each in self.publicities if each.kind == EVENT and each.until >= today]

    @property
    def shows_its_publicity(self) -> bool:
        """Whether the day of first publicity stands on a record with evidence."""
        first = self.first_record
        return first is not None and first.shown and first.from_day == self.heard

    def carries(self, publicity: Publicity) -> bool:
        """Whether the six weeks of what has been opened start from this record."""
        return bool(self.opening) and publicity.from_day == self.first_publicised

    def unpublicise(self, publicity: Publicity) -> None:
        """Raises Refused where the consultation stands on it."""
        if self.carries(publicity):
            raise Refused(
                "The six weeks of this consultation were counted from this, so it stays on record. "
                "You can still add to it."
            )
        db.session.delete(publicity)
