"""When somebody's words are erased, the downloads kept here are made anew without them, from the same snapshots: every
number stays."""

from typing import Any

import sqlalchemy as sa

from consult import audit, jobs
from consult.clearing.erasing import erasing
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.downloads.making import end, title_of
from consult.downloads.models import Download, DownloadSource


@erasing
def remove_from_downloads(consultation: Consultation, by: Any) -> None:
    """The bytes go at once; a job makes them again, and the file says so."""
    of_it = sa.select(DownloadSource.download_id).where(DownloadSource.consultation_id == consultation.id)
    for download in db.session.scalars(
        sa.select(Download).where(Download.id.in_(of_it)).order_by(Download.id)
    ):
        db.session.flush()
        alone(f"download {download.id}")
        if download.file is not None:
            end(download, "erased")
            jobs.post("download again", {"download": str(download.id)})
            audit.record("download.erased_from", title_of(download), by=by)
    db.session.flush()
