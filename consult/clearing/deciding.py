"""Clearing a comment, or withholding it: by a person, with a reason, in the transaction that puts it on record."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit
from consult.clearing import personal
from consult.clearing.comments import (
    NOTICE,
    PERSON,
    RULE,
    SUMMARIES,
    Comment,
    comments_of,
    publication_policy,
)
from consult.clearing.models import CLEARED, REOPENED, WITHHELD, Clearance, Redaction
from consult.clearing.personal import Span
from consult.database import db, new_id
from consult.responses.models import Response
from consult.web.errors import Refused

PERSONAL_DETAILS = "Personal details"
PROMISED = "The privacy notice says that this is not published."
Spans = dict[str, list[Span]]


def clear(comment: Comment, spans: Spans, reason: str, by: Any) -> Clearance:
    """Everyone may read it, without `spans` and without what the notice promises. Raises Refused where the policy
    publishes nobody's words, and for words to be taken out without a reason."""
    if publication_policy(comment.response.consultation) == SUMMARIES:
        raise Refused(
            "This consultation publishes summaries only, so no comment is published in its own words."
        )
    if any(spans.values()) and not reason:
        raise Refused("Give the reason for what is taken out: it goes on record. Go back and write it.")
    clearance = decided(comment, CLEARED, reason, by)
    for part, listed in spans.items():
        proposed = comment.proposals.get(part, [])
        for span in personal.apart(listed):
            add_redaction(clearance, part, span, RULE if span in proposed else PERSON, reason)
    for part, listed in comment.promised.items():  # kept, since whose details they are may be forgotten later
        for span in listed:
            add_redaction(clearance, part, span, NOTICE, PROMISED)
    db.session.flush()
    audit.record(
        "comment.cleared", comment.response.reference, by=by, taken_out=sum(map(len, spans.values()))
    )
    return clearance


def withhold(comment: Comment, reason: str, by: Any) -> Clearance:
    """Nobody else reads it. Raises Refused without a reason, such as that it is abusive or may be libellous."""
    if not reason:
        raise Refused("Give the reason for withholding a comment: it goes on record. Go back and write it.")
    clearance = decided(comment, WITHHELD, reason, by)
    audit.record("comment.withheld", comment.response.reference, by=by)
    return clearance


def reopen(comment: Comment, by: Any) -> Clearance:
    """Takes back what was decided: it waits again, and nobody reads it until it is decided anew."""
    clearance = decided(comment, REOPENED, "", by)
    audit.record("comment.reopened", comment.response.reference, by=by)
    return clearance


def clear_as_proposed(response: Response, by: Any) -> int:
    """Clears each comment that waits, without all that the rules mark; the number cleared."""
    response.take()
    waiting = [comment for comment in comments_of(response) if is_waiting(comment)]
    for comment in waiting:
        clear(comment, comment.proposals, PERSONAL_DETAILS, by)
    return len(waiting)


def is_waiting(comment: Comment) -> bool:
    return comment.decision is None or comment.decision.outcome not in (CLEARED, WITHHELD)


def decided(comment: Comment, outcome: str, reason: str, by: Any) -> Clearance:
    kind = "place_id" if "words" in comment.parts else "answer_id"
    clearance = Clearance(
        id=new_id(),
        response_id=comment.response.id,
        number=1 + latest_number(kind, comment.id),
        outcome=outcome,
        reason=reason,
        by_id=by.id,
        **{kind: comment.id},
    )
    db.session.add(clearance)
    db.session.flush()
    return clearance


def latest_number(kind: str, comment_id: UUID) -> int:
    numbers = sa.select(sa.func.max(Clearance.number)).where(getattr(Clearance, kind) == comment_id)
    return db.session.scalar(numbers) or 0


def add_redaction(clearance: Clearance, part: str, span: Span, proposed: str, reason: str) -> None:
    db.session.add(
        Redaction(
            response_id=clearance.response_id,
            clearance_id=clearance.id,
            part=part,
            begins=span.start,
            ends=span.end,
            kind=span.kind,
            proposed=proposed,
            reason=reason,
        )
    )
