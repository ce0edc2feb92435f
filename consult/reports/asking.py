"""Asking for a report: its facts are frozen at once, and a job makes its files."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, jobs
from consult.consultations.models import Consultation
from consult.database import db, new_id
from consult.feedback.snapshots import freeze
from consult.jobs import Job
from consult.reports.building import build
from consult.reports.models import Report
from consult.tenancy import here
from consult.web.errors import Refused


def ask(consultation: Consultation, by: Any, public: bool = False) -> Report:
    """A report on the responses as they stand; `build` makes its files, here by a job."""
    report = frozen(consultation, by, public)
    report.job_id = jobs.post("report", {"report": str(report.id)}).id
    db.session.flush()
    return report


def frozen(consultation: Consultation, by: Any, public: bool = False) -> Report:
    """A report without its files yet."""
    if consultation.state() not in ("open", "closed"):
        raise Refused("There is nothing to report before the consultation has opened.")
    report = Report(
        id=new_id(),
        consultation_id=consultation.id,
        snapshot_id=freeze(consultation, by).id,
        public=public,
        by_id=by.id if by is not None else None,
    )
    db.session.add(report)
    audit.record("report.asked", consultation.title, by=by, public=public)
    db.session.flush()
    return report


@jobs.handler("report")
def make(job: Job) -> dict[str, Any] | None:
    """Safe to run again: a report that has its files keeps them."""
    report = db.session.get(Report, (here(), UUID(job.payload["report"])))
    if report is None or report.built is not None:
        return None
    job.progress("Counting the responses")
    build(report, begun=lambda name: job.progress(f"Making {name}"))
    return {"files": len(report.files)}


def job_of(report: Report) -> Job | None:
    return db.session.scalar(sa.select(Job).where(Job.id == report.job_id)) if report.job_id else None


def progress_of(report: Report) -> tuple[str, str]:
    """(waiting, working, failed or done; the same in words)."""
    return how_far("report", report.built, job_of(report))


def how_far(what: str, built: datetime | None, job: Job | None) -> tuple[str, str]:
    """The same of whatever a job makes, by its name in a sentence."""
    if built is not None:
        return "done", f"The {what} is ready."
    if job is None or job.state == "failed":
        return "failed", f"The {what} could not be made. Nothing is lost: ask for it again."
    if job.error:
        return "working", f"Something went wrong while the {what} was made. We are trying again."
    if job.state == "working":
        return "working", f"{job.steps or f'Making the {what}'} …"
    return "waiting", "Waiting for its turn …"
