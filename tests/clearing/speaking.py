"""Responses with personal details in every field; call inside `working("ash")`."""

from typing import Any

import sqlalchemy as sa

from consult.clearing import deciding
from consult.clearing.comments import comments_of
from consult.consultations.models import Consultation, find
from consult.database import db
from consult.responses.models import Response
from consult.responses.receiving import Pointed, Said, Submission, receive

EMAIL, PHONE, SIGNATURE, POSTCODE = "ann.other@example.org", "07700 900123", "Ann Mary Other", "BA1 1AA"
PLANTED = (EMAIL, PHONE, SIGNATURE, "BA11AA", POSTCODE)
ALL_OF_IT = f"Write to {EMAIL} or ring {PHONE}, at {POSTCODE}.\nYours, {SIGNATURE}"


def asked(reference: str = "reg14") -> Consultation:
    found = find(reference)
    assert found is not None
    return found


def respond(words: str = "Keep the mill.", key: str = "one", **about: Any) -> Response:
    consultation = asked()
    stance, _, _, text, place = consultation.questions
    policy = consultation.policies[0]
    given: dict[str, Any] = {"name": SIGNATURE, "email": EMAIL, "postcode": "BA11AA"} | about
    submission = Submission(
        answers=(
            Said(stance.id, policy.id, stance="object", text=words, suggested_change=f"Instead: {words}"),
            Said(text.id, text=words),
        ),
        places=(Pointed(place.id, 376_000.0, 166_000.0, f"Here: {words}"),),
        key=key,
        **given,
    )
    response, _ = receive(consultation, submission)
    db.session.flush()
    return response


def clear_all(response: Response, by: Any) -> None:
    for comment in comments_of(response):
        deciding.clear(comment, comment.proposals, "Personal details", by)
    db.session.flush()


def only() -> Response:
    return db.session.scalars(sa.select(Response)).one()
