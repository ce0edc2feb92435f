"""Pictures of the sheets that responses were typed from: kept for members, as downloads."""

from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Response as Answered
from flask import flash, redirect, request, url_for
from werkzeug.datastructures import FileStorage

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.database import db
from consult.entering.models import Check, Scan
from consult.entering.pages import pages, response_at, row_at
from consult.responses.form.files import MEDIA_TYPES, MOST_BYTES, ending_of, sha256_of, tidy_name
from consult.responses.models import Response
from consult.web.errors import Refused

PICTURES = ("pdf", "jpg", "png")
MOST_SCANS = 5  # of one response: a long sheet has several sides


@dataclass(frozen=True)
class Chosen:
    """What was chosen with a form: nothing, a picture that can be kept, or why it cannot."""

    name: str = ""
    ending: str = ""
    content: bytes = b""
    refusal: str = ""


def chosen(sent: FileStorage | None) -> Chosen:
    if sent is None or not sent.filename:
        return Chosen()
    with closing(sent):
        content = sent.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        return Chosen(refusal="The scan is larger than 5 MB. Make it smaller, and choose it again.")
    ending = ending_of(content)
    if ending not in PICTURES:
        return Chosen(refusal="The scan is not a PDF, JPEG or PNG file. Save it as one, and choose it again.")
    return Chosen(tidy_name(sent.filename, ending), ending, content)


def keep(response: Response, picture: Chosen, by: Any) -> None:
    if not picture.content:
        return
    scan = Scan(
        response_id=response.id,
        name=picture.name,
        media_type=MEDIA_TYPES[picture.ending],
        sha256=sha256_of(picture.content),
        content=picture.content,
        by_id=by.id,
    )
    db.session.add(scan)
    audit.record("response.scanned", response.reference, by=by, sha256=scan.sha256)


def scans_of(response: Response) -> list[Scan]:
    """Those of a response that was corrected are those of what was put in its place."""
    earlier = sa.select(Check.response_id).where(Check.corrected_id == response.id)
    mine = sa.or_(Scan.response_id == response.id, Scan.response_id.in_(earlier))
    return list(db.session.scalars(sa.select(Scan).where(mine).order_by(Scan.at, Scan.id)))


@pages.post("/<space:space>/entries/<uuid:response>/scans")
@needs(Act.ENTER_RESPONSES)
def add_scan(response: UUID) -> Any:
    _, found = response_at(response)
    found.take()
    picture = chosen(request.files.get("scan"))
    if picture.refusal or not picture.content:
        raise Refused(picture.refusal or "Choose the picture of the sheet. Go back and choose it.")
    there = scans_of(found)
    if len(there) >= MOST_SCANS:
        raise Refused(f"{found.reference} has {MOST_SCANS} scans already.")
    if sha256_of(picture.content) not in {scan.sha256 for scan in there}:
        keep(found, picture, me())
    flash(f"The scan is kept with {found.reference}.", "success")
    return redirect(url_for("entering.check", response=found.id), 303)


@pages.get("/<space:space>/scans/<uuid:scan>")
@needs(Act.READ_RESPONSES)
def scan(scan: UUID) -> Answered:
    kept = row_at(Scan, scan)
    answer = Answered(kept.content, mimetype=kept.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=kept.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    # Not by its name, which may be somebody's: what is noted here outlives an erasure.
    audit.note_download("scan of a response", me(), sha256=kept.sha256)
    return answer
