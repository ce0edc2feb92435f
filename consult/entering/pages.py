"""The pages of typing in, of second checks and of imports; the modules beside it add theirs."""

from typing import Any

from flask import Blueprint, abort, request

from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.form.filing import ROOM_FOR_FILES
from consult.responses.members import taking
from consult.responses.models import Response
from consult.tenancy import here

pages = Blueprint("entering", __name__)
HOME = "/<space:space>/consultations/<reference>"
TAKE_FILES = ("entering.add_sheet", "entering.add_scan", "entering.type_again", "entering.look_over")


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint in TAKE_FILES:
        request.max_content_length = ROOM_FOR_FILES


def row_at(kind: Any, id: Any) -> Any:
    return db.session.get(kind, (here(), id)) or abort(404)


def response_at(id: Any) -> tuple[Consultation, Response]:
    """A response, and the consultation that it answers."""
    response: Response = row_at(Response, id)
    return response.consultation, response


def taken_up(consultation: Consultation) -> Consultation:
    """Raises Refused while its questions may still change."""
    taking(consultation)
    return consultation
