"""The examiner's bundle: asked for, made by a job, and kept as it was made. A later one follows new facts."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock, jobs
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import alone, db, new_id
from consult.examining import contents, documents, reading
from consult.examining.documents import File
from consult.examining.models import Bundle, BundleFile
from consult.jobs import Job, LeaseLost
from consult.reports import manifest
from consult.reports.asking import how_far
from consult.tenancy import here
from consult.web.errors import Refused


def ask(consultation: Consultation, by: Person) -> Bundle:
    """A bundle of what is there now. Raises Refused before the close: regulation 17 has every representation sent, and
    until then more may come."""
    db.session.flush()
    alone(f"bundles of {consultation.id}")
    if consultation.state() != "closed":
        raise Refused(
            "The bundle is made once the consultation has closed: until then more representations may come "
            "(regulation 17)."
        )
    last = next(iter(bundles_of(consultation)), None)
    bundle = Bundle(
        id=new_id(),
        consultation_id=consultation.id,
        number=last.number + 1 if last else 1,
        contents=contents.taken(consultation),
        by_id=by.id,
    )
    db.session.add(bundle)
    db.session.flush()
    post_job(bundle)
    audit.record("bundle.asked", consultation.title, by=by, number=bundle.number)
    db.session.flush()
    return bundle


def post_job(bundle: Bundle) -> None:
    """Has a worker make its files; an earlier job of it, should that still run, keeps nothing."""
    job = jobs.post("bundle", {"bundle": str(bundle.id)})
    db.session.flush()
    bundle.job_id = job.id
    db.session.flush()


def bundles_of(consultation: Consultation) -> list[Bundle]:
    """The newest first."""
    mine = sa.select(Bundle).where(Bundle.consultation_id == consultation.id)
    return list(db.session.scalars(mine.order_by(Bundle.number.desc())))


@jobs.handler("bundle")
def make(job: Job) -> dict[str, Any] | None:
    """Safe to run again: one that is built stays, and what a worker left half done goes first."""
    bundle = db.session.get(Bundle, (here(), UUID(job.payload["bundle"])))
    if bundle is None or bundle.built is not None or bundle.job_id != job.id:
        return None
    remove_files(bundle)
    made = build(bundle, job)
    return {"files": made, "told": reading.tell_readers(bundle)}


def build(bundle: Bundle, job: Job) -> int:
    """A file is kept as soon as it is made, so that a large bundle takes no more memory than its largest file."""
    made: list[File] = []
    for file in documents.files(bundle):
        if len(made) % documents.TELL_EACH == 0:
            job.progress(f"Making {file.name if not file.reference else f'representation {file.reference}'}")
            refuse_if_begun_anew(bundle, job)
        keep(bundle, file, len(made) + 1)
        made.append(file.without_content())
    checksums = {file.name: file.sha256 for file in made}
    sums = File("index", manifest.NAME, "Checksums of every file", "text/plain", lines(checksums))
    keep(bundle, sums, len(made) + 1)
    db.session.flush()
    alone(f"bundle {bundle.id}")
    refuse_if_begun_anew(bundle, job)
    bundle.sha256, bundle.built = sums.sha256, clock.now()
    db.session.flush()
    audit.record("bundle.built", bundle.consultation.title, number=bundle.number, sha256=bundle.sha256)
    return len(made) + 1


def refuse_if_begun_anew(bundle: Bundle, job: Job) -> None:
    """An erasure has another job make it: what this one read before may hold the words that went."""
    db.session.refresh(bundle, ["job_id"])
    if bundle.job_id != job.id:
        raise LeaseLost(f"Bundle {bundle.id} is made anew by another job.")


def lines(checksums: dict[str, str]) -> bytes:
    """As `sha256sum -c` reads them."""
    return "".join(f"{checksum}  {name}\n" for name, checksum in sorted(checksums.items())).encode()


def keep(bundle: Bundle, file: File, position: int) -> None:
    about = {"part": file.part, "name": file.name, "title": file.title, "media_type": file.media_type}
    size, sha256 = len(file.content), file.sha256
    kept = BundleFile(
        bundle_id=bundle.id, position=position, sha256=sha256, size=size, content=file.content, **about
    )
    db.session.add(kept)
    db.session.flush()
    db.session.expunge(kept)


def remove_files(bundle: Bundle) -> None:
    for id_ in list(db.session.scalars(sa.select(BundleFile.id).where(BundleFile.bundle_id == bundle.id))):
        db.session.delete(db.session.get_one(BundleFile, (bundle.space_id, id_)))
    db.session.flush()
    db.session.expire(bundle, ["files"])


def checksum(parts: Iterable[bytes]) -> str:
    summed = hashlib.sha256()
    for part in parts:
        summed.update(part)
    return summed.hexdigest()


def progress_of(bundle: Bundle) -> tuple[str, str]:
    """(waiting, working, failed or done; the same in words)."""
    job = db.session.scalar(sa.select(Job).where(Job.id == bundle.job_id)) if bundle.job_id else None
    return how_far("bundle", bundle.built, job)
