"""National Grid references such as “ST 748 648”: two letters for a square of 100 km, then figures east and north.

The lettering is Ordnance Survey's: squares of 500 km by the first letter and of 100 km within it by the second, each
lettered A to Z without I from the north west.
"""

import re

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
FEWEST, MOST = 6, 10  # figures: to 100 m, 10 m and 1 m
FORM = re.compile(r"([A-HJ-Z])([A-HJ-Z])([0-9]*)")
SQUARE_M = 100_000
EAST_OF_GRID, NORTH_OF_GRID = 7 * SQUARE_M, 13 * SQUARE_M
# The false origin lies in square SV, which is 10 squares east and 5 north of the south-west corner of the lettering.
ORIGIN_EAST, ORIGIN_NORTH = 10, 5


class NotAReference(ValueError):
    """`str(error)` is one plain sentence."""


def point_of(text: str) -> tuple[float, float]:
    """The middle of the square that a reference names, in metres of EPSG:27700. Raises NotAReference."""
    match = FORM.fullmatch(re.sub(r"[\s.,-]+", "", text[:60]).upper())
    if match is None:
        raise NotAReference("A grid reference is two letters and then figures, such as ST 748 648.")
    first, second, figures = match.groups()
    if len(figures) % 2 or not FEWEST <= len(figures) <= MOST:
        raise NotAReference("A grid reference has 6, 8 or 10 figures after its letters, such as ST 748 648.")
    west, south = corner_of(first, second)
    half = len(figures) // 2
    step = SQUARE_M / 10**half
    easting = west + int(figures[:half]) * step + step / 2
    northing = south + int(figures[half:]) * step + step / 2
    return easting, northing


def corner_of(first: str, second: str) -> tuple[int, int]:
    """The south-west corner of a square of 100 km, in metres of EPSG:27700. Raises NotAReference off the grid."""
    big, small = LETTERS.index(first), LETTERS.index(second)
    east = big % 5 * 5 + small % 5 - ORIGIN_EAST
    north = (4 - big // 5) * 5 + (4 - small // 5) - ORIGIN_NORTH
    west, south = east * SQUARE_M, north * SQUARE_M
    if not (0 <= west < EAST_OF_GRID and 0 <= south < NORTH_OF_GRID):
        raise NotAReference(f"{first}{second} is no square of the National Grid: check the two letters.")
    return west, south
