"""A shape beside what lies round it: the register, the planning authorities, the parishes. EPSG:27700 metres.

What is shared counts where it is more than 1 m wide, as on the register (`geodata.register`). A shape that is
not a valid area has findings of its own (`boundary.check`), and none here.
"""

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geodata import strips
from geodata.around import Around, point, size, too_intricate, usable, where, widest, width
from geodata.authorities import spanning
from geodata.findings import Finding
from geodata.parishes import on_parishes
from geodata.register import Clash, clashes
from geodata.woven import TooComplex

__all__ = ["Around", "beside_register", "on_parishes", "spanning"]

GAP_WIDTH_M = 5.0
# Neighbours whose corners were rounded to a centimetre leave hairs that nobody can see on any map.
GAP_NARROWEST_M = 0.02
GAP_SHORTEST_M = 10.0
# planning.data.gov.uk calls two outlines duplicates when each covers more than this much of the other.
DUPLICATE_SHARE = 0.95


def beside_register(shape: BaseGeometry | None, entries: Sequence[Around]) -> list[Finding]:
    """What is wrong between a shape and other areas: overlaps, duplicates, slivers, gaps, in that order."""
    others = usable(shape, entries)
    if shape is None or not others:
        return []
    try:
        shared = clashes(shape, [other.geometry for other in others])
    except TooComplex:
        return [too_intricate("the areas round it")]
    found = [_overlap(others[clash.index].name, clash) for clash in shared if clash.kind == "overlap"]
    found += [same for clash in shared for same in _duplicate(shape, others[clash.index], clash)]
    found += [_sliver(others[clash.index].name, clash) for clash in shared if clash.kind == "sliver"]
    return found + _gaps(shape, others)


def _overlap(name: str, clash: Clash) -> Finding:
    at = widest(clash)
    return Finding(
        "overlap",
        "error",
        f"This area overlaps “{name}” by {size(clash.area_m2)}, up to {width(clash.width_m)} wide, "
        f"{where(at)}.",
        at,
        f"Cut the area back to the edge of “{name}”, or apply all the same: the authority then settles "
        "which of the two has the land.",
    )


def _sliver(name: str, clash: Clash) -> Finding:
    at = widest(clash)
    return Finding(
        "sliver",
        "warning",
        f"This area and “{name}” share a strip less than 1 metre wide, {size(clash.area_m2)} in all, "
        f"{where(at)}.",
        at,
        f"Snap the edge to that of “{name}”.",
    )


def _duplicate(shape: BaseGeometry, other: Around, clash: Clash) -> list[Finding]:
    mine, theirs = clash.area_m2 / shape.area, clash.area_m2 / other.geometry.area
    if max(mine, theirs) <= DUPLICATE_SHARE:
        return []
    if min(mine, theirs) > DUPLICATE_SHARE:
        message = f"This is nearly the same outline as “{other.name}” (complete match)."
    elif mine > theirs:
        message = f"“{other.name}” contains nearly the whole of this area (single match)."
    else:
        message = f"This area contains nearly the whole of “{other.name}” (single match)."
    remedy = f"Check that this is not the outline of “{other.name}” a second time."
    return [Finding("duplicate geometry", "warning", message, widest(clash), remedy)]


def _gaps(shape: BaseGeometry, others: list[Around]) -> list[Finding]:
    near = [other for other in others if shapely.dwithin(shape, other.geometry, GAP_WIDTH_M)]
    found = []
    for other in near:
        taken = [each.geometry for each in near if each is not other]
        try:
            between = strips.between(shape, other.geometry, GAP_WIDTH_M, taken, GAP_NARROWEST_M)
        except TooComplex:
            found.append(_not_looked_for(other.name))
            continue
        gaps = [strip for strip in between if strip.length_m >= GAP_SHORTEST_M]
        if gaps:
            found.append(_gap(other.name, gaps))
    return found


def _not_looked_for(name: str) -> Finding:
    return Finding(
        "too complex",
        "notice",
        f"Whether a gap lies between this area and “{name}” was not looked at: the edges are too intricate there.",
        None,
        "Simplify the outline in the program that drew it, if it has more points than it needs.",
    )


def _gap(name: str, gaps: list[strips.Strip]) -> Finding:
    at = point(gaps[0].geometry)
    covered, length = sum(gap.area_m2 for gap in gaps), sum(gap.length_m for gap in gaps)
    return Finding(
        "gap",
        "notice",
        f"A strip about {width(covered / length)} wide lies between this area and “{name}” and is in neither, "
        f"{size(covered)} in all, {where(at)}.",
        at,
        f"Draw the edge out to that of “{name}”, unless the strip is left out on purpose.",
    )
