"""Which planning authorities an area lies in: each designates only within its own. EPSG:27700 metres."""

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.around import Around, listed, point, size, too_intricate, usable, where, widest
from geodata.findings import Finding
from geodata.register import OVERLAP_WIDTH_M, Clash, clashes
from geodata.widths import wider_than
from geodata.woven import TooComplex


def spanning(shape: BaseGeometry | None, authorities: Sequence[Around], own: str) -> list[Finding]:
    """Whether an area lies in one planning authority's area, in several, or outside that of `own`.

    Each authority designates only within its own area (Town and Country Planning Act 1990, section 61G(1)),
    so where an area spans two, both decide, within 20 weeks (Neighbourhood Planning (General) Regulations
    2012, regulation 6A(2)(a)).
    """
    known = usable(shape, authorities)
    if shape is None or not known:
        return []
    try:
        found = clashes(shape, [each.geometry for each in known])
    except TooComplex:
        return [too_intricate("the authorities that it lies in")]
    shared = [clash for clash in found if clash.kind == "overlap"]
    within = [known[clash.index].name for clash in shared]
    if own not in within and any(each.name == own for each in known):
        return [_outside_own(shape, own, within)]
    if len(within) > 1:
        return [_spans(own, [(known[clash.index].name, clash) for clash in shared])]
    return _beyond(shape, [known[clash.index] for clash in shared])


def _spans(own: str, shared: list[tuple[str, Clash]]) -> Finding:
    shared = sorted(shared, key=lambda one: one[0] != own)
    names, beyond = [name for name, _ in shared], shared[-1][1]
    return Finding(
        "spans authorities",
        "warning",
        f"This area spans {listed(names)}: {'both' if len(names) == 2 else 'all'} decide.",
        widest(beyond),
        f"Apply to {'both' if len(names) == 2 else 'each'}: they have 20 weeks from when the application "
        "is first publicised.",
    )


def _outside_own(shape: BaseGeometry, own: str, within: list[str]) -> Finding:
    elsewhere = f": it lies in {listed(within)}" if within else ""
    return Finding(
        "OSGB out of bounds of custom boundary",
        "error",
        f"This area lies wholly outside {own}{elsewhere}.",
        point(shape),
        "Check that the area is in the right place, or apply to the authority that it lies in.",
    )


def _beyond(shape: BaseGeometry, within: list[Around]) -> list[Finding]:
    """What lies outside every authority whose outline is known here."""
    if not within:
        return []
    outside = shapely.difference(shape, shapely.union_all([each.geometry for each in within]))
    wide = shapely.get_parts(outside)
    wide = wide[wider_than(OVERLAP_WIDTH_M, wide)]
    if not len(wide):
        return []
    at = point(max(wide, key=lambda part: float(part.area)))
    message = (
        f"{size(sum(part.area for part in wide))} of this area lies outside {within[0].name}, {where(at)}."
    )
    remedy = "Check the edge there. If it is right, the authority on the other side decides too."
    return [Finding("OSGB out of bounds of custom boundary", "warning", message, at, remedy)]
