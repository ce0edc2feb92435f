"""Releasing: handing a report, as it is, to the authority, which until then sees an announcement and a number."""

from typing import Any

import sqlalchemy as sa

from consult import audit
from consult.database import alone, db, new_id
from consult.feedback.publications import public_figures
from consult.feedback.snapshots import facts_of
from consult.reports.models import Release, ReleaseFile, Report
from consult.spaces.models import standing
from consult.web.errors import Refused


def release_of(report: Report) -> Release | None:
    return db.session.scalar(sa.select(Release).where(Release.report_id == report.id))


def release(report: Report, by: Any) -> Release:
    """A copy of every file, the authority's to keep; and its figures, small groups kept back, for the aggregate."""
    db.session.flush()
    alone(f"release of {report.id}")
    if report.built is None:
        raise Refused("This report is not ready yet, so it cannot be released.")
    if report.public:
        raise Refused("The public version is for everyone: release the full version to the authority.")
    if release_of(report) is not None:
        raise Refused("This report has been released already.")
    made = handed_over(report, by)
    db.session.add(made)
    db.session.flush()
    copy_files(report, made)
    audit.record("report.released", report.consultation.title, by=by, snapshot=report.snapshot.sha256)
    db.session.flush()
    return made


def copy_files(report: Report, release: Release) -> None:
    """Every file as it is, the authority's to keep."""
    for file in report.files:
        about = {name: getattr(file, name) for name in ("name", "media_type", "sha256", "size", "content")}
        db.session.add(ReleaseFile(authority_id=release.authority_id, release_id=release.id, **about))


def handed_over(report: Report, by: Any) -> Release:
    space, consultation = standing(), report.consultation
    closed = consultation.state(report.snapshot.at) == "closed"
    return Release(
        id=new_id(),
        authority_id=space.authority_id or space.id,
        report_id=report.id,
        consultation_reference=consultation.reference,
        title=consultation.title,
        stage=consultation.stage,
        body=space.name,
        figures=public_figures(facts_of(report.snapshot), final=closed),
        by_id=by.id if by is not None else None,
    )
