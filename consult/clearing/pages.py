"""The pages of clearing; the modules beside it add theirs."""

from typing import Any

from flask import Blueprint, abort

from consult.database import db
from consult.responses.models import Response
from consult.tenancy import here

pages = Blueprint("clearing", __name__)
HERE = "/<space:space>/consultations/<reference>"


def response_at(id: Any) -> Response:
    return db.session.get(Response, (here(), id)) or abort(404)
