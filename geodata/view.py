"""The window through which a map is seen: a rectangle of National Grid metres on a rectangle of pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.crs import Floats

CLOSEST_M_PER_PX = 0.05
FURTHEST_M_PER_PX = 2_000.0
SMALLEST_FIT_M = 100.0

# Left, top, right and bottom in pixels.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class View:
    """`bounds` is (west, south, east, north) in EPSG:27700 metres, on a picture `width_px` by `height_px`.

    Bounds of another shape than the picture are widened to fit it, about their centre; scale is the same both
    ways.
    """

    bounds: tuple[float, float, float, float]
    width_px: int = 800
    height_px: int = 600

    def __post_init__(self) -> None:
        west, south, east, north = (float(edge) for edge in self.bounds)
        if not (np.isfinite((west, south, east, north)).all() and self.width_px > 0 and self.height_px > 0):
            raise ValueError("A view needs four edges in metres and a size in pixels.")
        scale = max((east - west) / self.width_px, (north - south) / self.height_px)
        scale = min(max(scale, CLOSEST_M_PER_PX), FURTHEST_M_PER_PX)
        half_width, half_height = scale * self.width_px / 2, scale * self.height_px / 2
        middle_e, middle_n = (west + east) / 2, (south + north) / 2
        edges = (middle_e - half_width, middle_n - half_height, middle_e + half_width, middle_n + half_height)
        object.__setattr__(self, "bounds", edges)

    @classmethod
    def fit(
        cls, geometry: BaseGeometry, width_px: int = 800, height_px: int = 600, padding: float = 0.08
    ) -> View:
        """The closest view of all of a geometry, with `padding`, a share of the picture, free on each side."""
        west, south, east, north = geometry.bounds
        across = max(east - west, SMALLEST_FIT_M) / (1 - 2 * padding)
        up = max(north - south, SMALLEST_FIT_M) / (1 - 2 * padding)
        middle_e, middle_n = (west + east) / 2, (south + north) / 2
        bounds = (middle_e - across / 2, middle_n - up / 2, middle_e + across / 2, middle_n + up / 2)
        return cls(bounds, width_px, height_px)

    @property
    def metres_per_px(self) -> float:
        return (self.bounds[2] - self.bounds[0]) / self.width_px

    def to_px(self, easting: float, northing: float) -> tuple[float, float]:
        """Grid metres -> pixels right and down from the top left corner."""
        scale = self.metres_per_px
        return (easting - self.bounds[0]) / scale, (self.bounds[3] - northing) / scale

    def to_grid(self, px: float, py: float) -> tuple[float, float]:
        """Pixels right and down from the top left corner -> grid metres (easting, northing)."""
        scale = self.metres_per_px
        return self.bounds[0] + px * scale, self.bounds[3] - py * scale

    def pixels(self, points: Floats) -> Floats:
        """Grid metres, shape (n, 2) -> pixels, shape (n, 2), to one decimal."""
        west, _, _, north = self.bounds
        return ((points - (west, north)) / (self.metres_per_px, -self.metres_per_px)).round(1) + 0.0

    def zoomed(self, factor: float) -> View:
        """The same centre, `factor` times as close (2 is nearer, 0.5 further)."""
        west, south, east, north = self.bounds
        half_width, half_height = (east - west) / 2 / factor, (north - south) / 2 / factor
        middle_e, middle_n = (west + east) / 2, (south + north) / 2
        edges = (middle_e - half_width, middle_n - half_height, middle_e + half_width, middle_n + half_height)
        return replace(self, bounds=edges)

    def panned(self, dx: float, dy: float) -> View:
        """The view moved by shares of its own size: dx > 0 looks further east, dy > 0 further north."""
        west, south, east, north = self.bounds
        east_by, north_by = dx * (east - west), dy * (north - south)
        return replace(self, bounds=(west + east_by, south + north_by, east + east_by, north + north_by))

    def box(self, margin_px: float = 0.0) -> BaseGeometry:
        """The view as a polygon in EPSG:27700, grown by `margin_px` pixels on each side."""
        west, south, east, north = self.bounds
        by = margin_px * self.metres_per_px
        return shapely.box(west - by, south - by, east + by, north + by)
