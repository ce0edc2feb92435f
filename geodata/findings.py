"""What is wrong with a shape, where, and what to do, for a person who draws a map once a year."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "notice"]
Place = tuple[float, float]


class Unreadable(ValueError):
    """The file or text cannot be read as the shape we asked for. `str(error)` is one plain sentence."""


@dataclass(frozen=True)
class Finding:
    """One thing found in a shape.

    `code` is planning.data.gov.uk's name for the issue where it has one. `at` is where, as easting and
    northing in metres (EPSG:27700), or None when it is about the whole shape. An "error" must be mended
    before the shape can be used; a "warning" should be looked at; a "notice" is for information.
    """

    code: str
    severity: Severity
    message: str
    at: Place | None
    remedy: str

    def as_dict(self) -> dict[str, object]:
        """The finding in the shape that `flask geodata check --json` prints."""
        at = list(self.at) if self.at else None
        return {"code": self.code, "severity": self.severity, "message": self.message, "at": at}


# Keyed by the reasons that GEOS gives (its operation/valid/TopologyValidationError), each with what to do.
REASONS: dict[str, tuple[str, str]] = {
    "Self-intersection": (
        "The outline crosses itself",
        "Move the points either side of the crossing until the lines no longer cross, or accept the repair.",
    ),
    "Ring Self-intersection": (
        "The outline comes back and touches itself",
        "Move the point that touches, or draw the part beyond it as a hole or a separate part.",
    ),
    "Hole lies outside shell": (
        "A hole is outside the area that it should be cut from",
        "Move the hole inside the area, or delete it.",
    ),
    "Holes are nested": (
        "One hole lies inside another hole",
        "Delete the inner hole, or make it a part of the area in its own right.",
    ),
    "Interior is disconnected": (
        "Holes cut the area into pieces that no longer join",
        "Move the holes apart, or draw each piece as a separate part.",
    ),
    "Nested shells": (
        "One part of the area lies inside another part",
        "Delete the inner part, or make it a hole.",
    ),
    "Duplicate Rings": (
        "The same outline is in the shape twice",
        "Delete one of the two copies.",
    ),
    "Too few points in geometry component": (
        "Part of the outline has fewer than three different points, so it encloses nothing",
        "Add points to that part, or delete it.",
    ),
    "Invalid Coordinate": (
        "A point has a coordinate that is not a place on any map",
        "Delete that point and draw it again.",
    ),
    "Ring is not closed": (
        "The outline does not end where it begins",
        "Join the last point to the first.",
    ),
}

UNEXPLAINED = (
    "The outline does not make a proper area",
    "Draw the outline again, or accept the repair.",
)


def explain(reason: str) -> tuple[str, str]:
    """GEOS's reason for calling a shape invalid -> (what is wrong, what to do), in plain words."""
    return REASONS.get(reason, UNEXPLAINED)
