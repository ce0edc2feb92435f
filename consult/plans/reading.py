"""The plan as everyone reads it: one version, whole, on one page, once people are asked about it."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Response, abort, g, render_template, request, url_for
from shapely.geometry.base import BaseGeometry

from consult.access import Act, public
from consult.areas import maps, register
from consult.areas.pages import body_only
from consult.database import db
from consult.plans import plan_maps, seen, site_maps
from consult.plans.files import download
from consult.plans.ground import area_now
from consult.plans.models import Document, PlanVersion
from consult.plans.pages import pages
from consult.spaces import doors
from consult.tenancy import here
from consult.web.languages import speaks

AN_HOUR_IN_SECONDS = 3600


@dataclass(frozen=True)
class Gone:
    """Something that a version no longer has, and the last version that had it."""

    key: str
    name: str
    number: int


@pages.get("/<space:space>/plan/read")
@public
@speaks
def read_newest() -> str:
    """The newest that may be seen: an address with an anchor in it leads to the same thing in every version."""
    body_only()
    versions = seen.visible()
    return page_of(versions[-1], versions) if versions else abort(404)


@pages.get("/<space:space>/plan/read/<int:number>")
@public
@speaks
def read(number: int) -> str:
    version = seen.find(number)
    return page_of(version, seen.visible(version.plan))


@pages.get("/<space:space>/plan/read/<int:number>/map.svg")
@public
def read_map(number: int) -> Response:
    """The picture of the map; a browser that has it already is told so before it is drawn again."""
    version = seen.find(number)
    area = area_shown(version)
    response = Response(mimetype="image/svg+xml")
    seed = (version.id, version.frozen, maps.base_stamp(site_maps.district()), area.wkb if area else b"")
    response.set_etag(sha256(repr(seed).encode()).hexdigest()[:32])
    if version.frozen:
        response.cache_control.max_age = AN_HOUR_IN_SECONDS
        response.make_conditional(request)
    if response.status_code == 200:
        response.set_data(plan_maps.drawn(version, area))
    return response


@pages.get("/<space:space>/plan/downloads/<uuid:document_id>")
@public
def read_document(document_id: UUID) -> Response:
    document = db.session.get(Document, (here(), document_id)) or abort(404)
    version = db.session.get(PlanVersion, (here(), document.version_id)) or abort(404)
    seen.find(version.number)
    return download(document)


def page_of(version: PlanVersion, versions: list[PlanVersion]) -> str:
    return render_template(
        "plans/read.html",
        version=version,
        versions=versions,
        preview=not seen.may_be_seen(version),
        newest=version is versions[-1],
        gone=gone_from(version, versions),
        **places_of(version),
    )


def places_of(version: PlanVersion) -> dict[str, Any]:
    """The map of the policies and sites, where there is land to show."""
    area = area_shown(version)
    if not version.sites:
        return {"map": None, "area": area}
    address = url_for("plans.read_map", number=version.number)
    policies = plan_maps.policies_by_site(version)
    return {"map": plan_maps.light_map(version, area, address), "area": area, "policies_of": policies}


def area_shown(version: PlanVersion) -> BaseGeometry | None:
    """As the register has it; before that, what its members are drawing, for them alone. An authority shows what came
    with the plan."""
    if g.space.is_authority:
        return seen.ground_of(version)
    entry = register.entry_of(g.space.id)
    if entry is not None:
        return entry.geometry
    return area_now() if doors.may(Act.LOOK) else None


def gone_from(version: PlanVersion, versions: list[PlanVersion]) -> list[Gone]:
    """What earlier versions had and this one has not, so that an old link finds out."""
    has = {key for key, _ in things_of(version)}
    found: dict[str, Gone] = {}
    for earlier in versions:
        if earlier.number < version.number:
            for key, name in things_of(earlier):
                if key not in has:
                    found[key] = Gone(key, name, earlier.number)
    return list(found.values())


def things_of(version: PlanVersion) -> list[tuple[str, str]]:
    """Each section and policy: its key, and what it is called."""
    sections = [(section.key, section.title) for section in version.sections]
    return sections + [(policy.key, policy.name) for policy in version.policies]
