"""The area of a space as everyone sees it, and what its maps are made of."""

import gzip
from importlib import import_module
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, abort, g, render_template, request
from flask_babel import gettext

from consult.access import Act, public
from consult.areas import maps, register
from consult.areas.maps import Seen
from consult.areas.models import AreaVersion, RegisterEntry, latest_version
from consult.database import db
from consult.spaces import doors

pages = Blueprint("areas", __name__)
MORE_PAGES = ("drafting", "applying", "deciding", "register_pages", "panels")
AN_HOUR = 3600
MOST_NEIGHBOURS = 2_000
WIDER_M = 2_000


@pages.get("/<space:space>/base-map.geojson")
@public
def base_geojson() -> Response:
    """The district's base map; a browser that has it already is told so."""
    authority_id = g.space.authority_id or g.space.id
    stamp = maps.base_stamp(authority_id)
    response = Response(mimetype="application/geo+json")
    response.set_etag(f"{authority_id.hex}-{stamp.timestamp()}" if stamp else "none")
    response.cache_control.public = True
    response.cache_control.max_age = AN_HOUR
    response.make_conditional(request)
    response.vary.add("Accept-Encoding")
    if response.status_code == 200:
        squeezed = maps.squeezed_base(authority_id, stamp)
        if request.accept_encodings["gzip"]:
            response.content_encoding = "gzip"
        response.set_data(squeezed if response.content_encoding else gzip.decompress(squeezed))
    return response


@pages.get("/<space:space>/area")
@public
def show() -> str:
    """The area on the register; to members also what is drafted and applied for."""
    body_only()
    entry = register.entry_of(g.space.id)
    member = doors.may(Act.LOOK)
    version, application = (latest_version(), register.application_now()) if member else (None, None)
    return render_template(
        "areas/show.html",
        entry=entry,
        version=version,
        application=application,
        changed=version is not None and (entry is None or version.outline != entry.outline),
        map=the_map(entry, version),
    )


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


@pages.get("/<space:space>/area.geojson")
@public
def outline_geojson() -> Response:
    """The area on the register; nothing that is only drafted."""
    body_only()
    entry = register.entry_of(g.space.id)
    return geojson(maps.as_geojson([entry] if entry else []))


@pages.get("/<space:space>/area/neighbours.geojson")
@public
def neighbours_geojson() -> Response:
    """The other areas on the register of this district, to draw along."""
    body_only()
    return geojson(maps.as_geojson(neighbours()))


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


def body_only() -> None:
    """An authority has no area of its own."""
    if g.space.is_authority:
        abort(404)


def init_app(app: Flask) -> None:
    for name in MORE_PAGES:
        import_module(f"consult.areas.{name}")
    app.register_blueprint(pages)
