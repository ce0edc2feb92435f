"""The representations as everyone may read them: each by its reference, as far as a person has cleared it and the
authority's policy goes. Read anew each time, so that what is hidden, withheld or erased is gone at once."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from consult.clearing import hiding
from consult.clearing.comments import (
    NAMES,
    NO_WORDS,
    SUMMARIES,
    Comment,
    comment_of,
    decisions,
    publication_policy,
)
from consult.clearing.models import Clearance
from consult.clearing.public import public_name
from consult.consultations.models import Consultation
from consult.database import db
from consult.examining.models import RepresentationsPublication
from consult.responses.models import Answer, Place, Response, SettingAside
from consult.web import cells

COLUMNS: Final = (
    "representation",
    "late",
    "name",
    "policy",
    "question",
    "stance",
    "words",
    "suggested_change",
)


@dataclass(frozen=True)
class Said:
    policy: str  # its reference; empty where it is about none
    about: str
    stance: str
    words: str
    suggestion: str


@dataclass(frozen=True)
class Published:
    """`kept_back`: some of it was not cleared, or is a file, and is not here."""

    reference: str
    late: bool
    name: str
    said: tuple[Said, ...]
    kept_back: bool


def publication_of(consultation: Consultation) -> RepresentationsPublication | None:
    """The one that stands."""
    mine = sa.select(RepresentationsPublication).where(
        RepresentationsPublication.consultation_id == consultation.id,
        RepresentationsPublication.ended.is_(None),
    )
    return db.session.scalar(mine.order_by(RepresentationsPublication.at.desc()).limit(1))


def ids(consultation: Consultation) -> list[UUID]:
    """Those that everyone may read, in the order of their references, which does not tell when each came."""
    if publication_policy(consultation) == SUMMARIES:
        return []
    aside = sa.exists().where(
        SettingAside.space_id == Response.space_id, SettingAside.response_id == Response.id
    )
    mine = sa.select(Response.id).where(
        Response.consultation_id == consultation.id, ~aside, ~hiding.is_hidden()
    )
    return list(db.session.scalars(mine.order_by(Response.reference)))


def read(consultation: Consultation, wanted: Sequence[UUID]) -> list[Published]:
    """These, in that order; any that has nothing to read is there with its reference."""
    found = sa.select(Response).where(Response.id.in_(wanted)).order_by(Response.reference)
    responses = list(db.session.scalars(found))
    stands = decisions(
        sa.select(Clearance)
        .where(Clearance.response_id.in_(wanted))
        .options(selectinload(Clearance.redactions))
    )
    rows: dict[UUID, list[Answer | Place]] = {each: [] for each in wanted}
    for kind in (Answer, Place):
        mine: Any = sa.select(kind).where(kind.response_id.in_(wanted)).options(joinedload(kind.question))
        if kind is Answer:
            mine = mine.options(joinedload(Answer.policy))
        for row in db.session.scalars(mine.order_by(kind.position)):
            rows[row.response_id].append(row)
    return [as_published(each, rows[each.id], stands) for each in responses]


def every(consultation: Consultation, policy: str = "") -> list[Published]:
    """All of them, or those that say something of one policy."""
    found = read(consultation, ids(consultation))
    return [each for each in found if not policy or any(said.policy == policy for said in each.said)]


def as_published(response: Response, rows: list[Answer | Place], stands: dict[UUID, Clearance]) -> Published:
    said, kept_back = [], False
    rows.sort(key=lambda row: (row.question.position, isinstance(row, Place), row.position))
    for row in rows:
        comment = comment_of(row, response, stands.get(row.id))
        entry = said_in(comment)
        if entry is not None:
            said.append(entry)
        elif comment.parts or row.question.kind in NO_WORDS:
            kept_back = True
    names = publication_policy(response.consultation) == NAMES
    name = (public_name(response) or "") if names else ""
    return Published(response.reference, response.late, name, tuple(said), kept_back)


def said_in(comment: Comment) -> Said | None:
    """A stance alone needs no clearing: nobody wrote anything. Other ticks are for the figures."""
    row = comment.row
    if comment.parts and not comment.is_cleared:
        return None
    stance = (row.stance or "") if isinstance(row, Answer) else ""
    words = comment.public("words" if isinstance(row, Place) else "text")
    suggestion = comment.public("suggested_change")
    if not (words or suggestion or stance):
        return None
    policy = row.policy if isinstance(row, Answer) else None
    about = f"{policy.reference} {policy.title}" if policy else row.question.title
    return Said(policy.reference if policy else "", about, stance, words, suggestion)


def fingerprint(published: list[Published]) -> str:
    """Changes with any letter of what everyone may read."""
    told = json.dumps([asdict(each) for each in published], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def table(published: list[Published]) -> bytes:
    """A row for each thing said; a representation of which nothing can be read has a row of its own."""
    rows = []
    for each in published:
        head = [each.reference, "yes" if each.late else "no", each.name]
        rows += [[*head, s.policy, s.about, s.stance, s.words, s.suggestion] for s in each.said]
        if not each.said:
            rows.append([*head, "", "", "", "", ""])
    return cells.table(COLUMNS, rows)
