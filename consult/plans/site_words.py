"""A site in words, for whoever does not see the map: how large it is, where it lies, and what it borders."""

import math
from collections.abc import Sequence
from typing import Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from shapely.geometry.base import BaseGeometry

from consult.plans.sites import Site

ONE: Final = {
    "housing allocation": _l("Housing allocation"),
    "local green space": _l("Local green space"),
    "heritage": _l("Heritage"),
    "other": _l("Other site"),
}
MANY: Final = {
    "housing allocation": _l("Housing allocations"),
    "local green space": _l("Local green spaces"),
    "heritage": _l("Heritage"),
    "other": _l("Other sites"),
}
WINDS: Final = (
    _l("north"), _l("north-east"), _l("east"), _l("south-east"),
    _l("south"), _l("south-west"), _l("west"), _l("north-west"),
)  # fmt: skip
BORDERS_WITHIN_M = 1.0
IN_THE_MIDDLE_M = 100
SMALL_HECTARES = 0.1


def size(hectares: float) -> str:
    """“2.3 hectares”; a plot of less than a tenth of one in square metres."""
    if hectares < SMALL_HECTARES:
        return gettext("%(n)s m²", n=f"{hectares * 10_000:,.0f}")
    return gettext("%(n)s hectares", n=f"{hectares:,.1f}")


def away(metres: float) -> str:
    """A distance as people say it: to 10 metres, or from a kilometre on to a tenth of one."""
    if metres >= 995:
        return gettext("%(n)s km", n=f"{metres / 1000:.1f}")
    return gettext("%(n)s m", n=f"{max(10, round(metres, -1)):.0f}")


def wind(start: BaseGeometry, end: BaseGeometry) -> str:
    """Which way one looks from the middle of a shape to the middle of another, in eighths of the compass."""
    east, north = end.centroid.x - start.centroid.x, end.centroid.y - start.centroid.y
    return str(WINDS[round(math.degrees(math.atan2(east, north)) / 45) % 8])


def where(site: Site, area: BaseGeometry | None) -> str:
    """“2.3 hectares, 410 m south-west of the middle of the area”."""
    if area is None:
        return size(site.hectares)
    shape, words = site.geometry, size(site.hectares)
    metres = shape.centroid.distance(area.centroid)
    if metres < IN_THE_MIDDLE_M:
        return gettext("%(size)s, in the middle of the area", size=words)
    return gettext(
        "%(size)s, %(away)s %(wind)s of the middle of the area",
        size=words, away=away(metres), wind=wind(area, shape),
    )  # fmt: skip


def described(site: Site, area: BaseGeometry | None, others: Sequence[Site]) -> str:
    """Where it lies, and the sites that it borders or lies over; where there are none, the nearest."""
    return " ".join([f"{where(site, area)}.", *beside(site, [each for each in others if each is not site])])


def beside(site: Site, others: Sequence[Site]) -> list[str]:
    shape = site.geometry
    outlines = [(other.geometry, other.title) for other in others]
    over = [title for outline, title in outlines if outline.relate_pattern(shape, "T********")]
    borders = [title for outline, title in outlines if outline.distance(shape) <= BORDERS_WITHIN_M]
    told = []
    if over:
        told.append(gettext("It shares ground with %(sites)s.", sites=listed(over)))
    if set(borders) - set(over):
        touching = [title for title in borders if title not in over]
        told.append(gettext("It borders %(sites)s.", sites=listed(touching)))
    if outlines and not told:
        outline, title = min(outlines, key=lambda other: other[0].distance(shape))
        told.append(
            gettext(
                "The nearest other site is %(site)s, %(away)s to the %(wind)s.",
                site=title, away=away(outline.distance(shape)), wind=wind(shape, outline),
            )
        )  # fmt: skip
    return told


def listed(titles: Sequence[str]) -> str:
    """“A, B and C”."""
    if len(titles) < 2:
        return "".join(titles)
    return gettext("%(first)s and %(last)s", first=", ".join(titles[:-1]), last=titles[-1])


FOR_TEMPLATES: Final = {"one": ONE, "many": MANY, "size": size, "where": where}
