"""Publishing the representations after the close, and the PDF of them, which the worker sets: a stranger's request
never sets type."""

import hashlib
import logging
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock, jobs, tenancy
from consult.accounts.models import Person
from consult.clearing.comments import publication_policy
from consult.clearing.models import Clearance, Erasure, Hiding
from consult.consultations.models import Consultation
from consult.consultations.words import moment
from consult.database import alone, db, new_id
from consult.examining import documents
from consult.examining.models import PublicSet, RepresentationsPublication
from consult.examining.published import Published, every, fingerprint, ids, publication_of
from consult.jobs import Job
from consult.responses.models import SettingAside
from consult.responses.words import STANCES
from consult.spaces.models import Space, standing
from consult.tenancy import here
from consult.web import typesetting
from consult.web.errors import Refused

logger = logging.getLogger("consult")


def publish(consultation: Consultation, by: Person) -> RepresentationsPublication:
    """Lets everyone read what is cleared, now and as more is cleared. Raises Refused before the close: each one that
    came in would tell who had just sent it."""
    take_turns(consultation)
    if consultation.state() != "closed":
        raise Refused("Representations are published once the consultation has closed.")
    if publication_of(consultation) is not None:
        raise Refused("The representations are published already.")
    made = RepresentationsPublication(id=new_id(), consultation_id=consultation.id, by_id=by.id)
    db.session.add(made)
    policy = publication_policy(consultation)
    audit.record("representations.published", consultation.title, by=by, policy=policy)
    jobs.post("public set", {"publication": str(made.id)})
    db.session.flush()
    return made


def end(consultation: Consultation, by: Person) -> None:
    """Takes them back from everyone's page. Raises Refused where they are not there."""
    take_turns(consultation)
    publication = publication_of(consultation)
    if publication is None:
        raise Refused("The representations of this consultation are not published.")
    publication.ended, publication.ended_by_id = clock.now(), by.id
    kept = set_of(publication)
    if kept is not None:
        db.session.delete(kept)
    audit.record("representations.withdrawn", consultation.title, by=by)
    db.session.flush()


def take_turns(consultation: Consultation) -> None:
    db.session.flush()  # `alone` reads everything afresh
    alone(f"representations of {consultation.id}")


def set_of(publication: RepresentationsPublication) -> PublicSet | None:
    return db.session.scalar(sa.select(PublicSet).where(PublicSet.publication_id == publication.id))


def current_set(publication: RepresentationsPublication, published: list[Published]) -> PublicSet | None:
    """The PDF, as long as it shows what everyone may read at this moment: an old one may hold what was hidden since."""
    kept = set_of(publication)
    return kept if kept is not None and kept.shows == fingerprint(published) else None


@jobs.handler("public set")
def make(job: Job) -> dict[str, Any] | None:
    """Safe to run again."""
    publication = db.session.get(RepresentationsPublication, (here(), UUID(job.payload["publication"])))
    if publication is None or publication.ended is not None:
        return None
    return {"made": bring_up_to_date(publication)}


def bring_up_to_date(publication: RepresentationsPublication) -> bool:
    """Sets the PDF where there is none of what everyone may read now."""
    db.session.flush()
    alone(f"public set of {publication.id}")
    published = every(publication.consultation)
    if current_set(publication, published) is not None:
        return False
    content = typesetting.pdf(documents.SHEET, "representations", given(publication, published), clock.now())
    kept = set_of(publication)
    if kept is None:
        kept = PublicSet(publication_id=publication.id)
        db.session.add(kept)
    kept.shows, kept.representations = fingerprint(published), len(published)
    kept.content, kept.size = content, len(content)
    kept.sha256, kept.at = hashlib.sha256(content).hexdigest(), clock.now()
    db.session.flush()
    return True


@jobs.every_round
def bring_all_up_to_date() -> None:
    """Each authority by itself; one that fails holds nobody else's up."""
    authorities = sa.select(Space.id).where(Space.kind == "authority").order_by(Space.id)
    for space_id in list(db.session.scalars(authorities)):
        with tenancy.inside(space_id):
            try:
                standing_now = sa.select(RepresentationsPublication).where(
                    RepresentationsPublication.ended.is_(None)
                )
                for publication in list(db.session.scalars(standing_now)):
                    if is_old(publication):
                        bring_up_to_date(publication)
                db.session.commit()
            except Exception:
                db.session.rollback()
                logger.exception("the public representations of %s could not be set", space_id)


def is_old(publication: RepresentationsPublication) -> bool:
    """Whether anything came or was decided since the PDF was set that may change what everyone may read."""
    kept = set_of(publication)
    if kept is None or kept.representations != len(ids(publication.consultation)):
        return True
    moments = (Clearance.at, Hiding.at, Hiding.ended, SettingAside.at, Erasure.at)
    return any((db.session.scalar(sa.select(sa.func.max(each))) or kept.at) > kept.at for each in moments)


def given(publication: RepresentationsPublication, published: list[Published]) -> dict[str, Any]:
    return {
        "title": "Representations",
        "about": publication.consultation.title,
        "body": standing().name,
        "lines": [
            f"{len(published)} representations that everyone may read, as of {moment(clock.now())} UK time. A person "
            "has read each of them and taken personal details out of it. The examiner reads all of it.",
        ],
        "entries": [as_entry(each) for each in published],
    }


def as_entry(each: Published) -> dict[str, Any]:
    notes = ["Received after the close."] if each.late else []
    if each.kept_back:
        notes.append("Some of it is not published.")
    said = [[one.about, [[label, words] for label, words in lines_of(one) if words]] for one in each.said]
    return {"reference": each.reference, "who": each.name, "facts": [], "said": said, "notes": notes}


def lines_of(one: Any) -> list[tuple[str, str]]:
    stance = str(STANCES.get(one.stance, one.stance))
    return [("Stance", stance), ("", one.words), ("Suggested change", one.suggestion)]
