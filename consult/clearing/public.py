"""What everyone may read of what people wrote. Nothing, until a person has cleared it; then the redacted layer, as far
as the consultation's policy goes. Whatever is printed for the public asks here."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from consult.clearing import personal
from consult.clearing.comments import NAMES, SUMMARIES, Comment, comment_of, decisions, publication_policy
from consult.clearing.models import CLEARED, Clearance
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.models import Answer, Place, Response

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
    nothing: it was not cleared, or its response was withdrawn or set aside."""
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
    """Late responses are kept and read with the others; what somebody withdrew, sent again or had excluded is not."""
    return response.set_aside is None and publication_policy(response.consultation) != SUMMARIES


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
    of_this = sa.select(Response.id).where(Response.consultation_id == consultation.id)
    stands = decisions(sa.select(Clearance).where(Clearance.response_id.in_(of_this)))
    cleared = {id_: decision for id_, decision in stands.items() if decision.outcome == CLEARED}
    order = {question.id: place for place, question in enumerate(consultation.questions)}
    rows = [*rows_of(Answer, consultation, cleared), *rows_of(Place, consultation, cleared)]
    found = [
        (order.get(row.question_id, 0), entry)
        for row, response in rows
        if (among is None or response.id in among)
        and may_be_read(response)
        and (entry := entry_of(comment_of(row, response, cleared[row.id]))) is not None
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].policy, pair[1].words.casefold(), pair[1].suggestion))
    return [entry for _, entry in found]


def rows_of(
    kind: type[Answer] | type[Place], consultation: Consultation, cleared: dict[UUID, Clearance]
) -> Iterator[tuple[Answer | Place, Response]]:
    asked = (
        sa.select(kind, Response)
        .join(Response, sa.and_(Response.id == kind.response_id, Response.space_id == kind.space_id))
        .where(Response.consultation_id == consultation.id)
        .options(joinedload(Response.set_aside), joinedload(kind.question))
    )
    for row, response in db.session.execute(asked):
        if row.id in cleared:
            yield row, response


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
