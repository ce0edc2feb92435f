"""The pages of areas, which several modules add theirs to, and what these share."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, abort, g
from flask_babel import gettext

from consult.areas import maps, register
from consult.areas.maps import Seen
from consult.areas.models import AreaVersion, RegisterEntry
from consult.database import db

pages = Blueprint("areas", __name__)
MOST_NEIGHBOURS = 2_000
WIDER_M = 2_000


def body_only() -> None:
    """An authority has no area of its own."""
    if g.space.is_authority:
        abort(404)


def neighbours() -> list[RegisterEntry]:
    around = (
        sa.select(RegisterEntry)
        .where(RegisterEntry.left.is_(None), RegisterEntry.authority_id == g.space.authority_id)
        .where(RegisterEntry.space_id != g.space.id)
        .order_by(RegisterEntry.number)
        .limit(MOST_NEIGHBOURS)
    )
    return list(db.session.scalars(around))


def geojson(content: bytes) -> Response:
    return Response(content, mimetype="application/geo+json")


def the_map(
    entry: RegisterEntry | None, version: AreaVersion | None, around: list[RegisterEntry] | None = None
) -> dict[str, Any] | None:
    """The area on the register and the outline saved last, where that differs; None where there is neither. `around`
    are the areas near them, where the page has them already."""
    seen = []
    if version is not None and (entry is None or version.outline != entry.outline):
        seen.append(Seen(version.geometry, "draft", gettext("Outline saved last"), g.space.name))
    if entry is not None:
        seen.append(Seen(entry.geometry, "area", gettext("The neighbourhood area"), entry.name))
    if not seen:
        return None
    extent = maps.extent_of([thing.geometry for thing in seen], None)
    near = around_of(entry, version) if around is None else around
    seen = [*maps.neighbours(near, gettext("Areas around it")), *seen]
    drawn = maps.on_map(extent, seen, caption=gettext("The neighbourhood area"), ground=g.space)
    return maps.with_key(drawn, seen)


def around_of(entry: RegisterEntry | None, version: AreaVersion | None) -> list[RegisterEntry]:
    """The other areas near what the map shows."""
    shapes = [shown.geometry for shown in (entry, version) if shown is not None]
    if not shapes:
        return []
    return register.around(maps.extent_of(shapes, None).buffer(WIDER_M), apart_from=g.space.id)
