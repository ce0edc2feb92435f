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


def the_map(entry: RegisterEntry | None, version: AreaVersion | None) -> dict[str, Any] | None:
    seen = []
    if version is not None and (entry is None or version.outline != entry.outline):
        seen.append(Seen(version.geometry, "draft", gettext("Outline saved last"), g.space.name))
    if entry is not None:
        seen.append(Seen(entry.geometry, "area", gettext("The neighbourhood area"), entry.name))
    if not seen:
        return None
    extent = maps.extent_of([thing.geometry for thing in seen], None)
    around = register.around(extent.buffer(WIDER_M), apart_from=g.space.id)
    others = maps.neighbours(around, gettext("Areas around it"))
    return maps.on_map(extent, [*others, *seen], caption=gettext("The neighbourhood area"), ground=g.space)
