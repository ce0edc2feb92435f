"""What bodies released to an authority, with its files."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Response, abort, g, url_for

from consult.access import Act, needs
from consult.api import paging
from consult.api.describing import ADDRESS, MOMENT, NUMBER, TEXT, described, listed, record, several
from consult.api.pages import HERE, answer, noted, page, pages
from consult.database import db
from consult.reports.models import Release

IN_SHORT = {
    "id": TEXT,
    "body": TEXT,
    "consultation": TEXT,
    "title": TEXT,
    "stage": TEXT,
    "at": MOMENT,
    "url": ADDRESS,
}
A_FILE = record(name=TEXT, media_type=TEXT, size=NUMBER, sha256=TEXT, url=ADDRESS)
ONE = f"{HERE}/releases/<uuid:release_id>"


@pages.get(f"{HERE}/releases")
@needs(Act.OVERSEE)
@described("What bodies released to this authority", listed(record(**IN_SHORT)), paged=True)
def releases() -> Response:
    paging.only(paging.PARAMETERS)
    handed = sa.select(Release).where(Release.authority_id == g.space.id)
    found, cursor = paging.rows(paging.asked(), handed, Release.at, Release.id)
    return page([in_short(each) for each in found], cursor)


@pages.get(ONE)
@needs(Act.OVERSEE)
@described(
    "A release, with its figures and files",
    record(**IN_SHORT, figures={"type": "object"}, files=several(A_FILE)),
    words="Figures as they were released, small groups kept back.",
)
def release(release_id: UUID) -> Response:
    paging.only(())
    found = release_at(release_id)
    files = [
        {name: getattr(file, name) for name in ("name", "media_type", "size", "sha256")}
        | {"url": url_for("api.release_file", release_id=found.id, name=file.name, _external=True)}
        for file in found.files
    ]
    return answer(in_short(found) | {"figures": found.figures, "files": files})


@pages.get(f"{ONE}/files/<name>")
@needs(Act.OVERSEE)
@described("A file of a release, as it was handed over", None, media_type="application/octet-stream")
def release_file(release_id: UUID, name: str) -> Response:
    paging.only(())
    found = release_at(release_id)
    file = next((file for file in found.files if file.name == name), None)
    if file is None:
        abort(404)
    response = Response(file.content, content_type="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return noted(response, f"release of {found.body}: {file.name}")


def release_at(release_id: UUID) -> Release:
    wanted = sa.select(Release).where(Release.id == release_id, Release.authority_id == g.space.id)
    found = db.session.scalar(wanted)
    if found is None:
        abort(404)
    return found


def in_short(found: Release) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "body": found.body,
        "consultation": found.consultation_reference,
        "title": found.title,
        "stage": found.stage,
        "at": found.at.isoformat(),
        "url": url_for("api.release", release_id=found.id, _external=True),
    }
