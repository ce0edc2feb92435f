"""Beginning a consultation: what we propose, so that an organiser changes words instead of facing empty boxes."""

import re

import sqlalchemy as sa

from consult import audit
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.consultations.stages import CALL_FOR_SITES, STAGES
from consult.database import alone, db
from consult.spaces.models import standing
from consult.tenancy import here
from consult.web.errors import Refused

REFERENCE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
TAKEN_BY_PAGES = ("new", "copy")
WAYS_TO_A_SITE = ("area", "pin", "words", "postcode", "grid")

HOW = "Press “Respond” on this page. You can also write to us: the ways to reach us are on this page."


CARRIED = (  # from the body's last consultation, which it has thought about once already
    "contact_email", "contact_phone", "contact_address", "how_to_respond", "where_to_see",
    "controller", "lawful_basis", "kept_until", "publication", "data_contact",
)  # fmt: skip


def begin(
    stage: str, title: str, summary: str, reference: str, by: Person | None, variant: str = ""
) -> Consultation:
    """A draft with all that can be proposed: contact, notice and the questions this stage usually asks."""
    kind = STAGES[stage]
    first = kind.variants[0].key if kind.variants else ""
    consultation = Consultation(stage=stage, title=title, summary=summary, variant=variant or first)
    start(consultation, reference, by)
    for starter in kind.starters_of(consultation.variant):
        consultation.ask(starter.kind, starter.title, starter.hint, starter.options)
    if stage == CALL_FOR_SITES.key:
        ask_for_a_shape(consultation)
    audit.record("consultation.begun", title, by=by, reference=consultation.reference, stage=stage)
    return consultation


def start(consultation: Consultation, reference: str, by: Person | None) -> None:
    """Puts a new draft in place under a reference of its own, with what is usual here filled in."""
    reserve(reference)
    kind = consultation.kind
    variant = kind.variant(consultation.variant)
    wanted = (variant.reference if variant else "") or kind.reference
    consultation.reference = reference or free_reference(wanted)
    consultation.by_id = by.id if by else None
    propose(consultation)
    db.session.add(consultation)
    db.session.flush()


def propose(consultation: Consultation) -> None:
    """Fills in what is still empty: from the space's settings, from its last consultation, from what is usual."""
    space = standing()
    last = db.session.scalar(sa.select(Consultation).order_by(Consultation.at.desc()).limit(1))
    usual = {
        "how_to_respond": HOW,
        "contact_email": space.contact_email,
        "contact_phone": space.contact_phone,
        "contact_address": space.contact_address,
    }
    for name in CARRIED:
        known = getattr(last, name) if last else ""
        if not getattr(consultation, name):
            setattr(consultation, name, known or usual.get(name, ""))
    consultation.propose_facts(space)


def ask_for_a_shape(consultation: Consultation) -> None:
    """A site has edges: the question where it is may be answered by drawing round it, by a pin, or in words."""
    for question in consultation.questions:
        if question.kind == "place":
            question.settings = {"ways": list(WAYS_TO_A_SITE)}
    db.session.flush()


def reserve(reference: str, but: Consultation | None = None) -> None:
    """From here to the end of the transaction nobody else takes a reference, for two people who save at once."""
    db.session.flush()
    alone(f"references of {here()}")
    refusal = refused_reference(reference, but) if reference else ""
    if refusal:
        raise Refused(refusal)


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
