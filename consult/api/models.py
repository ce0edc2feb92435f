"""Tokens, by which a program reads what the person who made them may see."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import audit, clock, tenancy
from consult.access import Act
from consult.accounts import sessions
from consult.accounts.models import Person
from consult.database import Base, db, new_id

PREFIX = "consult_"  # by which those who look for tokens that were published by mistake know one
DAYS = (30, 90, 180, 365)  # how long a token may last
ACTS = {
    Act.LOOK: "Read spaces and consultations, drafts too",
    Act.READ_RESPONSES: "Read responses, what was written in them, places and figures",
    Act.OVERSEE: "Read what was released to an authority",
}


def hashed(token: str) -> str:
    """256 random bits need no salt and no slow hash: nobody tries them all."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(Base):
    """A token of a person's: for some of their spaces and some acts, until a day. Only its hash is kept. What it opens
    is never more than the person's roles allow at the moment of use."""

    __tablename__ = "api_token"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    ending: Mapped[str]  # its last four characters, to know it by
    spaces: Mapped[list[str]]  # the ids of those that it opens
    acts: Mapped[list[str]]  # the names of what it allows
    made: Mapped[datetime] = mapped_column(default=clock.now)
    expires: Mapped[datetime]
    revoked: Mapped[datetime | None]
    last_used: Mapped[date | None]  # the day alone: nobody needs a protocol of somebody's hours
    person: Mapped[Person] = relationship()

    @classmethod
    def make(
        cls, person: Person, name: str, spaces: list[UUID], acts: list[Act], days: int
    ) -> tuple["ApiToken", str]:
        """A new token and, for the only time, what it reads. Each space notes that it was made."""
        secret = PREFIX + secrets.token_urlsafe(32)
        token = cls(
            person_id=person.id,
            name=name,
            token_hash=hashed(secret),
            ending=secret[-4:],
            spaces=[str(space) for space in spaces],
            acts=[act.name for act in acts],
            expires=clock.now() + timedelta(days=days),
        )
        db.session.add(token)
        db.session.flush()
        token.note("api_token.made", by=person, until=clock.uk(token.expires).date().isoformat())
        return token, secret

    @classmethod
    def that_reads(cls, secret: str) -> "ApiToken | None":
        """The token, while it is good for anything."""
        found = db.session.scalar(sa.select(cls).where(cls.token_hash == hashed(secret)))
        return found if found is not None and found.is_good and found.person.active else None

    @property
    def is_good(self) -> bool:
        return self.revoked is None and clock.now() < self.expires

    def revoke(self, by: Person) -> None:
        """Ends it at once. A second time changes nothing."""
        if self.revoked is None:
            self.revoked = clock.now()
            db.session.flush()
            self.note("api_token.revoked", by=by)

    def note(self, act: str, by: Person, **detail: Any) -> None:
        for space_id in self.spaces:
            with tenancy.inside(UUID(space_id), by.id):
                audit.record(act, self.name, by=by, acts=self.acts, **detail)
                db.session.flush()

    def opens(self, space: Any) -> bool:
        return str(space.id) in self.spaces

    def allows(self, act: Act) -> bool:
        return act.name in self.acts


def tokens_of(person: Person) -> list[ApiToken]:
    """A person's tokens, the newest first, those that no longer work too."""
    mine = sa.select(ApiToken).where(ApiToken.person_id == person.id)
    return list(db.session.scalars(mine.order_by(ApiToken.made.desc())))


@sessions.ends_with_all
def revoke_all() -> None:
    """After a restore one that was revoked since the backup would work again, and nobody can tell which."""
    good = sa.update(ApiToken).where(ApiToken.revoked.is_(None))
    db.session.execute(good.values(revoked=clock.now()))
