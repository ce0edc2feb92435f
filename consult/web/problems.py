"""What a program is told when it gets no answer: `application/problem+json` (RFC 9457), in a plain sentence."""

import json
from http import HTTPStatus
from typing import Any

from flask import Response
from werkzeug.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
DETAILS = {
    400: "Something in the address is not as it is described: see /api/openapi.json.",
    401: "This needs a token: make one on your account’s page and send it as “Authorization: Bearer …”.",
    403: "This token, or the role of the person who made it, does not allow that.",
    404: "There is nothing here that this token may see.",
    405: "This can only be read: use GET.",
    429: "Too many requests. Wait a minute, then go on.",
    500: "Something went wrong on our side. It has been noted.",
    503: "Consult is busy. Try again in a minute.",
}


def problem(code: int, detail: str = "", headers: Any = ()) -> Response:
    said = {
        "type": "about:blank",
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": detail or DETAILS.get(code, HTTPStatus(code).description or HTTPStatus(code).phrase),
    }
    answer = Response(json.dumps(said, ensure_ascii=False), code, content_type=MEDIA_TYPE)
    answer.headers.extend((name, value) for name, value in headers if name.lower() != "content-type")
    return answer


def of(error: HTTPException) -> Response:
    """Our own sentence where the error has one; Werkzeug's are for people at a browser."""
    ours = error.description if error.description != type(error).description else ""
    return problem(error.code or 500, ours or "", error.get_headers())
