"""Beginning a consultation: what we propose, so that an organiser changes words instead of facing empty boxes."""

import re

import sqlalchemy as sa

from consult import audit
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.consultations.stages import STAGES
from consult.database import alone, db
from consult.spaces.models import Space, standing
from consult.tenancy import here
from consult.web.errors import Refused

REFERENCE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
TAKEN_BY_PAGES = ("new",)

NOTICE = """{body} is responsible for what you send us. We read every response and use it to prepare {what}.

We ask for your name, email address and postcode so that we can send you a receipt, know whether you live in the \
area, and count each person once. You do not have to give them.

We never publish your email address or postcode. What you say may be quoted in our report and handed to \
{authority}, and to the person who examines the plan. We keep responses until the plan is made and can no longer \
be challenged, then we delete what could identify you.

You may ask us to see, correct or remove what you sent: use the contact on this page. If you are unhappy with our \
answer, you may complain to the Information Commissioner, ico.org.uk."""
HOW = "Press “Respond” on this page. You can also write to us: the ways to reach us are on this page."


def begin(stage: str, title: str, summary: str, reference: str, by: Person | None) -> Consultation:
    """A draft with all that can be proposed: contact, notice and the questions this stage usually asks."""
    space = standing()
    reserve(reference)
    consultation = Consultation(
        stage=stage,
        title=title,
        summary=summary,
        reference=reference or free_reference(STAGES[stage].reference),
        how_to_respond=HOW,
        privacy_notice=notice(space),
        contact_email=space.contact_email,
        contact_phone=space.contact_phone,
        contact_address=space.contact_address,
        by_id=by.id if by else None,
    )
    db.session.add(consultation)
    db.session.flush()
    for starter in STAGES[stage].starters:
        consultation.ask(starter.kind, starter.title, starter.hint, starter.options)
    audit.record("consultation.begun", title, by=by, reference=consultation.reference, stage=stage)
    return consultation


def reserve(reference: str, but: Consultation | None = None) -> None:
    """From here to the end of the transaction nobody else takes a reference, for two people who save at once."""
    db.session.flush()
    alone(f"references of {here()}")
    refusal = refused_reference(reference, but) if reference else ""
    if refusal:
        raise Refused(refusal)


def notice(space: Space) -> str:
    authority = space.authority.name if space.authority else "the planning inspector"
    what = "our planning policies" if space.is_authority else "our neighbourhood plan"
    return NOTICE.format(body=space.name, what=what, authority=authority)


def free_reference(wanted: str) -> str:
    """The reference wanted or, where it is taken, the same with the next number: reg14, reg14-2 …"""
    taken = set(db.session.scalars(sa.select(Consultation.reference)))
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def refused_reference(reference: str, but: Consultation | None = None) -> str:
    """Why a reference cannot be used, in one sentence; empty when it can."""
    if not REFERENCE.fullmatch(reference):
        return "Use only small letters, numbers and hyphens in the reference, such as reg14."
    if reference in TAKEN_BY_PAGES:
        return f"“{reference}” is the address of another page. Choose another reference."
    held = db.session.scalar(sa.select(Consultation).where(Consultation.reference == reference))
    if held is not None and held is not but:
        return f"You already have a consultation called {reference}. Choose another reference."
    return ""
