"""An outline that cannot be kept as it is: what is wrong and where, the repair, and both as pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from consult.areas import maps
from consult.areas.maps import Seen
from consult.areas.outline.choosing import too_detailed
from geodata import boundary
from geodata.drawing import Layer
from geodata.findings import Finding

WIDE, HIGH = 520, 400


@dataclass(frozen=True)
class Mending:
    """What is wrong with a shape, and the repair, or why there is none."""

    shape: BaseGeometry
    errors: list[Finding]
    repair: boundary.Repair | None
    no_repair: str

    @classmethod
    def needed(cls, shape: BaseGeometry) -> "Mending | None":
        """None for an outline that can be kept."""
        errors = errors_in(shape)
        if not errors:
            return None
        if detail := too_detailed(shape):  # a repair has as many points
            return cls(shape, errors, None, detail[0].remedy)
        try:
            return cls(shape, errors, boundary.repair(shape), "")
        except (boundary.TooComplex, boundary.NotABoundary) as problem:
            return cls(shape, errors, None, str(problem))

    def pictures(self, marks: list[Seen]) -> dict[str, Any]:
        """As it came and repaired, with what was found marked in both. A crossed area cannot be filled: its line is."""
        lines = Seen(shapely.boundary(self.shape), "draft", "The outline as it came")
        drawn = {
            "before": picture(
                self.shape, [lines, *marks], "The outline as it came, with what is wrong marked"
            )
        }
        if self.repair:
            after = [Seen(self.repair.geometry, "draft", "The outline repaired"), *marks]
            drawn["after"] = picture(self.shape, after, "The outline after the repair")
        return drawn


def errors_in(shape: BaseGeometry) -> list[Finding]:
    """What keeps a shape from being saved."""
    found = [*too_detailed(shape), *boundary.check(shape)]
    return [finding for finding in found if finding.severity == "error"]


def picture(extent: BaseGeometry, seen: list[Seen], words: str, ground: Sequence[Layer] = ()) -> Any:
    layers = [*ground, *(thing.layer() for thing in seen)]
    return maps.picture(extent, layers, title=words, description=words, width=WIDE, height=HIGH)
