"""What lies round a shape, and the places and sizes that a finding about it speaks of. EPSG:27700 metres."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.findings import Finding, Place
from geodata.register import Clash
from geodata.wkb import is_valid


@dataclass(frozen=True)
class Around:
    """An area beside the one that is looked at: what it is called, and its outline in EPSG:27700."""

    name: str
    geometry: BaseGeometry


def usable(shape: BaseGeometry | None, others: Sequence[Around]) -> list[Around]:
    return [other for other in others if is_valid(other.geometry)] if is_valid(shape) else []


def too_intricate(beside: str) -> Finding:
    """What is found where outlines cross too often to be laid over one another (`geodata.woven`)."""
    return Finding(
        "too complex",
        "error",
        f"The outline is too intricate to compare with {beside}.",
        None,
        "Simplify it in the program that drew it, then upload it again.",
    )


def widest(clash: Clash) -> Place:
    """A place inside the widest part of what is shared."""
    parts = shapely.get_parts(clash.geometry)
    return point(parts[int(np.argmax(shapely.area(parts) / shapely.length(parts)))])


def point(area: BaseGeometry) -> Place:
    inside = shapely.point_on_surface(area)
    return (round(float(inside.x), 1), round(float(inside.y), 1))


def where(at: Place) -> str:
    return f"at easting {at[0]:.0f}, northing {at[1]:.0f}"


def size(m2: float) -> str:
    if m2 >= 10_000:
        return f"{m2 / 10_000:,.1f} hectares"
    return f"{m2:,.0f} m²" if m2 >= 10 else f"{m2:,.1f} m²" if m2 >= 0.1 else "less than 0.1 m²"


def width(metres: float) -> str:
    return (
        f"{metres:,.0f} m" if metres >= 10 else f"{metres:.1f} m" if metres >= 1 else f"{metres * 100:.0f} cm"
    )


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
