"""What a receipt opens: reading it, changing it, withdrawing it; and whether a response was counted, for anyone."""

from typing import Any

import sqlalchemy as sa
from flask import abort, redirect, render_template, request
from flask_babel import gettext as _

from consult.access import public
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses import receipts
from consult.responses.asking import public_consultation_at
from consult.responses.door import flood
from consult.responses.drafts import drafts
from consult.responses.drafts.draft_showing import address_of
from consult.responses.file_pages import files_of
from consult.responses.form import filing, telling
from consult.responses.manner import manner_of
from consult.responses.models import Response
from consult.responses.pages import pages
from consult.responses.replacing import may_not_change, newer_than, withdraw
from consult.responses.standing import standing_of
from consult.web.errors import Refused
from consult.web.languages import speaks, visible

RECEIPTS = "/<space:space>/consultations/<reference>/receipts/"
RECEIPT = f"{RECEIPTS}<token>"


def held_at(consultation: Consultation, token: str) -> Response:
    response = receipts.held_by(consultation, token)
    if response is None:
        abort(404)
    return response


@pages.get(RECEIPT)
@public
@speaks
def receipt(reference: str, token: str) -> Any:
    consultation = public_consultation_at(reference)
    response = held_at(consultation, token)
    newer = newer_than(response.id)
    return render_template(
        "responses/receipt.html",
        consultation=consultation,
        response=response,
        told=telling.told(consultation, response),
        files=files_of(response),
        held=request.args.get("mail") == "held",
        status=standing_of(response),
        newer=newer,
        newer_link=receipts.address(consultation, newer) if newer else "",
        fixed=may_not_change(consultation, response),
        may_edit=drafts.typed_in(response) is not None,
        asks_equality=consultation.state() == "open" and manner_of(consultation).asks_equality,
        here=receipts.address(consultation, response),
    )


@pages.post(f"{RECEIPT}/change")
@public
@speaks
def change(reference: str, token: str) -> Any:
    """A draft with everything that was said. What was received stays, and counts, until the draft is sent."""
    consultation = public_consultation_at(reference)
    response = held_at(consultation, token)
    if refusal := may_not_change(consultation, response):
        raise Refused(refusal)
    typed = drafts.typed_in(response)
    if typed is None:
        raise Refused(
            _(
                "This response did not come through this page, so it cannot be changed here. Get in touch with us."
            )
        )
    draft, secret = drafts.begin(consultation, fields=typed.fields, former_id=response.id)
    filing.copied(consultation, response, draft.key)
    return redirect(address_of(consultation, secret, "check"), 303)


@pages.post(f"{RECEIPT}/withdrawal")
@public
@speaks
def withdrawal(reference: str, token: str) -> Any:
    consultation = public_consultation_at(reference)
    response = held_at(consultation, token)
    withdraw(consultation, response)
    return redirect(receipts.address(consultation, response), 303)


def reference_asked_for() -> str:
    """As somebody reads it off a receipt."""
    return visible(request.args.get("reference", ""))[:20].strip().upper()


def of_reference(consultation: Consultation, reference: str) -> Response | None:
    wanted = sa.select(Response).where(
        Response.consultation_id == consultation.id, Response.reference == reference
    )
    return db.session.scalar(wanted)


@pages.get(RECEIPTS)
@public
@speaks
def counted(reference: str) -> Any:
    """What became of a response, told by its reference alone: when it came and where it counts, and nothing of it."""
    consultation = public_consultation_at(reference)
    asked = reference_asked_for()
    context: dict[str, Any] = {"consultation": consultation, "asked": asked, "state": consultation.state()}
    if not asked:
        return render_template("responses/counted.html", **context)
    if flood.too_many_looked_up():
        return render_template("responses/counted.html", busy=True, **context), 429
    response = of_reference(consultation, asked)
    status = standing_of(response) if response else ""
    return render_template("responses/counted.html", response=response, status=status, **context)
