"""A saved outline as a file: in every format that planners' programs read, and as it came."""

import sqlalchemy as sa
from flask import Response, abort, g

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas.models import AreaVersion
from consult.areas.outline.uploads import file_name
from consult.areas.pages import body_only, pages
from consult.areas.saved import versions
from consult.database import db
from geodata import writing

FORMATS = {ending[1:]: (name, media_type) for name, (ending, media_type) in writing.FORMATS.items()}


@pages.get("/<space:space>/area/versions/<int:number>/original")
@needs(Act.LOOK)
def original(number: int) -> Response:
    """The file as it came, whatever it is: to be kept, never shown as a page of ours."""
    body_only()
    version = versions.numbered(number) or abort(404)
    if version.original is None:
        abort(404)
    answer = attached(version.original, "application/octet-stream", original_of(version) or "")
    audit.note_download(f"original of outline {version.number}", sessions.me())
    return answer


def original_of(version: AreaVersion) -> str | None:
    """What its original is called; None where nothing was kept. What was typed or drawn has no name of its own."""
    kept = sa.select(AreaVersion.original.is_not(None)).where(AreaVersion.id == version.id)
    if not db.session.scalar(kept):
        return None
    return file_name(version.original_name) or f"outline-{version.number}-as-it-came.txt"


def attached(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@pages.get("/<space:space>/area/versions/<int:number>/outline.<ending>")
@needs(Act.LOOK)
def outline_file(number: int, ending: str) -> Response:
    body_only()
    version = versions.numbered(number) or abort(404)
    name, media_type = FORMATS.get(ending) or abort(404)
    said = {"name": g.space.name, "outline": version.number, "saved": clock.uk(version.at).date().isoformat()}
    content = writing.written(name, [(version.geometry, said)])
    return attached(content, media_type, f"{g.space.slug}-outline-{number}.{ending}")
