"""The token that a request shows, and how often it may."""

import logging
import re
from typing import NoReturn

from flask import abort, request
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from consult import clock
from consult.api.models import PREFIX, ApiToken
from consult.database import Busy, unit_of_work
from consult.web import limits

logger = logging.getLogger("consult")
A_TOKEN = re.compile(rf"{PREFIX}[\w-]{{43}}", re.ASCII)
WITH_TOKEN, WITHOUT = "600 per minute", "120 per minute"
A_MINUTE = 60


def shown() -> ApiToken | None:
    """The token of the request; none where it shows none, which opens what is public. A bad one opens nothing."""
    if A_TOKEN.search(request.query_string.decode("latin-1")):
        abort(
            400,
            "A token never belongs in an address, which is written down on its way: revoke this one, make another and "
            "send it in the Authorization header.",
        )
    header = request.headers.get("Authorization", "")
    if not header:
        count(WITHOUT, limits.asking())
        return None
    scheme, _, secret = header.partition(" ")
    token = ApiToken.that_reads(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        count(WITHOUT, limits.asking())
        refuse("This token does not work: it was revoked, has run out, or never was one.")
    count(WITH_TOKEN, str(token.id))
    note_use(token)
    return token


def refuse(detail: str) -> NoReturn:
    raise Unauthorized(detail, www_authenticate=WWWAuthenticate("bearer", {"realm": "Consult"}))


def count(limit: str, whose: str) -> None:
    try:
        within = limits.hit(limit, "api", whose)
    except limits.NotCounted:
        return  # it only reads: better answered than not
    if not within:
        raise TooManyRequests(
            f"No more than {limit.replace(' per ', ' requests a ')}. Wait, then go on.", retry_after=A_MINUTE
        )


def note_use(token: ApiToken) -> None:
    """Notes the day, in a unit of work of its own, since a GET writes nothing; once a day."""
    if token.last_used == clock.today():
        return
    try:
        with unit_of_work():
            token.last_used = clock.today()
    except (Busy, OperationalError):
        logger.warning("the use of a token could not be noted")
