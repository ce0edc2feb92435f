"""Every map of a district: its offline base map, pictures drawn by the server, and what the moving map is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import shapely
import sqlalchemy as sa
from flask import current_app, url_for
from markupsafe import Markup
from numpy.typing import NDArray
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from consult import clock
from consult.areas.models import BaseMapLayer, RegisterEntry
from consult.database import db
from consult.spaces.models import Space
from geodata import crs, svg, writing
from geodata.boundary import ENGLAND_M
from geodata.drawing import STYLES, Layer, Shape, View, draw

LOOKED_AT_DECIMALS = 6  # of a degree, 0.1 m: these maps are looked at, not measured
WIDE, HIGH = 800, 520
FINEST_M, FINEST_SHARE = 0.5, 8_000
_drawn: dict[UUID, tuple[datetime | None, list[Layer]]] = {}


@dataclass(frozen=True)
class Seen:
    """A shape on a map: `style` is a name of the palette, `key` what the key calls it, `text` what is written on it."""

    geometry: BaseGeometry
    style: str
    key: str = ""
    text: str = ""

    def layer(self) -> Layer:
        return Layer([Shape(self.geometry, self.text, self.text)], self.style, self.key)

    def for_browser(self, finest_m: float) -> dict[str, Any]:
        """As GeoJSON to look at: points that are closer to the line than `finest_m` are left out."""
        shape = Shape(svg.plainer(np.array([self.geometry], dtype=np.object_), finest_m)[0])
        feature = {"type": "Feature", "properties": {"name": self.text}, "geometry": in_degrees(shape)}
        return {"data": feature, "style": self.style, "name": self.text or self.key}


@dataclass(frozen=True)
class Several(Seen):
    """Shapes that are one layer of a map, each with its name; `geometry` holds them all."""

    named: tuple[Shape, ...] = ()

    @classmethod
    def of(cls, named: Iterable[tuple[BaseGeometry, str]], style: str, key: str) -> "Several":
        shapes = tuple(Shape(shape, name, name) for shape, name in named)
        whole = shapely.geometrycollections([shape.geometry for shape in shapes])
        return cls(whole, style, key, named=shapes)

    def layer(self) -> Layer:
        return Layer(self.named, self.style, self.key)

    def for_browser(self, finest_m: float) -> dict[str, Any]:
        """All moved to degrees at once: each move has a price of its own."""
        plain = svg.plainer(np.array([shape.geometry for shape in self.named], dtype=np.object_), finest_m)
        features = [
            {"type": "Feature", "properties": {"name": of.text}, "geometry": dict(mapping(shape))}
            for shape, of in zip(looked_at(plain), self.named, strict=True)
        ]
        data = {"type": "FeatureCollection", "features": features}
        return {"data": data, "style": self.style, "name": self.key}


def together(seen: Iterable[Seen]) -> list[Seen]:
    """One layer for all that look alike, in the order of the first of each: a district of fifty areas is drawn in half
    the time."""
    alike: dict[tuple[str, str], list[Seen]] = {}
    for one in seen:
        alike.setdefault((one.style, one.key), []).append(one)
    return [
        Several.of([(one.geometry, one.text) for one in some], style, key)
        for (style, key), some in alike.items()
    ]


# The base map.


def keep_base_map(authority_id: UUID, layers: Iterable[dict[str, Any]], attribution: str = "") -> None:
    """Keeps layers of {"name", "style", "features": [{"geometry", "label"}]}, lowest first, as the district's map."""
    for old in base_rows(authority_id):
        db.session.delete(old)
    db.session.flush()
    for position, layer in enumerate(layers):
        features = [
            {"wkb": shapely.to_wkb(f["geometry"], hex=True), "label": f["label"]} for f in layer["features"]
        ]
        words = {"name": layer["name"], "style": layer["style"], "attribution": attribution}
        row = BaseMapLayer(
            authority_id=authority_id, position=position, features=features, at=clock.now(), **words
        )
        db.session.add(row)


def base_rows(authority_id: UUID) -> list[BaseMapLayer]:
    rows = (
        sa.select(BaseMapLayer)
        .where(BaseMapLayer.authority_id == authority_id)
        .order_by(BaseMapLayer.position)
    )
    return list(db.session.scalars(rows))


def base_layers(authority_id: UUID) -> list[Layer]:
    """The district's base map, lowest layer first; read once, until it changes."""
    stamp = base_stamp(authority_id)
    kept = _drawn.get(authority_id)
    if kept is None or kept[0] != stamp:
        kept = _drawn[authority_id] = (
            stamp,
            [layer for row in base_rows(authority_id) if (layer := read(row))],
        )
    return kept[1]


def base_stamp(authority_id: UUID) -> datetime | None:
    """When the district's base map last changed; None where there is none."""
    latest = sa.select(BaseMapLayer.at).where(BaseMapLayer.authority_id == authority_id)
    return db.session.scalar(latest.order_by(BaseMapLayer.at.desc()).limit(1))


def read(row: BaseMapLayer) -> Layer | None:
    if row.style not in STYLES or not row.features:
        return None
    shapes = shapely.from_wkb(np.array([feature["wkb"] for feature in row.features], dtype=np.object_))
    pairs = zip(shapes, row.features, strict=True)
    return Layer([Shape(shape, feature["label"] or "") for shape, feature in pairs], row.style)


def in_degrees(shape: Shape) -> dict[str, Any]:
    return dict(mapping(looked_at(np.array([shape.geometry], dtype=np.object_))[0]))


def looked_at(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Shapes of EPSG:27700 in longitude and latitude, shape (n,)."""

    def rounded(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(crs.lonlat_points(*points.T)).round(LOOKED_AT_DECIMALS)

    return np.asarray(shapely.transform(shapes, rounded), dtype=np.object_)


# Pictures, and the map that moves in their place.


def picture(
    view_geometry: BaseGeometry,
    layers: Sequence[Layer],
    *,
    title: str,
    description: str,
    width: int = WIDE,
    height: int = HIGH,
) -> Markup:
    """The layers as an SVG that shows all of `view_geometry`."""
    view = View.fit(view_geometry, width, height)
    return Markup(draw(view, layers, title=title, description=description))  # noqa: S704 - svg.text escapes the words


def bounds_of(extent: BaseGeometry) -> list[float]:
    """West, south, east and north in degrees."""
    west, south, east, north = extent.bounds
    lons, lats = crs.lonlat_points([west, east], [south, north])
    return [round(float(edge), LOOKED_AT_DECIMALS) for edge in (lons[0], lats[0], lons[1], lats[1])]


def finest_of(extent: BaseGeometry) -> float:
    """Half a metre for a village; more for a district, whose full detail would be megabytes."""
    west, south, east, north = extent.bounds
    return max(FINEST_M, max(east - west, north - south) / FINEST_SHARE)


def on_map(
    extent: BaseGeometry,
    seen: Sequence[Seen],
    *,
    caption: str,
    description: str = "",
    ground: Space | None = None,
) -> dict[str, Any]:
    """What `map_figure` of templates/components/map.html is given: the picture and the map that replaces it.

    `ground` is the space whose district lies underneath.
    """
    base = base_layers(ground.authority_id or ground.id) if ground else []
    layers = [*base, *(thing.layer() for thing in seen)]
    settings = current_app.config["SETTINGS"]
    tiles = {"url": settings.basemap_url, "attribution": settings.basemap_attribution}
    return {
        "drawing": picture(extent, layers, title=caption, description=description or caption),
        "caption": caption,
        "bounds": bounds_of(extent),
        "layers": [thing.for_browser(finest_of(extent)) for thing in seen],
        "basemap": url_for("areas.base_geojson", space=ground) if base else "",
        "tiles": tiles if settings.basemap_url else None,
    }


def with_key(drawn: dict[str, Any], seen: Sequence[Seen]) -> dict[str, Any]:
    """The map with a key beneath it: the one in the picture goes when the map that moves replaces it."""
    said = {thing.key: thing.style for thing in seen if thing.key}
    return drawn | {"legend": [{"style": style, "text": words} for words, style in said.items()]}


def neighbours(entries: Iterable[RegisterEntry], key: str) -> list[Seen]:
    """Areas on the register, drawn as what lies around."""
    return [Seen(entry.geometry, "neighbour", key, entry.name) for entry in entries]


def extent_of(shapes: Sequence[BaseGeometry], authority_id: UUID | None) -> BaseGeometry:
    """What a map shows: the shapes, else the district's base map, else England."""
    if not shapes and authority_id:
        shapes = [shape.geometry for layer in base_layers(authority_id) for shape in layer.shapes()]
    return (
        shapely.box(*shapely.total_bounds(np.array(shapes, dtype=np.object_)))
        if shapes
        else shapely.box(*ENGLAND_M)
    )


def as_geojson(entries: Iterable[RegisterEntry]) -> bytes:
    """Areas on the register as everyone may have them."""
    return writing.geojson((entry.geometry, properties(entry)) for entry in entries)


def properties(entry: RegisterEntry) -> dict[str, Any]:
    return {
        "reference": entry.reference,
        "name": entry.name,
        "organisation": entry.authority.name,
        "body": entry.body,
        "status": entry.status,
        "start-date": entry.designated_on.isoformat() if entry.designated_on else "",
        "entry-date": clock.uk(entry.entered).date().isoformat(),
        "hectares": round(entry.hectares, 2),
    }
