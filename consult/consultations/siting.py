"""The sites of the plan that a consultation is about, as everyone sees them: on a map, in words and as a file."""

from hashlib import sha256
from typing import Any

from flask import Response, abort, request, url_for
from flask_babel import gettext
from shapely.geometry.base import BaseGeometry

from consult import clock
from consult.access import Act, public
from consult.areas import maps, register
from consult.areas.pages import geojson
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.consultations.showing import Shown
from consult.plans import site_maps
from consult.plans.ground import area_now
from consult.plans.models import PlanVersion
from consult.plans.site_files import as_geojson, attached
from consult.spaces import doors
from consult.tenancy import here

AN_HOUR_IN_SECONDS = 3600


@pages.get(f"{ONE}/sites.svg")
@public
def sites_svg(reference: str) -> Response:
    """The picture of the map; a browser that has it already is told so before it is drawn again."""
    consultation = found(reference)
    version = version_of(consultation)
    response = Response(mimetype="image/svg+xml")
    seed = (version.id, version.frozen, maps.base_stamp(site_maps.district()), consultation.area_version_id)
    response.set_etag(sha256(repr(seed).encode()).hexdigest()[:32])
    if version.frozen:
        response.cache_control.max_age = AN_HOUR_IN_SECONDS
        response.make_conditional(request)
    if response.status_code == 200:
        response.set_data(site_maps.drawn(version.sites, area_of(consultation), caption()))
    return response


@pages.get(f"{ONE}/sites.geojson")
@public
def sites_geojson(reference: str) -> Response:
    return attached(geojson(as_geojson(version_of(found(reference)))), "sites.geojson")


def version_of(consultation: Consultation) -> PlanVersion:
    """The plan as whoever asks may see it, where it has sites."""
    version = Shown(consultation, clock.now(), preview=doors.may(Act.LOOK)).version
    return version if version and version.sites else abort(404)


def area_of(consultation: Consultation) -> BaseGeometry | None:
    """As it was at the opening, or as the register has it; a draft only before the opening, which members see."""
    if consultation.area_version is not None:
        return consultation.area_version.geometry
    if consultation.opening is None:
        return area_now()
    entry = register.entry_of(here())
    return entry.geometry if entry else None


def caption() -> str:
    return gettext("The sites in the plan, and the neighbourhood area")


def sites_of(shown: Shown) -> dict[str, Any] | None:
    """What the page of a consultation shows of the sites; None where its plan has none."""
    version, consultation = shown.version, shown.consultation
    if version is None or not version.sites:
        return None
    area = area_of(consultation)
    picture = url_for("consultations.sites_svg", reference=consultation.reference, version=version.number)
    shown_map = site_maps.light_map(version.sites, area, caption(), picture)
    return {"all": version.sites, "area": area, "map": shown_map}
