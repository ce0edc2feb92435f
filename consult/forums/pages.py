"""The pages of forum applications, which several modules add theirs to, and what these share."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, Response, abort, g

from consult import audit
from consult.accounts import sessions
from consult.database import db
from consult.forums.models import ForumApplication, ForumDraft

pages = Blueprint("forums", __name__)
AT = "/<space:space>/forum-application"


def forum_only() -> None:
    """A parish council is a qualifying body without being designated (section 38A(12), Planning and Compulsory
    Purchase Act 2004); an authority is none."""
    if g.space.kind != "forum":
        abort(404)


def handed(application_id: UUID) -> ForumApplication:
    """An application handed to the authority that we stand in."""
    if not g.space.is_authority:
        abort(404)
    wanted = sa.select(ForumApplication).where(
        ForumApplication.id == application_id, ForumApplication.authority_id == g.space.id
    )
    return db.session.scalar(wanted) or abort(404)


def sent(name: str, media_type: str, content: bytes, what: str) -> Response:
    """A file to be kept: never shown in the browser, always noted."""
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.cache_control.no_store = True
    audit.note_download(f"{what}: {name}", sessions.whoever())
    return response


def constitution_of(said: ForumDraft | ForumApplication) -> Any:
    if not said.constitution_file:
        abort(404)
    what = f"constitution of {said.name}"
    return sent(said.constitution_name, said.constitution_type, said.constitution_file, what)
