"""The files that came with responses, for members: always a download, whatever is in them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Response as Answered
from flask import abort, request

from consult import audit
from consult.access import Act, needs
from consult.accounts import sessions
from consult.database import db
from consult.responses.form.files import AnswerFile
from consult.responses.form.filing import ROOM_FOR_FILES
from consult.responses.models import Response
from consult.responses.pages import pages
from consult.tenancy import here

TAKE_FILES = ("responses.send", "responses.add", "responses.keep")


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint in TAKE_FILES:
        request.max_content_length = ROOM_FOR_FILES


def files_of(response: Response) -> list[AnswerFile]:
    """What came with a response, in the order of the form."""
    mine = sa.select(AnswerFile).where(AnswerFile.response_id == response.id)
    return list(db.session.scalars(mine.order_by(AnswerFile.position)))


@pages.get("/<space:space>/response-files/<uuid:file>")
@needs(Act.READ_RESPONSES)
def answer_file(file: UUID) -> Answered:
    kept = db.session.get(AnswerFile, (here(), file)) or abort(404)
    answer = Answered(kept.content, mimetype=kept.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=kept.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    # Not by its name, which may be somebody's: what is noted here outlives an erasure.
    audit.note_download("file of a response", sessions.me(), sha256=kept.sha256)
    return answer
