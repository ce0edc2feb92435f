"""TEMPORARY until geodata.reading.read is merged."""

from dataclasses import dataclass, field
from typing import Any

from geodata import reading as geo


@dataclass(frozen=True)
class LayerFound:
    name: str
    features: int


@dataclass(frozen=True)
class Reading:
    crs: str
    features: list[geo.Feature]
    format: str = "GeoJSON"
    layer: str = ""
    layers: tuple[LayerFound, ...] = ()
    said: tuple[str, ...] = field(default=())


def read(data: bytes, layer: str | None = None, **_: Any) -> Reading:
    found = geo.read_geojson(data, max_bytes=10_000_000, max_vertices=20_000)
    return Reading(found.crs, found.features, layers=(LayerFound("", len(found.features)),))
