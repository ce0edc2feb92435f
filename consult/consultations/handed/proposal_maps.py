"""The map of what an authority publicises, as everyone sees it: a picture that browsers keep, and a file."""

from hashlib import sha256
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext
from shapely.geometry.base import BaseGeometry

from consult import clock
from consult.access import Act, public
from consult.areas import maps
from consult.areas.pages import geojson
from consult.consultations.pages import ONE, found, pages
from consult.consultations.showing import Shown
from consult.consultations.siting import AN_HOUR_IN_SECONDS
from consult.plans import site_maps
from consult.plans.site_files import attached
from consult.spaces import doors
from geodata import writing


def outline_of(shown: Shown) -> BaseGeometry | None:
    """The area of an application or a plan, while whoever looks may see it."""
    version = shown.consultation.area_version if shown.proposal else None
    return version.geometry if version else None


def outline_at(reference: str) -> tuple[Shown, BaseGeometry]:
    shown = Shown(found(reference), clock.now(), preview=doors.may(Act.LOOK))
    outline = outline_of(shown)
    return (shown, outline) if outline is not None else abort(404)


def caption(shown: Shown) -> str:
    return gettext("The area: %(name)s", name=shown.consultation.area_version.area.name)  # type: ignore[union-attr]


@pages.get(f"{ONE}/area.svg")
@public
def area_svg(reference: str) -> Response:
    """It never changes, but for the base map beneath it: a browser that has it is told so before it is drawn again."""
    shown, outline = outline_at(reference)
    response = Response(mimetype="image/svg+xml")
    seed = (shown.consultation.area_version_id, maps.base_stamp(site_maps.district()))
    response.set_etag(sha256(repr(seed).encode()).hexdigest()[:32])
    response.cache_control.max_age = AN_HOUR_IN_SECONDS
    response.make_conditional(request)
    if response.status_code == 200:
        response.set_data(site_maps.drawn((), outline, caption(shown)))
    return response


@pages.get(f"{ONE}/area.geojson")
@public
def area_geojson(reference: str) -> Response:
    shown, outline = outline_at(reference)
    words = {"name": shown.consultation.area_version.area.name}  # type: ignore[union-attr]
    return attached(geojson(writing.geojson([(outline, words)])), "area.geojson")


def map_of(shown: Shown) -> dict[str, Any] | None:
    outline = outline_of(shown)
    if outline is None:
        return None
    picture = url_for("consultations.area_svg", reference=shown.consultation.reference)
    return site_maps.light_map((), outline, caption(shown), picture)
