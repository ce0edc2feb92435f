"""What the demo's atlas holds. Coordinates are British National Grid metres, snapped to 1 mm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shapely import LineString, MultiPolygon, Point, Polygon


@dataclass(frozen=True)
class Area:
    slug: str
    name: str
    kind: Literal["forum", "council"]
    body_name: str
    outline: Polygon


@dataclass(frozen=True)
class Parish:
    name: str
    outline: Polygon


@dataclass(frozen=True)
class Stream:
    name: str
    line: LineString


@dataclass(frozen=True)
class Road:
    name: str
    kind: Literal["major", "minor", "lane"]
    line: LineString


@dataclass(frozen=True)
class Green:
    name: str
    kind: str
    outline: Polygon


@dataclass(frozen=True)
class Label:
    text: str
    rank: int  # 1 the town, 2 villages, 3 quarters, 4 greens and water, 5 streets and farms
    at: Point


@dataclass(frozen=True)
class Postcode:
    code: str
    at: Point


@dataclass(frozen=True)
class Site:
    reference: str
    name: str
    kind: Literal["housing", "local green space"]
    outline: Polygon
    area_slug: str


@dataclass(frozen=True)
class District:
    """`areas` are the forums and the council, `parishes` all the rest; together they tile `outline`."""

    name: str
    authority_name: str
    outline: Polygon
    areas: tuple[Area, ...]
    parishes: tuple[Parish, ...]
    river: LineString
    streams: tuple[Stream, ...]
    water: MultiPolygon
    roads: tuple[Road, ...]
    rail: LineString
    station: Point
    greens: tuple[Green, ...]
    buildings: tuple[Polygon, ...]
    labels: tuple[Label, ...]
    postcodes: tuple[Postcode, ...]
    sites: tuple[Site, ...]

    def area(self, slug: str) -> Area:
        return next(area for area in self.areas if area.slug == slug)
