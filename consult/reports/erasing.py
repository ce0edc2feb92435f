"""When somebody's words are erased, the packs and releases that are stored here are made anew without them, from the
same snapshot: every figure stays, and so does the line that reconciles."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, jobs
from consult.clearing.erasing import erasing
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.jobs import Job
from consult.reports.building import build
from consult.reports.models import ReleaseFile, Report
from consult.reports.releasing import copy_files, release_of
from consult.tenancy import here


@erasing
def remove_from_packs(consultation: Consultation, by: Any) -> None:
    """The files go at once; a job makes them again. A report that is being made at this moment is made again as well,
    since it may hold what was read before."""
    for report in db.session.scalars(sa.select(Report).where(Report.consultation_id == consultation.id)):
        remove_files(report)
        report.job_id = jobs.post("report again", {"report": str(report.id)}).id
        audit.record("report.erased_from", consultation.title, by=by, snapshot=report.snapshot.sha256)
    db.session.flush()


def remove_files(report: Report) -> None:
    db.session.flush()
    alone(f"report {report.id}")
    release = release_of(report)
    for file in [*report.files, *(release.files if release else ())]:
        db.session.delete(file)
    report.built = None
    db.session.flush()
    db.session.expire(report, ["files"])
    if release is not None:
        db.session.expire(release, ["files"])


@jobs.handler("report again")
def make_again(job: Job) -> dict[str, Any] | None:
    """Safe to run again."""
    report = db.session.get(Report, (here(), UUID(job.payload["report"])))
    if report is None:
        return None
    if report.built is not None:
        remove_files(report)
    build(report, begun=lambda name: job.progress(f"Making {name}"))
    release = release_of(report)
    if release is not None and not has_files(release.id):
        copy_files(report, release)
    return {"files": len(report.files)}


def has_files(release_id: UUID) -> bool:
    return (
        db.session.scalar(sa.select(ReleaseFile.id).where(ReleaseFile.release_id == release_id).limit(1))
        is not None
    )
