"""Responses with personal details in every field; call inside `working("ash")`."""

from typing import Any

import sqlalchemy as sa

from consult import mail
from consult.clearing import deciding, hiding
from consult.clearing.comments import comments_of
from consult.consultations.models import Consultation, find
from consult.consultations.told.following import Follower
from consult.database import db
from consult.entering.models import HeldTable
from consult.responses.drafts.drafts import sent_at_once
from consult.responses.form.files import AnswerFile, HeldFile
from consult.responses.models import Response, SettingAside
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


def with_everything(chair):
    """A response with all that can hang on it."""
    response = respond(ALL_OF_IT, organisation="Other & Daughters", external_id=EMAIL)
    question = asked().questions[3]
    file = {
        "name": "a.pdf",
        "media_type": "application/pdf",
        "sha256": "x",
        "content": ALL_OF_IT.encode(),
    }
    db.session.add(AnswerFile(response_id=response.id, question_id=question.id, **file))
    consultation = {"consultation_id": response.consultation_id}
    db.session.add(HeldFile(question_id=question.id, key=response.key, **consultation, **file))
    sent_at_once(asked(), response, {"q4": [ALL_OF_IT], "email": [EMAIL]})
    db.session.add(Follower(email=EMAIL, **consultation))
    db.session.add(SettingAside(response_id=response.id, kind="excluded", reason=f"{SIGNATURE} again"))
    mail.send(EMAIL, f"We have it: {response.reference}", ALL_OF_IT)
    row = f"{EMAIL},{SIGNATURE}".encode()
    db.session.add(HeldTable(name="them.csv", content=row, by_id=chair.id, **consultation))
    db.session.flush()
    hiding.hide(response, "other", f"{SIGNATURE} asked for it", chair)
    clear_all(response, chair)
    return response
