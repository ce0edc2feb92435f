"""A response may be the reply of somebody who was consulted: a member says so, and both pages show it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import flash, redirect, request, url_for

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts import sessions
from consult.consultations.consulted import replies
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.asking import consultation_at
from consult.responses.members import ONE, replying, response_at
from consult.responses.models import Reply, Response
from consult.responses.pages import pages
from consult.web.errors import Refused


@replies.known_by
def replies_to(consultation: Consultation) -> dict[UUID, list[replies.Reply]]:
    found: dict[UUID, list[replies.Reply]] = {}
    linked = sa.select(Reply, Response).join(
        Response, sa.and_(Response.space_id == Reply.space_id, Response.id == Reply.response_id)
    )
    of_this = linked.where(Response.consultation_id == consultation.id).order_by(Response.received)
    for reply, response in db.session.execute(of_this):
        at = {"reference": consultation.reference, "response_reference": response.reference}
        told = replies.Reply(response.reference, response.received, "responses.one", at)
        found.setdefault(reply.consultee_id, []).append(told)
    return found


@pages.post(f"{ONE}/reply")
@needs(Act.COMBINE)
def link_reply(reference: str, response_reference: str) -> Any:
    """Empty: it is the reply of nobody on the list."""
    consultation = consultation_at(reference)
    response = response_at(consultation, response_reference)
    response.take()
    known, consultee = replying(response), chosen(consultation, request.form.get("consultee", ""))
    if known is not None:
        db.session.delete(known)
        db.session.flush()
    if consultee is not None:
        about = {"response_id": response.id, "consultee_id": consultee.id}
        db.session.add(Reply(**about, at=clock.now(), by_id=sessions.me().id))
    title = consultee.title if consultee else "nobody on the list"
    audit.record("response.linked", response.reference, by=sessions.me(), consultee=title)
    flash(f"{response.reference} is the reply of {title}.", "success")
    return redirect(url_for("responses.one", reference=reference, response_reference=response_reference), 303)


def chosen(consultation: Consultation, given: str) -> Consultee | None:
    """Raises Refused for what is nobody on this consultation's list."""
    if not given:
        return None
    found = next((each for each in consultation.consultees if str(each.id) == given), None)
    if found is None:
        raise Refused("That is nobody on your list of consultees. Go back and choose from the list.")
    return found
