"""Lists a page at a time: a cursor names the last thing that was seen, so that nothing comes twice or is left out while
more is added behind it."""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Response, abort, request, url_for

from consult.database import db

USUAL, MOST = 100, 500
PARAMETERS = ("limit", "cursor")
A_CURSOR = re.compile(r"[A-Za-z0-9_-]{1,400}")


@dataclass(frozen=True)
class Page:
    """What is asked for: so many, after this place in the order (nothing: from the beginning)."""

    limit: int
    after: list[str]


def asked() -> Page:
    return Page(limit_asked(), read(request.args.get("cursor", "")))


def limit_asked() -> int:
    given = request.args.get("limit", str(USUAL))
    if not re.fullmatch(r"[0-9]{1,3}", given, re.ASCII) or not 1 <= int(given) <= MOST:
        abort(400, f"“limit” is a whole number from 1 to {MOST}.")
    return int(given)


def only(known: Sequence[str]) -> None:
    """What is not described is refused, so that nobody believes in a filter that there is not."""
    for name in request.args:
        if name not in known or len(request.args.getlist(name)) > 1:
            abort(400, f"“{name[:40]}” is not to be given here, or only once: see /api/openapi.json.")


def written(place: Sequence[Any]) -> str:
    said = json.dumps([str(part) for part in place], separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read(cursor: str) -> list[str]:
    """Aborts with 400 where it is not one of ours."""
    if not cursor and "cursor" not in request.args:
        return []
    try:
        if A_CURSOR.fullmatch(cursor):
            place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if isinstance(place, list) and place and all(isinstance(part, str) for part in place):
                return place
    except (ValueError, binascii.Error, RecursionError):
        pass
    return abort(400, NOT_OURS)


NOT_OURS = "This “cursor” is not one that we gave: follow the addresses in “next”."


def after_moment(page: Page, moment: Any, id_: Any) -> Any:
    """The criterion of a list in the order of a moment and an id."""
    if not page.after:
        return sa.true()
    try:
        at, last = page.after
        at_moment, last_id = datetime.fromisoformat(at).astimezone(UTC), UUID(last)
    except (ValueError, OverflowError):
        abort(400, NOT_OURS)
    return sa.or_(moment > at_moment, sa.and_(moment == at_moment, id_ > last_id))


def rows(page: Page, statement: sa.Select[Any], moment: Any, id_: Any) -> tuple[list[Any], str]:
    """The rows of this page in the order of a moment and an id, and the cursor of the next; empty at the end."""
    ordered = statement.where(after_moment(page, moment, id_)).order_by(moment, id_).limit(page.limit + 1)
    found = list(db.session.scalars(ordered))
    shown = found[: page.limit]
    last = shown[-1] if len(found) > page.limit else None
    return shown, written((getattr(last, moment.key).isoformat(), last.id)) if last else ""


def next_address(cursor: str) -> str | None:
    if not cursor:
        return None
    given = {name: value for name, value in request.args.items() if name != "cursor"}
    values = (request.view_args or {}) | given | {"cursor": cursor}
    return url_for(request.endpoint or "", **values, _external=True)


def linked(response: Response, cursor: str) -> Response:
    """With the header by which programs follow lists (RFC 8288)."""
    if cursor:
        response.headers["Link"] = f'<{next_address(cursor)}>; rel="next"'
    return response
