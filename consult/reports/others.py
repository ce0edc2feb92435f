"""The other consultations of the same body, which the consultation statement of its plan tells of as well."""

from collections.abc import Iterator

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.consultations.words import beginning, moment
from consult.database import db
from consult.reports import consulted
from consult.reports.document import Block, Facts, Section, Words
from consult.reports.material import Material
from consult.spaces.models import standing

TOLD = "Besides this one, which the rest of this statement is about, the body held these consultations:"


def sections(given: Material) -> Iterator[Section]:
    """Of a body alone: those of an authority are about the plans of others."""
    held = opened_by(given) if standing().authority_id is not None else []
    if held:
        yield Section("The other consultations", [Words(TOLD)])
        for each in held:
            yield Section(each.title, list(about(each, given)), level=2)


def opened_by(given: Material) -> list[Consultation]:
    """Those that had opened when the responses were frozen, the first opened first."""
    others = db.session.scalars(sa.select(Consultation).where(Consultation.id != given.consultation.id))
    held = [(each.opening.at, each.reference, each) for each in others if each.opening is not None]
    return [each for at, _, each in sorted(held, key=lambda one: one[:2]) if at <= given.at]


def about(consultation: Consultation, given: Material) -> Iterator[Block]:
    opens, closes = consultation.opens, consultation.closes
    rows = [
        ("Stage", str(consultation.kind.words)),
        ("Opened", beginning(opens) if opens else ""),
        (
            "Closed" if closes and closes <= given.at else "Closes",
            f"{moment(closes)} UK time" if closes else "",
        ),
    ]
    yield Facts([(name, value) for name, value in rows if value])
    yield from consulted.bodies(consultation, public=given.public)
    yield from consulted.ways(consultation, public=given.public)
