"""What an area takes of parishes that have a council. EPSG:27700 metres."""

from collections.abc import Collection, Sequence
from typing import Literal

from shapely.geometry.base import BaseGeometry

from geodata.around import Around, size, too_intricate, usable, where, widest
from geodata.findings import Finding
from geodata.register import Clash, clashes
from geodata.woven import TooComplex

Body = Literal["forum", "council"]


def on_parishes(
    shape: BaseGeometry | None,
    parishes: Sequence[Around],
    *,
    body: Body,
    own: str = "",
    consents: Collection[str] = (),
) -> list[Finding]:
    """What an area takes of parishes that have a council; `own` is the applying council's parish.

    A forum's area may contain no part of a parish council's area (Town and Country Planning Act 1990,
    sections 61F(4) and 61G(3)(b)). A council's area must contain some of its own parish (61G(3)(a)), and may
    contain some of another's once that council consents (61F(2)); `consents` are the names of those that
    have.
    """
    known = usable(shape, parishes)
    if shape is None or not known:
        return []
    try:
        shared = [(known[c.index].name, c) for c in clashes(shape, [each.geometry for each in known])]
    except TooComplex:
        return [too_intricate("the parishes round it")]
    others = [(name, clash) for name, clash in shared if body == "forum" or name != own]
    taken = [(name, clash) for name, clash in others if clash.kind == "overlap"]
    found: list[Finding] = []
    if body == "forum":
        found += [_in_a_parish(name, clash) for name, clash in taken]
    else:
        reached = {name for name, clash in shared if clash.kind == "overlap"}
        if own not in reached and any(each.name == own for each in known):
            found.append(_without_own(own))
        found += [_consent(name, clash) for name, clash in taken if name not in consents]
    return found + [_parish_sliver(name, clash) for name, clash in others if clash.kind == "sliver"]


def _in_a_parish(name: str, clash: Clash) -> Finding:
    at = widest(clash)
    return Finding(
        "contains part of a parish",
        "error",
        f"This area contains {size(clash.area_m2)} of the parish of {name}, {where(at)}: the area of a "
        "neighbourhood forum may contain no part of a parish council’s area (Town and Country Planning Act "
        "1990, section 61G(3)(b)).",
        at,
        f"Cut the area back to the edge of the parish, or ask {name}’s council to apply.",
    )


def _consent(name: str, clash: Clash) -> Finding:
    at = widest(clash)
    return Finding(
        "reaches into another parish",
        "warning",
        f"This area contains {size(clash.area_m2)} of the parish of {name}, {where(at)}: your council may "
        "act there only if that council consents (Town and Country Planning Act 1990, section 61F(2)).",
        at,
        f"Ask the council of {name} for its consent and record it, or cut the area back to the edge of the "
        "parish.",
    )


def _without_own(own: str) -> Finding:
    return Finding(
        "outside own parish",
        "error",
        f"This area contains no part of the parish of {own}: a parish council may apply only for an area "
        "that contains some of its own (Town and Country Planning Act 1990, section 61G(3)(a)).",
        None,
        "Check that the area is in the right place.",
    )


def _parish_sliver(name: str, clash: Clash) -> Finding:
    at = widest(clash)
    return Finding(
        "sliver",
        "notice",
        f"A strip less than 1 metre wide, {size(clash.area_m2)} in all, lies over the edge of the parish of "
        f"{name}, {where(at)}.",
        at,
        "Snap the edge to that of the parish.",
    )
