"""Asking for a download and making its file: at once where it is small, else by a job."""

from collections.abc import Callable
from datetime import datetime
from typing import IO, Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock, jobs
from consult.clearing.models import Erasure
from consult.database import alone, db, new_id
from consult.downloads import documents, keeping, places, tables
from consult.downloads.choosing import Chosen
from consult.downloads.filters import Filter
from consult.downloads.models import Download, DownloadFile, DownloadSource
from consult.downloads.telling import Statement, counts_of, in_words
from consult.feedback.snapshots import freeze
from consult.jobs import Job
from consult.reports.building import MEDIA_TYPES
from consult.responses.models import Response
from consult.spaces.models import standing
from consult.tenancy import here
from consult.web.errors import Refused

AT_ONCE = 1_000  # rows that a request makes itself
ALWAYS_POINTS = ("gpkg", "geojson", "docx", "pdf")  # a row of these is a point, whatever was asked for
Writer = Callable[[IO[bytes], Statement], None]
WRITERS: dict[str, tuple[Writer, str, str]] = {  # each with its ending and media type
    "csv": (tables.csv, ".zip", "application/zip"),
    "xlsx": (tables.xlsx, ".xlsx", MEDIA_TYPES[".xlsx"]),
    "gpkg": (places.gpkg, ".gpkg", MEDIA_TYPES[".gpkg"]),
    "geojson": (places.geojson, ".geojson", MEDIA_TYPES[".geojson"]),
    "docx": (documents.docx, ".docx", MEDIA_TYPES[".docx"]),
    "pdf": (documents.pdf, ".pdf", "application/pdf"),
}


def ask(chosen: Filter, rows: str, format_: str, by: Any) -> Download:
    """Freezes the responses as they stand. Raises Refused where nothing is selected, or there is no room."""
    keeping.refuse_when_full()
    snapshots = [freeze(each, by) for each in chosen.consultations()]
    found = {each.consultation.reference: Chosen.then(chosen, each) for each in snapshots}
    counts = {reference: counts_of(each) for reference, each in found.items()}
    policies = {
        p.reference: f"{p.reference} {p.title}" for each in found.values() for p in each.facts.policies
    }
    download = Download(
        id=new_id(),
        selection=chosen.kept(),
        in_words=[list(pair) for pair in in_words(chosen, policies)],
        rows="points" if format_ in ALWAYS_POINTS else rows,
        format=format_,
        counts=counts,
        by_id=by.id if by is not None else None,
    )
    refuse_what_cannot_be(download)
    large = download.number_of_rows > AT_ONCE
    if large:
        download.job_id = jobs.post("download", {"download": str(download.id)}).id
        db.session.flush()  # nothing tells the session that the job comes first
    db.session.add(download)
    db.session.flush()
    for position, each in enumerate(snapshots):
        row = DownloadSource(
            download_id=download.id,
            consultation_id=each.consultation_id,
            snapshot_id=each.id,
            position=position,
        )
        db.session.add(row)
    about = {"selection": download.selection, "rows": download.rows, "format": format_}
    audit.record("download.asked", title_of(download), by=by, **about)
    db.session.flush()
    if not large:
        build(download)
    return download


def refuse_what_cannot_be(download: Download) -> None:
    if not download.number_of_rows:
        raise Refused("Nothing is selected: choose fewer filters, or others.")
    if download.format in ("docx", "pdf") and download.number_of_rows > documents.MOST:
        raise Refused(
            f"A document holds at most {documents.MOST:,} comments. Choose more filters, or a table, which holds any "
            "number of them."
        )


def build(download: Download, made_anew: datetime | None = None) -> DownloadFile | None:
    """Makes the file and keeps it; one that is kept stays as it is."""
    write, ending, media_type = WRITERS[download.format]
    name = f"{standing().slug}-{'-'.join(words_of(download))}-{download.at:%Y-%m-%d}{ending}"
    with keeping.waiting() as made:
        erased = erasures(download)
        write(made, statement(download, made_anew))
        db.session.flush()
        alone(f"download {download.id}")
        if download.file is not None:
            return None
        if erasures(download) != erased:  # while it was written: what was read may be gone
            made.seek(0)
            made.truncate()
            write(made, statement(download, clock.now()))
        file = keeping.keep(download, made, name, media_type)
    db.session.expire(download, ["files"])
    return file


def erasures(download: Download) -> int:
    """So many have been begun in the consultations that it selects from."""
    sources = sa.select(DownloadSource.consultation_id).where(DownloadSource.download_id == download.id)
    responses = sa.select(Response.id).where(Response.consultation_id.in_(sources))
    begun = sa.select(sa.func.count()).select_from(Erasure).where(Erasure.response_id.in_(responses))
    return db.session.scalar(begun) or 0


def statement(download: Download, made_anew: datetime | None) -> Statement:
    chosen = Filter.of(download.selection)
    return Statement(
        title=title_of(download),
        by=download.by.display_name if download.by else "the operator",
        at=download.at,
        rows=download.rows,
        filter=[(name, words) for name, words in download.in_words],
        chosen=[Chosen.then(chosen, source.snapshot) for source in download.sources],
        made_anew=made_anew,
    )


def words_of(download: Download) -> list[str]:
    consultation = download.selection.get("consultation") or "all"
    return [consultation, "selection" if download.in_words else "everything"]


def title_of(download: Download) -> str:
    return f"A selection of {'points' if download.rows == 'points' else 'responses'}, {', '.join(download.counts)}"


@jobs.handler("download")
def make(job: Job) -> dict[str, Any] | None:
    """Safe to run again: a download that has its file keeps it."""
    return make_one(job, "Writing the rows", None)


@jobs.handler("download again")
def make_again(job: Job) -> dict[str, Any] | None:
    """After words were erased. Safe to run again."""
    return make_one(job, "Making it anew without what was erased", clock.now())


def make_one(job: Job, step: str, made_anew: datetime | None) -> dict[str, Any] | None:
    download = db.session.get(Download, (here(), UUID(job.payload["download"])))
    if download is None or download.file is not None or was_removed(download):
        return None
    job.progress(step)
    file = build(download, made_anew)
    return {"size": file.size} if file else None


def was_removed(download: Download) -> bool:
    return any(file.why == "removed" for file in download.files)


def job_of(download: Download) -> Job | None:
    """The one that makes its file: the newest that makes it anew, where words in it were erased."""
    its_own = Job.payload["download"].as_string() == str(download.id)
    again = sa.and_(Job.kind == "download again", Job.space_id == here(), its_own)
    which = again if download.files else Job.id == download.job_id
    return db.session.scalar(sa.select(Job).where(which).order_by(Job.posted.desc()).limit(1))


def progress_of(download: Download) -> tuple[str, str]:
    """(waiting, working, failed, removed or done; the same in words)."""
    if download.file is not None:
        return "done", "The file is ready."
    if was_removed(download):
        return "removed", "The file was removed."
    job = job_of(download)
    if download.files and (job is None or job.state != "failed"):
        return "working", "Words that were in it have been erased: it is being made anew without them …"
    if job is None or job.state == "failed":
        return "failed", "The file could not be made. Nothing is lost: ask for it again."
    return "working", f"{job.steps or 'Waiting for its turn'} …"


def remove(download: Download, by: Any) -> None:
    """Its bytes go; what was asked for stays on record. Raises Refused where there is no file."""
    db.session.flush()
    alone(f"download {download.id}")
    if download.file is None:
        raise Refused("There is no file to remove.")
    end(download, "removed")
    audit.record("download.removed", title_of(download), by=by)
    db.session.flush()


def end(download: Download, why: str) -> None:
    file = download.file
    if file is not None:
        keeping.remove_parts(file)
        file.ended, file.why = clock.now(), why
        db.session.flush()
        db.session.expire(download, ["files"])
