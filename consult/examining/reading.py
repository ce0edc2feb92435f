"""Who may fetch the bundles: people who were named, each until a day, and nobody else. Each fetch is noted."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from consult import audit, clock, mail
from consult.accounts.models import Person
from consult.audit import Access
from consult.consultations.models import Consultation
from consult.consultations.words import day
from consult.database import alone, db, new_id
from consult.examining.models import Bundle, BundleReader
from consult.spaces.models import standing
from consult.web.errors import Refused

CAPACITIES: Final = {
    "examiner": "The examiner",
    "officer": "An officer of the authority",
    "other": "Somebody else who has to read it",
}
LATELY: Final = 200  # fetches shown


def readers_of(consultation: Consultation) -> list[BundleReader]:
    """Everybody who was ever named, the last first."""
    mine = sa.select(BundleReader).where(
        BundleReader.consultation_id == consultation.id, BundleReader.space_id == consultation.space_id
    )
    return list(db.session.scalars(mine.order_by(BundleReader.at.desc())))


def name(
    consultation: Consultation, *, email: str, called: str, capacity: str, until: date, by: Person
) -> BundleReader:
    """Names somebody, who is told by mail; whoever reads mail at that address signs in with a code that is sent there.
    Raises Refused where they are named already, or for a day that has passed."""
    db.session.flush()
    alone(f"readers of {consultation.id}")
    if until < clock.today():
        raise Refused("Choose a last day that has not passed.")
    person = person_at(email, called)
    if any(each.person_id == person.id and each.may_fetch() for each in readers_of(consultation)):
        raise Refused(f"{email} is named already. Stop that first, to name them until another day.")
    reader = BundleReader(
        id=new_id(),
        person_id=person.id,
        consultation_id=consultation.id,
        title=consultation.title,
        name=called,
        capacity=capacity,
        until=until,
        by_id=by.id,
        by=by.display_name,
    )
    db.session.add(reader)
    audit.record("bundle.reader_named", called, by=by, capacity=capacity, until=until.isoformat())
    db.session.flush()
    tell(reader, "bundle_reader", f"The examiner’s bundle: {consultation.title}")
    return reader


def person_at(email: str, called: str) -> Person:
    """The account at that address. A new one has no password: only a code that is mailed there opens it."""
    known = db.session.scalar(sa.select(Person).where(sa.func.lower(Person.email) == email.lower()))
    if known is None:
        known = Person(email=email.lower(), name=called)
        db.session.add(known)
        db.session.flush()
    return known


def tell(reader: BundleReader, template: str, subject: str, **more: Any) -> None:
    mail.write(
        reader.person.email,
        template,
        subject,
        reader=reader,
        space=standing(),
        until=day(reader.until),
        link=mail.link("examining.handed_to_me"),
        **more,
    )


def tell_readers(bundle: Bundle) -> int:
    """A bundle is there, or was made anew: whoever may fetch it hears of it. The number told."""
    told = [reader for reader in readers_of(bundle.consultation) if reader.may_fetch()]
    for reader in told:
        tell(reader, "bundle_built", f"The examiner’s bundle: {bundle.consultation.title}", bundle=bundle)
    return len(told)


def stop(reader: BundleReader, by: Person) -> None:
    """From here on it is not theirs to fetch. Raises Refused where it has ended already."""
    alone(f"readers of {reader.consultation_id}")
    db.session.expire(reader)
    if reader.ended is not None:
        raise Refused("This has ended already.")
    reader.ended, reader.ended_by_id = clock.now(), by.id
    audit.record("bundle.reader_stopped", reader.name, by=by)
    db.session.flush()


def note_fetch(
    consultation_reference: str, number: int, what: str, person: Any, reader: BundleReader
) -> None:
    """In the access log, under a name that `fetches` finds. Never by the name of a file, which may be somebody's: what
    is noted outlives an erasure."""
    audit.note_download(f"{begins(consultation_reference)}{number}: {what}", person, reader=str(reader.id))


def begins(reference: str) -> str:
    return f"bundle of {reference}, number "


def fetches(consultation: Consultation) -> Iterator[tuple[Access, str, str]]:
    """The latest first: what was noted, who it was, and what they fetched."""
    prefix = begins(consultation.reference)
    noted = (
        sa.select(Access, Person)
        .outerjoin(Person, Person.id == Access.person_id)
        .where(Access.what.startswith(prefix, autoescape=True))
        .order_by(Access.at.desc())
        .limit(LATELY)
    )
    for access, person in db.session.execute(noted):
        yield access, person.display_name if person else "", f"Bundle {access.what.removeprefix(prefix)}"
