"""Sites that the area leaves out, once it has shrunk: told where the area is looked at, since nobody who draws it is on
the page of a site."""

from collections.abc import Iterable, Sequence
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from consult.access import Act
from consult.areas.models import latest_version as latest_outline
from consult.plans.ground import Ground, area_now
from consult.plans.models import latest_version
from consult.plans.sites import Site
from consult.spaces import doors
from consult.spaces.home import Panel, panel
from geodata.wkb import as_multipolygon

TOO_COMPLEX: Final = "too complex"  # the code of a finding


@panel(order=10, page="area")
def sites_outside() -> Panel | None:
    """Those that are not inside the area, and those that would not be if the outline saved last were it."""
    version, area = latest_version(), area_now()
    if not doors.may(Act.LOOK) or version is None or area is None or not version.sites:
        return None
    drawn = latest_outline()
    out, unjudged = outside(version.sites, area)
    would, _ = outside(version.sites, drawn.geometry) if drawn is not None else ([], [])
    told = {"out": out, "unjudged": unjudged, "more": [site for site in would if site not in out]}
    return Panel("plans/_outside.html", {**told, "drawn": drawn}) if any(told.values()) else None


def outside(sites: Iterable[Site], area: BaseGeometry) -> tuple[Sequence[Site], Sequence[Site]]:
    """The sites that reach out of the area (EPSG:27700 metres) by more than a sliver, and those of which it cannot be
    told, since their outlines and the area's cross too often."""
    ground = as_multipolygon(area)
    shapely.prepare(ground)
    reaching = [site for site in sites if not shapely.covers(ground, site.geometry)]
    found = [(site, Ground(ground, site.kind).taken(site.geometry)) for site in reaching]
    unjudged = [site for site, taken in found if any(each.finding.code == TOO_COMPLEX for each in taken)]
    refused = [site for site, taken in found if any(each.refused for each in taken)]
    return [site for site in refused if site not in unjudged], unjudged
