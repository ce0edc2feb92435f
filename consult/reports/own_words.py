"""What the body itself writes into its statement: its cover, an introduction, words under a chapter or an issue. They
are kept by the key of that part and set anew into every statement that is built, so no rebuilding loses them.

They can be changed and removed, since a body may have quoted somebody who is erased later; the files of a report keep
what was printed. The public version has only what somebody has put there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.consultations.models import Consultation
from consult.database import Base, db
from consult.issues.gathered import issues_of
from consult.tenancy import Owned, link_to, linked

TITLE, COVER, INTRODUCTION = "title", "cover", "introduction"
LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 10_000
CHAPTERS: Final = {
    "who": "Who was consulted",
    "how": "How they were consulted",
    "said": "What people said",
    "considered": "How it was considered and addressed",
    "represented": "Who responded, and for whom they speak",
    "method": "Method",
    "limits": "Limits",
}
FIRST: Final = {TITLE: "The title", COVER: "On the cover", INTRODUCTION: "Introduction"}


class OwnWords(Owned, Base):
    """The words of one part, as they stand; a part without any has no row."""

    __tablename__ = "own_words"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "part"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    part: Mapped[str]  # title, cover, introduction, one of CHAPTERS, or an issue as `key_of` writes it
    text: Mapped[str]
    public: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    consultation: Mapped[Consultation] = linked("OwnWords.consultation_id", "Consultation")


@dataclass(frozen=True)
class Part:
    """A place in the statement where the body may write, with what it wrote."""

    key: str
    name: str
    words: OwnWords | None

    @property
    def is_title(self) -> bool:
        return self.key == TITLE


def key_of(issue: int) -> str:
    """Of an issue, by its number, which no other is ever given."""
    return f"issue-{issue}"


def parts(consultation: Consultation) -> list[Part]:
    """In the order of the statement. An issue that was dissolved is still there where something was written for it."""
    written = standing_words(consultation)
    issues = {key_of(issue.number): f"Issue {issue.name}" for issue in issues_of(consultation)}
    names = FIRST | CHAPTERS | issues
    gone = {key: f"Issue {key.rpartition('-')[2]}, dissolved" for key in written if key not in names}
    return [Part(key, name, written.get(key)) for key, name in (names | gone).items()]


def standing_words(consultation: Consultation) -> dict[str, OwnWords]:
    rows = sa.select(OwnWords).where(OwnWords.consultation_id == consultation.id).order_by(OwnWords.part)
    return {row.part: row for row in db.session.scalars(rows)}


def write(consultation: Consultation, part: str, text: str, public: bool, by: Any) -> None:
    """What stands there from now on; no text removes it."""
    consultation.take()
    found = standing_words(consultation).get(part)
    if found is None and not text:
        return
    if found is None:
        about = {"consultation_id": consultation.id, "part": part}
        db.session.add(OwnWords(**about, text=text, public=public, by_id=by.id))
    elif text:
        found.text, found.public, found.at, found.by_id = text, public, clock.now(), by.id
    else:
        db.session.delete(found)
    done = "statement.words_written" if text else "statement.words_removed"
    audit.record(done, consultation.title, by=by, part=part, public=public and bool(text))
    db.session.flush()


def printed(consultation: Consultation, public: bool) -> dict[str, str]:
    """The words for one version of the report, by their part."""
    return {part: row.text for part, row in standing_words(consultation).items() if row.public or not public}
