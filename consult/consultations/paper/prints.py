"""What a consultation prints: set once it has been opened, kept, and set again only where it would say something else.

A stranger's request never sets type: it gets what is kept. Each kind of print has a name, which is its file's too, and
a maker, which the floors above may register.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import force_locale
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock, jobs
from consult.database import Base, db
from consult.tenancy import Owned, link_to
from consult.web import typesetting

LANGUAGES = ("en",)  # those in which every print is kept; the first where nobody asked for another


@dataclass(frozen=True)
class Sheet:
    """A typst file, the name of its input, and all that it is to say."""

    file: Path
    input: str
    given: dict[str, Any]

    @property
    def fingerprint(self) -> str:
        """The same where the same would be printed."""
        said = json.dumps(self.given, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
        return hashlib.sha256(self.file.read_bytes() + b"\n" + said).hexdigest()

    def pdf(self, written: datetime) -> bytes:
        return typesetting.pdf(self.file, self.input, self.given, written)


Maker = Callable[
    [Any, str, bool], Sheet | None
]  # of the consultation, the language, and whether it is a draft
_makers: dict[str, Maker] = {}


class Printed(Owned, Base):
    """A print as everyone gets it."""

    __tablename__ = "printed"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "name", "language"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    name: Mapped[str]
    language: Mapped[str]
    fingerprint: Mapped[str]  # of what it says, before it is set
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)

    def fill(self, sheet: Sheet, content: bytes) -> None:
        self.fingerprint, self.content = sheet.fingerprint, content
        self.sha256, self.at = hashlib.sha256(content).hexdigest(), clock.now()


def prints(name: str) -> Callable[[Maker], Maker]:
    """Registers what makes the print of this name; it gives None where this consultation has none."""

    def add(maker: Maker) -> Maker:
        _makers[name] = maker
        return maker

    return add


def names() -> list[str]:
    return sorted(_makers)


def sheet_of(consultation: Any, name: str, language: str, draft: bool = False) -> Sheet | None:
    with force_locale(language):
        return _makers[name](consultation, language, draft)


def kept(consultation: Any, name: str, language: str) -> Printed | None:
    wanted = sa.select(Printed).where(
        Printed.consultation_id == consultation.id, Printed.name == name, Printed.language == language
    )
    return db.session.scalar(wanted)


def kept_names(consultation: Any) -> set[str]:
    mine = sa.select(Printed.name).where(Printed.consultation_id == consultation.id)
    return set(db.session.scalars(mine))


def keep(consultation: Any, name: str, language: str) -> bool:
    """Sets the print and keeps it, unless the one that is kept says the same; whether it did."""
    sheet, known = sheet_of(consultation, name, language), kept(consultation, name, language)
    if sheet is None or (known and known.fingerprint == sheet.fingerprint):
        return False
    content = sheet.pdf(consultation.opening.at)
    known = known or Printed(consultation_id=consultation.id, name=name, language=language)
    known.fill(sheet, content)
    db.session.add(known)
    db.session.flush()
    return True


def ask_for(consultation: Any) -> None:
    """Has the prints made, in the transaction of the act after which they say something else."""
    jobs.post("print", {"consultation": consultation.id.hex})
