"""What is odd in an outline, valid or not: its corners, their number and how finely they are given.

EPSG:27700 metres. Every look takes a finite Polygon or MultiPolygon, and none raises.
"""

from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata import crs
from geodata.crs import Floats
from geodata.findings import Finding, Place

# The sharpest corner in 52 full-resolution parishes turns by 21 degrees, in 21 wards by 12.
SPIKE_DEGREES = 5.0
SPIKE_WIDTH_M = 1.0
SPIKE_LENGTH_M = 1.0
# Bath and North East Somerset has 8,166 at full resolution, 17 m apart.
MANY_POINTS = 10_000
# Fewer points than these can be round by chance.
FEWEST_POINTS = 6
STEPS_M = {100: "100 metres", 10: "10 metres", 1: "metre"}
# How far out a point may be that was rounded to so many decimals of a degree.
ROUNDED_DEGREES = {3: "70 metres", 4: "7 metres", 5: "70 centimetres"}
# A millimetre moves a coordinate with five decimals by less than a hundredth of its last one.
ROUNDED_SHARE = 0.02
LOOKED_AT = 2_000


def repeated(geometry: BaseGeometry) -> Iterator[Finding]:
    points, ring_of = _points(geometry)
    twice = np.flatnonzero((points[1:] == points[:-1]).all(axis=1) & (ring_of[1:] == ring_of[:-1]))
    if twice.size:
        message = (
            "A point is in the outline twice running."
            if twice.size == 1
            else f"{twice.size:,} points are in the outline twice running."
        )
        at = _place(points[twice[0]])
        yield Finding("duplicate points", "notice", message, at, "Nothing needs doing: the area is the same.")


def spikes(geometry: BaseGeometry) -> Iterator[Finding]:
    """Corners from which the outline goes back almost along the way it came."""
    corner, back, on = _corners(geometry)
    lengths = np.minimum(np.hypot(*back.T), np.hypot(*on.T))
    turns = np.abs(np.arctan2(back[:, 0] * on[:, 1] - back[:, 1] * on[:, 0], (back * on).sum(axis=1)))
    narrow = (turns < np.radians(SPIKE_DEGREES)) & (turns * lengths < SPIKE_WIDTH_M)
    found = np.flatnonzero(narrow & (lengths >= SPIKE_LENGTH_M))
    if found.size:
        longest = found[np.argmax(lengths[found])]
        at = _place(corner[longest])
        where = f"at easting {at[0]:.0f}, northing {at[1]:.0f}"
        more = (
            f", and at {found.size - 1:,} more place{'s' if found.size > 2 else ''}" if found.size > 1 else ""
        )
        message = (
            f"The outline runs {lengths[longest]:,.0f} m out to a point and straight back, {where}{more}."
        )
        remedy = "Delete the point at the tip if it was left over by mistake."
        yield Finding("spike", "warning", message, at, remedy)


def detailed(geometry: BaseGeometry) -> Iterator[Finding]:
    count = int(shapely.get_num_coordinates(geometry))
    if count > MANY_POINTS:
        message = (
            f"The outline has {count:,} points, more than a whole district has at full detail, and its maps "
            "will be slow."
        )
        remedy = "If a program made them, take out those that move the line by only a few centimetres."
        yield Finding("too many points", "notice", message, None, remedy)


def coarse(geometry: BaseGeometry) -> Iterator[Finding]:
    """Whether every point is on a round number, of metres or of degrees."""
    points = shapely.get_coordinates(geometry)
    if len(points) < FEWEST_POINTS:
        return
    remedy = "Use the original outline if you have it."
    for step, words in STEPS_M.items():
        if not (points % step).any():
            message = f"Every point is on a whole {words}, so the outline may be rounded."
            yield Finding("coarse coordinates", "notice", message, None, remedy)
            return
    decimals = _decimals(points[:LOOKED_AT])
    if decimals:
        message = (
            f"Every point has no more than {decimals} decimals of a degree, so it may be "
            f"{ROUNDED_DEGREES[decimals]} out."
        )
        yield Finding("coarse coordinates", "notice", message, None, remedy)


def _decimals(points: Floats) -> int:
    """To how many decimals of a degree the points were rounded before they came to the grid; 0 if not seen."""
    degrees = np.array([])
    with suppress(crs.OutsideGreatBritain):
        degrees = np.concatenate(crs.lonlat_points(points[:, 0], points[:, 1]))
    for decimals in ROUNDED_DEGREES if degrees.size else ():
        scaled = degrees * 10.0**decimals
        if (np.abs(scaled - np.round(scaled)) < ROUNDED_SHARE).all():
            return decimals
    return 0


def _points(geometry: BaseGeometry) -> tuple[Floats, Floats]:
    rings = shapely.get_rings(shapely.get_parts(geometry))
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    return points, ring_of


def _corners(geometry: BaseGeometry) -> tuple[Floats, Floats, Floats]:
    """Every corner, with the way back to the point before it and on to the one after, repeats left out."""
    points, ring_of = _points(geometry)
    fresh = np.ones(len(points), dtype=bool)
    fresh[1:] = (points[1:] != points[:-1]).any(axis=1) | (ring_of[1:] != ring_of[:-1])
    points, ring_of = points[fresh], ring_of[fresh]
    joined = ring_of[1:] == ring_of[:-1]
    steps = points[1:] - points[:-1]
    through = np.flatnonzero(joined[1:] & joined[:-1]) + 1
    firsts = np.flatnonzero(np.diff(ring_of, prepend=-1))
    lasts = np.flatnonzero(np.diff(ring_of, append=ring_of.max(initial=0) + 1))
    real = lasts > firsts
    firsts, lasts = firsts[real], lasts[real]
    corner = np.concatenate([points[through], points[firsts]])
    back = np.concatenate([-steps[through - 1], -steps[lasts - 1]])
    on = np.concatenate([steps[through], steps[firsts]])
    return corner, back, on


def _place(point: Floats) -> Place:
    return (float(point[0]), float(point[1]))
