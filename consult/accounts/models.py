"""People and their sign-ins. A person belongs to no space; memberships say where they work."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_security import UserMixin
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import clock
from consult.database import Base, new_id


class Person(UserMixin, Base):
    """Somebody who signs in. The columns from `fs_uniquifier` on are named by Flask-Security."""

    __tablename__ = "person"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    joined: Mapped[datetime] = mapped_column(default=clock.now)
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str | None]
    fs_uniquifier: Mapped[str] = mapped_column(unique=True, default=lambda: uuid4().hex)
    us_totp_secrets: Mapped[str | None]
    us_phone_number: Mapped[str | None] = mapped_column(unique=True)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_phone_number: Mapped[str | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(sa.JSON()))
    used_codes: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # the last code that was used, by its secret
    operator: Mapped["Operator | None"] = relationship(foreign_keys="Operator.person_id")

    roles: Any = ()  # Flask-Security's global roles are not used: a role is held in a space

    @property
    def display_name(self) -> str:
        return self.name or self.email


class Operator(Base):
    """Made somebody an operator of the service."""

    __tablename__ = "operator"
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class SignIn(Base):
    """One device's session: ended here, it is ended there, whatever cookie the device still has."""

    __tablename__ = "sign_in"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    began: Mapped[datetime] = mapped_column(default=clock.now)
    device: Mapped[str] = mapped_column(default="")
    ended: Mapped[datetime | None]
    person: Mapped[Person] = relationship()

    @property
    def began_words(self) -> str:
        return f"{clock.uk(self.began):%-d %B %Y}"

    @property
    def device_words(self) -> str:
        """The device in words, as in “Firefox on Windows”."""
        browser = next((words for sign, words in BROWSERS.items() if sign in self.device), "A browser")
        system = next((words for sign, words in SYSTEMS.items() if sign in self.device), "")
        return f"{browser} on {system}" if system else browser


# The first sign that is found decides: Edge also says that it is Chrome, and Chrome that it is Safari.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
