"""Erasure (Article 17 of the UK GDPR): the words go everywhere, stored packs included, and a tombstone stays.

The response is still counted with what was ticked; where words stood, “[erased]” stands, so that no figure changes. The
one door in what is otherwise written once is an `Erasure` that has begun (`catalogue.py`): who, when and why are on
record before anything is removed, in the same transaction. What floors above have stored, they remove themselves:
`@erasing`.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from consult import audit, clock
from consult.clearing import hanging, outbox, personal
from consult.clearing.comments import REDACTED, comments_of, promised
from consult.clearing.models import ERASED, EVERYTHING, Erasure
from consult.consultations.models import Consultation
from consult.consultations.told.following import Follower
from consult.database import db, new_id
from consult.responses.form.files import HeldFile
from consult.responses.models import Response
from consult.web.errors import Refused

OF_PEOPLE = ("individual", "landowner")
Eraser = Callable[[Consultation, Any], None]
_erasers: dict[str, Eraser] = {}


def erasing(function: Eraser) -> Eraser:
    """Registers what removes somebody's words from what a floor above keeps. It is called with the consultation whose
    responses have lost theirs, and whoever erases, in the transaction of the erasure."""
    _erasers[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def erase(response: Response, reason: str, by: Any) -> list[Response]:
    """Erases all that one person said in this response and in those that it replaced, or that replaced it. Raises
    Refused without a reason."""
    if not reason:
        raise Refused("Give the reason for erasing it: it goes on record. Go back and write it.")
    person = hanging.same_person(response)
    for each in person:
        erase_one(each, EVERYTHING, reason, by)
    remove_above(response.consultation, by)
    return person


def remove_above(consultation: Consultation, by: Any) -> None:
    for eraser in _erasers.values():
        eraser(consultation, by)


def erase_one(response: Response, extent: str, reason: str, by: Any) -> None:
    response.take()
    erasure = Erasure(
        id=new_id(), response_id=response.id, extent=extent, reason=reason, by_id=by.id if by else None
    )
    db.session.add(erasure)
    db.session.flush()  # from here on the database lets it be done
    forget_mail(response, extent)
    remove_hanging(response, extent)
    if extent == EVERYTHING:
        remove_words(response)
    else:
        blank_details(response)
    remove_identity(response, extent)
    for deed in hanging.rows(response, "deed"):
        deed.erase()  # a reason may name them, or quote what they wrote
    db.session.flush()
    erasure.done = clock.now()  # and from here on no more
    db.session.flush()
    audit.record("response.erased", response.reference, by=by, about=response, extent=extent, why=reason)


def remove_hanging(response: Response, extent: str) -> None:
    """Drafts, files and pictures of sheets, which show who it was; with the words, what was decided about them."""
    keys = {response.key, *(draft.key for draft in hanging.rows(response, "draft"))}
    for held in db.session.scalars(sa.select(HeldFile).where(HeldFile.key.in_(keys))):
        db.session.delete(held)
    kept = () if extent == EVERYTHING else ("clearance", "hiding", "redaction")
    for table in hanging.GOES:
        for row in hanging.rows(response, table) if table not in kept else ():
            db.session.delete(row)
        db.session.flush()
    for answer in response.answers:
        if answer.question.kind == "file" and answer.text:
            answer.text = ERASED  # the name of a file
    db.session.flush()


def remove_words(response: Response) -> None:
    for answer in response.answers:
        answer.text = ERASED if answer.text else ""
        answer.suggested_change = ERASED if answer.suggested_change else ""
    for place in response.places:
        place.shape = place.easting = place.northing = None
        place.words = ERASED
    if response.set_aside is not None:
        response.set_aside.reason = ERASED
    for decision in hanging.rows(response, "site_decision"):
        decision.reason = ERASED if decision.reason else ""
    response.why_hearing = ERASED if response.why_hearing else ""


def blank_details(response: Response) -> None:
    """The words stay, without what in them tells who wrote them or names others: while it is known who that was."""
    for comment in comments_of(response):
        for part, spans in comment.details.items():
            setattr(comment.row, part, personal.blanked(comment.parts[part], spans))
    response.why_hearing = ERASED if response.why_hearing else ""
    if (aside := response.set_aside) is not None:
        words = personal.nfc(aside.reason)
        found = [*personal.find(words), *promised(response, words, REDACTED)]
        aside.reason = personal.blanked(words, found)
    db.session.flush()


def remove_identity(response: Response, extent: str) -> None:
    """An organisation is no person: it stays, unless all is erased."""
    response.name = response.email = response.postcode = response.address = response.client = ""
    if extent == EVERYTHING or response.kind in OF_PEOPLE:
        response.organisation = ""
    response.external_id = None
    if personal.find(response.key):
        # A number from elsewhere keeps an import from bringing it back; one with somebody's address in it goes.
        response.key = f"erased:{hashlib.sha256(response.key.encode()).hexdigest()}"


def forget_mail(response: Response, extent: str) -> None:
    if not response.email:
        return
    outbox.forget(response.email)
    if extent == EVERYTHING:
        theirs = sa.select(Follower).where(
            Follower.consultation_id == response.consultation_id,
            sa.func.lower(Follower.email) == response.email.lower(),
        )
        for follower in db.session.scalars(theirs):
            follower.forget()


def number_erased(consultation: Consultation) -> int:
    """Responses of which all words are gone: they are counted as before."""
    erased = sa.select(sa.func.count(sa.distinct(Erasure.response_id))).where(
        Erasure.extent == EVERYTHING,
        Erasure.response_id.in_(sa.select(Response.id).where(Response.consultation_id == consultation.id)),
    )
    return db.session.scalar(erased) or 0


def erasures_of(response: Response) -> list[Erasure]:
    mine = sa.select(Erasure).where(Erasure.response_id == response.id).order_by(Erasure.at)
    return list(db.session.scalars(mine))
