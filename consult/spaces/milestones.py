"""What an authority records of the steps that lie in its hands, for the body that waits to see: a day, words, and the
document that says so. A record made by mistake is taken back, never removed."""

import hashlib
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.accounts.models import Person
from consult.database import Base, alone, db, new_id
from consult.spaces import handed
from consult.spaces.models import Space
from consult.tenancy import Decided, here
from consult.web.errors import Refused


class Milestone(Decided, Base):
    """One step of a body's plan, done by its authority (or by the examiner or the voters, as it records)."""

    __tablename__ = "milestone"
    key: Mapped[str]  # a step of `journey.toml`
    on: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
    document_name: Mapped[str] = mapped_column(default="")
    document_type: Mapped[str] = mapped_column(default="")
    document_sha256: Mapped[str] = mapped_column(default="")
    document: Mapped[bytes | None] = mapped_column(deferred=True)
    public: Mapped[bool] = mapped_column(
        default=False
    )  # whether everyone may read its words and its document
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[str]
    withdrawn: Mapped[datetime | None]

    def take_back(self, by: Person) -> None:
        """It was recorded by mistake; done where the authority stands."""
        alone(f"milestones of {self.space_id}")
        if self.withdrawn:
            raise Refused("This has been taken back already.")
        self.withdrawn = clock.now()
        audit.record("milestone.taken_back", self.key, by=by, body=str(self.space_id), on=str(self.on))
        db.session.flush()


def record(
    body: Space,
    key: str,
    *,
    on: date,
    by: Person,
    words: str = "",
    document: tuple[str, str, bytes] | None = None,
    public: bool = False,
) -> Milestone:
    """Records a step of `body` where its authority stands; `document` is its name, media type and content. A step is
    done once: raises Refused where it is on record already, or where it is too early for it."""
    alone(f"milestones of {body.id}")
    handed.refuse_early(key, body, on)
    if any(each.key == key for each in of(body)):
        raise Refused("This step is on record already. Take that back first, if it was recorded by mistake.")
    name, media_type, content = document or ("", "", None)
    made = Milestone(
        space_id=body.id,
        id=new_id(),
        authority_id=here(),
        key=key,
        on=on,
        words=words,
        document_name=name,
        document_type=media_type,
        document_sha256=hashlib.sha256(content).hexdigest() if content else "",
        document=content,
        public=public,
        by_id=by.id,
        by=by.display_name,
    )
    db.session.add(made)
    audit.record("milestone.recorded", key, by=by, body=body.slug, on=on.isoformat())
    db.session.flush()
    return made


def of(body: Space) -> list[Milestone]:
    """What stands on record of a body, oldest first: read where it stands, or where its authority does."""
    standing = sa.select(Milestone).where(Milestone.space_id == body.id, Milestone.withdrawn.is_(None))
    return list(db.session.scalars(standing.order_by(Milestone.on, Milestone.at)))


def days(body: Space) -> dict[str, date]:
    """The day of each step that is on record."""
    return {milestone.key: milestone.on for milestone in of(body)}
