"""The receipt: shown to whoever holds its link, which cannot be guessed from the reference."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import current_app, g, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from consult import clock
from consult import mail as outbox
from consult.consultations.languages.wording import plainly
from consult.consultations.models import Consultation
from consult.consultations.words import moment
from consult.database import db
from consult.responses import confirming
from consult.responses.door import flood
from consult.responses.door.moments import day_and_time
from consult.responses.form import telling
from consult.responses.manner import manner_of
from consult.responses.models import Response
from consult.web.emails import is_email
from consult.web.languages import in_link

REPRESENTATIONS = "regulation_16"  # the stage at which a response is called a representation
LONGEST_IN_A_MAIL = 100_000  # letters


def sealed() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="receipt of a response")


def token_of(response: Response) -> str:
    """The same response always has the same link, so that a form sent twice leads to one receipt."""
    return str(sealed().dumps(response.id.hex))


def held_by(consultation: Consultation, token: str) -> Response | None:
    try:
        response_id = UUID(hex=sealed().loads(token))
    except (BadSignature, ValueError, TypeError):
        return None
    return db.session.scalar(
        sa.select(Response).where(Response.id == response_id, Response.consultation_id == consultation.id)
    )


def address(consultation: Consultation, response: Response, **more: Any) -> str:
    return url_for("responses.receipt", reference=consultation.reference, token=token_of(response), **more)


def mailed(endpoint: str, consultation: Consultation, **more: Any) -> str:
    """An address for a mail, in the language of whoever gets it."""
    return outbox.link(endpoint, space=g.space, reference=consultation.reference, **more, **in_link())


def mail(consultation: Consultation, response: Response) -> bool:
    """Puts the receipt into the outbox, in the transaction that stores the response: it leaves only after that.
    False when none goes, because too many went to that address."""
    if not response.email:
        return True
    if flood.too_many_receipts(response.email):
        return False
    examined = consultation.stage == REPRESENTATIONS
    if examined:
        subject = _("We have your representation: %(reference)s", reference=response.reference)
    else:
        subject = _("We have your response: %(reference)s", reference=response.reference)
    lines = [
        _("Thank you. Your response to “%(title)s” has been received.", title=plainly(consultation, "title")),
        id_line(response) if examined else _("Your reference: %(reference)s", reference=response.reference),
        _("Received: %(when)s", when=day_and_time(response.received)),
        _("To read or print it:\n%(link)s",
          link=mailed("responses.receipt", consultation, token=token_of(response))),
        _("Until the close you can change or withdraw it there. Whether it was counted, you can look up by its "
          "reference:\n%(link)s",
          link=mailed("responses.counted", consultation)),
        _("Whoever has the first of these links can read and change what you sent, so keep it to yourself."),
        *to_confirm(consultation, response),
        *what_was_said(consultation, response),
        g.space.name,
    ]  # fmt: skip
    outbox.send(response.email, subject, "\n\n".join(str(line) for line in lines) + "\n")
    return True


def id_line(response: Response) -> str:
    """Under regulation 16 the reference is the id by which the examiner's index and the published page have it."""
    return str(
        _(
            "The id of your representation: %(reference)s. The examiner finds it under that id.",
            reference=response.reference,
        )
    )


def what_was_said(consultation: Consultation, response: Response) -> list[str]:
    """The full text, unless it is longer than a mail should be: then the link leads to it."""
    text = telling.as_text(consultation, response)
    return [str(_("What you said")).upper(), text] if len(text) <= LONGEST_IN_A_MAIL else []


def to_confirm(consultation: Consultation, response: Response) -> list[str]:
    """The link by which its address is confirmed, where the organiser asks for that."""
    if not manner_of(consultation).confirms_email:
        return []
    link = mailed("responses.confirmation", consultation, token=confirming.token_of(response))
    return [
        str(_("To confirm that this is your address, open this and press the button:\n%(link)s", link=link))
    ]


def mail_way_back(consultation: Consultation, email: str, link: str) -> str:
    """Mails the address of a draft to whoever wrote it; else gives a sentence that says why not."""
    if not is_email(email):
        return _("Enter an email address, such as name@example.org.")
    if flood.too_many_ways_back(email):
        return _(
            "Several links have gone there within the hour. Look into your mail, or copy the address below."
        )
    lines = [
        _("You asked for the way back to what you have begun to write about “%(title)s”.",
          title=plainly(consultation, "title")),
        str(link),
        _("Nothing has been sent yet. Whoever has this link can read what you wrote, so keep it to yourself."),
        _("It closes at %(when)s, UK time. What is never sent is deleted 30 days after that.",
          when=moment(consultation.closes or clock.now())),
        g.space.name,
    ]  # fmt: skip
    outbox.send(
        email,
        _("Carry on with your response: %(title)s", title=plainly(consultation, "title")),
        "\n\n".join(lines) + "\n",
    )
    return ""
