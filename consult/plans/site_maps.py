"""The sites on a map: a layer and a line of the key for each kind, over the neighbourhood area."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import numpy as np
import shapely
from flask import current_app, g, url_for
from flask_babel import gettext
from markupsafe import Markup
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from consult.areas import maps
from consult.areas.maps import Seen
from consult.plans.mending import Mending
from consult.plans.site_words import MANY
from consult.plans.sites import KINDS, Site
from consult.spaces.models import standing
from geodata import svg
from geodata.drawing import Layer, Shape

STYLES: Final = {
    "housing allocation": "site",
    "local green space": "place",
    "heritage": "draft",
    "other": "neighbour",
}
AROUND_M = 60


@dataclass(frozen=True)
class OfAKind(Seen):
    """Sites of one kind, each with its reference on it; `geometry` is all of them together."""

    sites: tuple[Site, ...] = ()
    linked: bool = False  # choosing a site on the moving map leads to its page

    def layer(self) -> Layer:
        return Layer([Shape(s.geometry, s.reference, s.title) for s in self.sites], self.style, self.key)

    def for_browser(self, finest_m: float) -> dict[str, Any]:
        whole = np.array([site.geometry for site in self.sites], dtype=np.object_)
        plainer = svg.plainer(whole, finest_m)
        plainer = np.where(shapely.is_empty(plainer), whole, plainer)
        features = [
            {"type": "Feature", "properties": self.about(site), "geometry": maps.in_degrees(Shape(shape))}
            for site, shape in zip(self.sites, plainer, strict=True)
        ]
        data = {"type": "FeatureCollection", "features": features}
        return {"data": data, "style": self.style, "name": self.key}

    def about(self, site: Site) -> dict[str, str]:
        link = {"href": url_for("plans.site", reference=site.reference)} if self.linked else {}
        return {"name": site.title, **link}


def by_kind(sites: Sequence[Site], linked: bool = False) -> list[OfAKind]:
    groups = [(kind, tuple(site for site in sites if site.kind == kind)) for kind in KINDS]
    return [of_a_kind(kind, some, linked) for kind, some in groups if some]


def of_a_kind(kind: str, some: tuple[Site, ...], linked: bool) -> OfAKind:
    together = shapely.GeometryCollection([site.geometry for site in some])
    return OfAKind(together, STYLES[kind], str(MANY[kind]), sites=some, linked=linked)


def legend(sites: Sequence[Site], area: BaseGeometry | None = None) -> list[dict[str, str]]:
    """The key beneath the map, as `map_figure` takes it."""
    of_area = [{"style": "area", "text": gettext("The neighbourhood area")}] if area is not None else []
    return of_area + [{"style": group.style, "text": group.key} for group in by_kind(sites)]


def the_area(area: BaseGeometry | None) -> list[Seen]:
    return [Seen(area, "area", gettext("The neighbourhood area"))] if area is not None else []


def extent_of(area: BaseGeometry | None, sites: Sequence[Site]) -> BaseGeometry:
    shapes = [area] if area is not None else [site.geometry for site in sites]
    return maps.extent_of(shapes, standing().authority_id)


def the_map(
    sites: Sequence[Site],
    area: BaseGeometry | None,
    caption: str,
    extent: BaseGeometry | None = None,
    linked: bool = False,
) -> dict[str, Any]:
    """The sites over the area, for `map_figure`; `extent` is what it shows, where that is not all."""
    seen = [*the_area(area), *by_kind(sites, linked)]
    shown = maps.on_map(extent or extent_of(area, sites), seen, caption=caption, ground=g.space)
    return shown | {"legend": legend(sites, area)}


def drawn(
    sites: Sequence[Site],
    area: BaseGeometry | None,
    caption: str,
    groups: Sequence[OfAKind] | None = None,
) -> str:
    """The same as one SVG, a file of its own; `groups` are the sites as they are shown, where that says more."""
    shown = by_kind(sites) if groups is None else groups
    layers = [*maps.base_layers(district()), *(thing.layer() for thing in [*the_area(area), *shown])]
    return str(maps.picture(extent_of(area, sites), layers, title=caption, description=caption))


def light_map(
    sites: Sequence[Site],
    area: BaseGeometry | None,
    caption: str,
    picture_address: str,
    groups: Sequence[OfAKind] | None = None,
) -> dict[str, Any]:
    """The map of a page that many people open: its picture is fetched by itself, and kept by their browsers."""
    seen = [*the_area(area), *(by_kind(sites) if groups is None else groups)]
    extent = extent_of(area, sites)
    settings = current_app.config["SETTINGS"]
    tiles = {"url": settings.basemap_url, "attribution": settings.basemap_attribution}
    words = {"src": picture_address, "alt": caption, "width": maps.WIDE, "height": maps.HIGH}
    return {
        "drawing": Markup(
            '<img src="{src}" alt="{alt}" width="{width}" height="{height}" loading="lazy">'
        ).format(**words),
        "caption": caption,
        "bounds": maps.bounds_of(extent),
        "layers": [thing.for_browser(maps.finest_of(extent)) for thing in seen],
        "basemap": url_for("areas.base_geojson", space=g.space) if maps.base_stamp(district()) else "",
        "tiles": tiles if settings.basemap_url else None,
        "legend": legend(sites, area),
    }


def district() -> UUID:
    """Whose base map lies beneath."""
    space = standing()
    return space.authority_id or space.id


def map_of(site: Site, others: Sequence[Site], area: BaseGeometry | None) -> dict[str, Any]:
    """One site, close by, with those around it."""
    extent = shapely.box(*site.geometry.bounds).buffer(max(AROUND_M, site.geometry.length / 8))
    near = [other for other in others if other is site or other.geometry.intersects(extent)]
    return the_map(
        near, area, gettext("%(site)s and the land around it", site=site.title), extent, linked=True
    )


def pictures(mending: Mending, ground_area: BaseGeometry, others: Sequence[Site]) -> dict[str, Markup]:
    """The outline before and after the repair, with what is wrong marked by its number."""
    numbered = enumerate(mending.findings, 1)
    marks = [Seen(Point(f.at), "fault", "What is wrong", str(n)) for n, f in numbered if f.at]
    shared = [Seen(each.shared, "clash", "Where it may not lie") for each in mending.taken]
    around = [Seen(ground_area, "area", "The neighbourhood area"), *by_kind(others)]
    as_it_came = Seen(shapely.boundary(mending.shape), "draft", "The outline as it came")
    drawn = {"before": picture(mending, [*around, *shared, as_it_came, *marks], "The outline as it came")}
    if mending.repaired:
        after = Seen(mending.repaired, "draft", "The outline repaired")
        drawn["after"] = picture(mending, [*around, after], "The outline after the repair")
    return drawn


def picture(mending: Mending, seen: Sequence[Seen], words: str) -> Markup:
    extent = shapely.box(*mending.shape.bounds).buffer(AROUND_M)
    layers = [*maps.base_layers(district()), *(thing.layer() for thing in seen)]
    return maps.picture(extent, layers, title=words, description=words, width=520, height=400)
