"""What waits to be cleared, the earliest first, a response at a time: read here with what the rules mark, and cleared
as it is marked, several at once."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import aliased

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.clearing import deciding, hiding
from consult.clearing.comments import NO_WORDS, SUMMARIES, comments_of, publication_policy
from consult.clearing.models import CLEARED, ERASED, WITHHELD, Clearance
from consult.clearing.pages import HERE, pages
from consult.consultations.models import Consultation, Question
from consult.database import db
from consult.responses.asking import consultation_at
from consult.responses.models import Answer, Place, Response, SettingAside
from consult.web.errors import Refused

AT_A_TIME = 20
Condition = sa.ColumnElement[bool]


def with_outcomes(kind: type[Answer] | type[Place]) -> Condition:
    """Whether a decision stands on it that says what everyone may read."""
    column = "answer_id" if kind is Answer else "place_id"
    stands, later = Clearance, aliased(Clearance)
    newer = sa.exists().where(
        later.space_id == stands.space_id,
        getattr(later, column) == getattr(stands, column),
        later.number > stands.number,
    )
    return sa.exists().where(
        stands.space_id == kind.space_id,
        getattr(stands, column) == kind.id,
        stands.outcome.in_((CLEARED, WITHHELD)),
        ~newer,
    )


def has_words(kind: type[Answer] | type[Place]) -> Condition:
    texts = (Answer.text, Answer.suggested_change) if kind is Answer else (Place.words,)
    return sa.or_(*(text.not_in(("", ERASED)) for text in texts))


def waiting_on(kind: type[Answer] | type[Place]) -> Condition:
    return sa.exists().where(
        kind.space_id == Response.space_id,
        kind.response_id == Response.id,
        has_words(kind),
        Question.space_id == kind.space_id,
        Question.id == kind.question_id,
        Question.kind.not_in(NO_WORDS),
        ~with_outcomes(kind),
    )


def conditions(consultation: Consultation) -> list[Condition]:
    """Of responses in which something waits; what was withdrawn, sent again, excluded or hidden is not published
    anyway."""
    aside = sa.exists().where(
        SettingAside.space_id == Response.space_id, SettingAside.response_id == Response.id
    )
    something = sa.or_(waiting_on(Answer), waiting_on(Place))
    return [Response.consultation_id == consultation.id, ~aside, ~hiding.is_hidden(), something]


def waiting(consultation: Consultation) -> sa.Select[Response]:
    """The earliest first."""
    asked = sa.select(Response).where(*conditions(consultation))
    return asked.order_by(Response.received, Response.reference)


def number_waiting(consultation: Consultation) -> int:
    if publication_policy(consultation) == SUMMARIES:
        return 0
    number = sa.select(sa.func.count()).select_from(Response).where(*conditions(consultation))
    return db.session.scalar(number) or 0


@pages.get(f"{HERE}/clearing/")
@needs(Act.COMBINE)
def queue(reference: str) -> str:
    consultation = consultation_at(reference)
    summaries = publication_policy(consultation) == SUMMARIES
    responses = [] if summaries else list(db.session.scalars(waiting(consultation).limit(AT_A_TIME)))
    return render_template(
        "clearing/queue.html",
        consultation=consultation,
        summaries=summaries,
        number=number_waiting(consultation),
        hidden=hiding.hidden(consultation),
        grounds=hiding.GROUNDS,
        rows=[
            (response, [comment for comment in comments_of(response) if deciding.is_waiting(comment)])
            for response in responses
        ],
    )


@pages.post(f"{HERE}/clearing/")
@needs(Act.COMBINE)
def clear_several(reference: str) -> Any:
    """Those that were ticked, as they were marked."""
    consultation, by = consultation_at(reference), me()
    ids = [UUID(given) for given in request.form.getlist("response")[:AT_A_TIME] if is_id(given)]
    if not ids:
        raise Refused("Tick the responses to be cleared. Go back and choose them.")
    ticked = waiting(consultation).where(Response.id.in_(ids))
    cleared = sum(deciding.clear_as_proposed(each, by) for each in list(db.session.scalars(ticked)))
    flash(f"{cleared} {'comment is' if cleared == 1 else 'comments are'} cleared for publication.", "success")
    return redirect(url_for("clearing.queue", reference=reference), 303)


def is_id(given: str) -> bool:
    try:
        UUID(given)
    except ValueError:
        return False
    return True


def next_waiting(consultation: Consultation, after: Response) -> Response | None:
    others = waiting(consultation).where(Response.id != after.id)
    later = sa.tuple_(Response.received, Response.reference) > sa.tuple_(
        sa.literal(after.received, Response.received.type), after.reference
    )
    return db.session.scalar(others.where(later).limit(1)) or db.session.scalar(others.limit(1))
