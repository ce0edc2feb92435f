"""Shapes in EPSG:27700 -> KML (OGC 12-007r2) in WGS84, and GML (OGC 07-036, 3.2) in British National Grid."""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry.base import BaseGeometry

from geodata import crs
from geodata.jsontext import plain

Features = Iterable[tuple[BaseGeometry, Mapping[str, Any]]]
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
GML_START = '<FeatureCollection xmlns="urn:consult:areas" xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="areas">\n'
GRID = 'srsName="urn:ogc:def:crs:EPSG::27700" srsDimension="2"'


def kml(features: Features) -> bytes:
    """One placemark for each feature, its properties as extended data; 9 decimals of a degree (0.1 mm)."""
    marks = "".join(_placemark(geometry, properties) for geometry, properties in features)
    start = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>areas</name>\n'
    return f"{DECLARATION}{start}{marks}</Folder></Document></kml>\n".encode()


def gml(features: Features) -> bytes:
    """One member of the feature type `area` for each feature, to the millimetre."""
    members = "".join(
        f'<gml:featureMember><area gml:id="area.{number}">{_elements(properties)}'
        f"<gml:multiSurfaceProperty>{_surfaces(geometry, number)}</gml:multiSurfaceProperty>"
        "</area></gml:featureMember>\n"
        for number, (geometry, properties) in enumerate(features, 1)
    )
    return f"{DECLARATION}{GML_START}{members}</FeatureCollection>\n".encode()


def _placemark(geometry: BaseGeometry, properties: Mapping[str, Any]) -> str:
    name = f"<name>{_text(properties['name'])}</name>" if properties.get("name") else ""
    data = "".join(
        f"<Data name={quoteattr(plain(key))}><value>{_text(value)}</value></Data>"
        for key, value in properties.items()
        if value is not None and key != "name"
    )
    extended = f"<ExtendedData>{data}</ExtendedData>" if data else ""
    parts = "".join(map(_kml_polygon, _polygons(crs.to_wgs84(geometry))))
    return f"<Placemark>{name}{extended}<MultiGeometry>{parts}</MultiGeometry></Placemark>\n"


def _kml_polygon(polygon: shapely.Polygon) -> str:
    def boundary(side: str, ring: shapely.LinearRing) -> str:
        points = " ".join(f"{x:.9f},{y:.9f}" for x, y in ring.coords)
        return f"<{side}><LinearRing><coordinates>{points}</coordinates></LinearRing></{side}>"

    holes = "".join(boundary("innerBoundaryIs", hole) for hole in polygon.interiors)
    return f"<Polygon>{boundary('outerBoundaryIs', polygon.exterior)}{holes}</Polygon>"


def _surfaces(geometry: BaseGeometry, number: int) -> str:
    members = "".join(
        f'<gml:surfaceMember><gml:Polygon gml:id="shape.{number}.{part}">{_gml_rings(polygon)}</gml:Polygon>'
        "</gml:surfaceMember>"
        for part, polygon in enumerate(_polygons(geometry), 1)
    )
    return f'<gml:MultiSurface gml:id="shape.{number}" {GRID}>{members}</gml:MultiSurface>'


def _gml_rings(polygon: shapely.Polygon) -> str:
    def boundary(side: str, ring: shapely.LinearRing) -> str:
        points = " ".join(f"{x:.3f} {y:.3f}" for x, y in ring.coords)
        return (
            f"<gml:{side}><gml:LinearRing><gml:posList>{points}</gml:posList></gml:LinearRing></gml:{side}>"
        )

    return boundary("exterior", polygon.exterior) + "".join(
        boundary("interior", hole) for hole in polygon.interiors
    )


def _elements(properties: Mapping[str, Any]) -> str:
    """Properties as elements, of which only a letter may begin the name."""
    named = {_element_name(key): value for key, value in properties.items() if value is not None}
    return "".join(f"<{name}>{_text(value)}</{name}>" for name, value in named.items())


def _element_name(key: str) -> str:
    name = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in key)
    return name if name[:1].isalpha() else f"_{name}"


def _polygons(geometry: BaseGeometry) -> list[shapely.Polygon]:
    flat = shapely.orient_polygons(shapely.force_2d(geometry), exterior_cw=False)
    return [part for part in shapely.get_parts(flat) if isinstance(part, shapely.Polygon)]


def _text(value: Any) -> str:
    return escape(plain(str(value)))
