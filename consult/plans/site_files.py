"""All sites of a version as files, with the field names of planning.data.gov.uk: GeoJSON and GeoPackage."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response, abort, request

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.areas.pages import body_only, geojson
from consult.plans.ground import area_now
from consult.plans.models import PlanVersion, latest_version
from consult.plans.pages import pages
from consult.plans.sites import Site
from consult.spaces.models import Space, standing
from geodata import writing


@pages.get("/<space:space>/plan/sites.geojson")
@needs(Act.LOOK)
def sites_geojson() -> Response:
    version = written_version()
    answer = attached(geojson(as_geojson(version)), "sites.geojson")
    audit.note_download("plan sites, GeoJSON", me(), version=version.number)
    return answer


@pages.get("/<space:space>/plan/sites.gpkg")
@needs(Act.LOOK)
def sites_geopackage() -> Response:
    version = written_version()
    answer = attached(
        Response(as_geopackage(version), mimetype="application/geopackage+sqlite3"), "sites.gpkg"
    )
    audit.note_download("plan sites, GeoPackage", me(), version=version.number)
    return answer


@pages.get("/<space:space>/plan/site-neighbours.geojson")
@needs(Act.LOOK)
def site_neighbours() -> Response:
    """The area and the other sites, to draw along; `?but=` names the one that is drawn."""
    body_only()
    version, area = latest_version(), area_now()
    others = [
        site for site in (version.sites if version else []) if site.reference != request.args.get("but")
    ]
    features: list[Any] = [(site.geometry, {"name": site.title}) for site in others]
    edge = [(area, {"name": "the neighbourhood area"})] if area is not None else []
    return geojson(writing.geojson(edge + features))


def written_version() -> PlanVersion:
    """The newest version, where it has sites."""
    body_only()
    version = latest_version()
    return version if version and version.sites else abort(404)


def attached(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def as_geojson(version: PlanVersion) -> bytes:
    """For everyone, once the version is shown to everyone."""
    space = standing()
    return writing.geojson((site.geometry, properties(site, version, space)) for site in version.sites)


def as_geopackage(version: PlanVersion) -> bytes:
    space = standing()
    rows = [properties(site, version, space) | {"geometry": site.geometry} for site in version.sites]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sites.gpkg"
        writing.geopackage(path, [("sites", rows)])
        return path.read_bytes()


def properties(site: Site, version: PlanVersion, space: Space) -> dict[str, Any]:
    """What everyone may know of a site; of its owners there is nothing here."""
    return {
        "reference": site.reference,
        "name": site.name,
        "kind": site.kind,
        "organisation": space.name,
        "plan": version.title,
        "plan-version": version.number,
        "hectares": round(site.hectares, 4),
        "notes": site.notes,
        "entry-date": clock.uk(site.at).date().isoformat(),
    }
