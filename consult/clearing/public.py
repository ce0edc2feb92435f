"""What everyone may read of what people wrote. Nothing, until a person has cleared it; then the redacted layer, as far
as the consultation's policy goes. Whatever is printed for the public asks here."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from consult.clearing import hiding, personal
from consult.clearing.comments import NAMES, SUMMARIES, Comment, comment_of, decisions, publication_policy
from consult.clearing.models import CLEARED, Clearance
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.models import Answer, Place, Response, SettingAside

PARTS = ("text", "words", "suggested_change")


@dataclass(frozen=True)
class Said:
    """One comment as everyone may read it. `name` is empty where names are not published."""

    response_id: UUID
    question: str
    policy: str
    stance: str
    words: str
    suggestion: str
    name: str


def words_of(row: Answer | Place, part: str = "") -> str | None:
    """What the public may read of an answer or of the words beside a place (of one part of it); None when that is
    nothing: it was not cleared, or its response is hidden, or was withdrawn or set aside."""
    response = db.session.scalar(sa.select(Response).where(Response.id == row.response_id))
    if response is None or not may_be_read(response):
        return None
    column = Clearance.place_id if isinstance(row, Place) else Clearance.answer_id
    decision = decisions(sa.select(Clearance).where(column == row.id)).get(row.id)
    return public_words(comment_of(row, response, decision), part)


def public_words(comment: Comment, part: str = "") -> str | None:
    if not comment.is_cleared:
        return None
    names = [part] if part else [name for name in PARTS if name in comment.parts]
    return "\n\n".join(comment.public(name) for name in names) or None


def may_be_read(response: Response) -> bool:
    """Late responses are kept and read with the others; what somebody withdrew, sent again, had excluded or hid is
    not."""
    if response.set_aside is not None or publication_policy(response.consultation) == SUMMARIES:
        return False
    return hiding.hiding_of(response) is None


def name_of(response: Response) -> str | None:
    """Whose words they are, where names are published and something of theirs was cleared."""
    if publication_policy(response.consultation) != NAMES or not may_be_read(response):
        return None
    stands = decisions(sa.select(Clearance).where(Clearance.response_id == response.id))
    return public_name(response) if any(d.outcome == CLEARED for d in stands.values()) else None


def public_name(response: Response) -> str | None:
    """The name and the organisation; none of them with anything else that is personal in it."""
    parts = [personal.nfc(part) for part in (response.name, response.organisation) if part]
    clean = [part for part in parts if all(span.kind == "name" for span in personal.find(part))]
    return ", ".join(clean) or None


def said(consultation: Consultation, among: frozenset[UUID] | None = None) -> list[Said]:
    """Every comment that was cleared, by question and policy; within these in an order that tells neither when it came
    nor which belong together. `among`: only these responses."""
    if publication_policy(consultation) == SUMMARIES:
        return []
    order = {question.id: place for place, question in enumerate(consultation.questions)}
    found = [
        (order.get(row.question_id, 0), entry)
        for kind in (Answer, Place)
        for row, response, decision in readable(kind, consultation)
        if among is None or response.id in among
        if (entry := entry_of(comment_of(row, response, decision))) is not None
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].policy, pair[1].words.casefold(), pair[1].suggestion))
    return [entry for _, entry in found]


def is_anything_said(consultation: Consultation) -> bool:
    """Whether there is a comment for everyone to read: asked by pages that many look at, so without reading them."""
    if publication_policy(consultation) == SUMMARIES:
        return False
    kinds = (Answer, Place)
    return any(db.session.execute(cleared(kind, consultation).limit(1)).first() for kind in kinds)


def cleared(
    kind: type[Answer] | type[Place], consultation: Consultation
) -> sa.Select[Any, Response, Clearance]:
    """Answers or places, their responses and the decision that stands, where it clears them and may be read."""
    column = Clearance.answer_id if kind is Answer else Clearance.place_id
    later = aliased(Clearance)
    newer = sa.exists().where(
        later.space_id == Clearance.space_id,
        getattr(later, column.key) == column,
        later.number > Clearance.number,
    )
    aside = sa.exists().where(
        SettingAside.space_id == Response.space_id, SettingAside.response_id == Response.id
    )
    return (
        sa.select(kind, Response, Clearance)
        .join(Response, sa.and_(Response.id == kind.response_id, Response.space_id == kind.space_id))
        .join(Clearance, sa.and_(column == kind.id, Clearance.space_id == kind.space_id))
        .where(Response.consultation_id == consultation.id, Clearance.outcome == CLEARED)
        .where(~newer, ~aside, ~hiding.is_hidden())
    )


def readable(
    kind: type[Answer] | type[Place], consultation: Consultation
) -> list[tuple[Answer | Place, Response, Clearance]]:
    asked = cleared(kind, consultation).options(
        joinedload(kind.question), selectinload(Clearance.redactions), selectinload(Response.set_aside)
    )
    return [(row, response, decision) for row, response, decision in db.session.execute(asked)]


def entry_of(comment: Comment) -> Said | None:
    row, response = comment.row, comment.response
    words = comment.public("words" if isinstance(row, Place) else "text")
    suggestion = comment.public("suggested_change")
    if not words and not suggestion:
        return None
    policy = row.policy.reference if isinstance(row, Answer) and row.policy else ""
    stance = (row.stance or "") if isinstance(row, Answer) else ""
    names = publication_policy(response.consultation) == NAMES
    name = (public_name(response) or "") if names else ""
    return Said(response.id, row.question.reference, policy, stance, words, suggestion, name)
