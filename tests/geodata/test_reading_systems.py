"""Which system a file is in: told by its numbers, checked against what it says, and never guessed."""

import json

import numpy as np
import pytest
import shapely

from geodata import crs, systems, writing
from geodata.coordinates import off_the_web_map
from geodata.findings import Unreadable
from geodata.reading import read, read_geojson
from tests.geodata.hostile.zips import with_part
from tests.geodata.shapes import SQUARE
from tests.geodata.test_reading import collection, feature, refusal
from tests.geodata.test_reading import written as as_json

RADIUS = 6_378_137.0


def bng(east: int, north: int) -> shapely.Polygon:
    return shapely.box(east, north, east + 1000, north + 1000)


def given(geometry: shapely.Geometry) -> bytes:
    return json.dumps(shapely.geometry.mapping(geometry)).encode()


def turned(geometry: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(geometry, lambda points: points[:, ::-1])


def on_web_map(geometry: shapely.Geometry) -> shapely.Geometry:
    def moved(points: np.ndarray) -> np.ndarray:
        lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
        return np.column_stack([RADIUS * lon, RADIUS * np.log(np.tan(np.pi / 4 + lat / 2))])

    return shapely.transform(crs.to_wgs84(geometry), moved)


@pytest.mark.parametrize(
    ("data", "system", "words"),
    [
        (given(crs.to_wgs84(SQUARE)), "EPSG:4326", ""),
        (given(turned(crs.to_wgs84(SQUARE))), "EPSG:4326", "latitude before longitude"),
        (given(SQUARE), "EPSG:27700", ""),
        (given(turned(SQUARE)), "EPSG:27700", "northing before easting"),
        (given(on_web_map(SQUARE)), "EPSG:3857", "web map metres"),
        (given(turned(on_web_map(SQUARE))), "EPSG:3857", "northing before easting"),
    ],
)
def test_every_way_of_giving_coordinates_is_the_same_place(data: bytes, system: str, words: str) -> None:
    found = read(data)
    assert found.crs == system
    assert words in " ".join(found.said)
    assert bool(found.said) == bool(words)
    assert shapely.hausdorff_distance(found.features[0].geometry, SQUARE) <= 0.0015


def test_the_web_map_is_turned_back_exactly() -> None:
    """The corner of zoom 0, where the latitude is atan(sinh(π)), and the origin."""
    half = np.pi * RADIUS
    back = off_the_web_map(np.array([[0.0, 0.0], [half, half], [-half, 0.0]]))
    assert back == pytest.approx(np.array([[0, 0], [180, 85.0511287798066], [-180, 0]]), abs=1e-9)


@pytest.mark.parametrize(
    "place", [(365_000, 165_000), (530_000, 180_000), (400_000, 600_000), (170_000, 20_000)]
)
def test_real_places_are_found_whichever_number_comes_first(place: tuple[int, int]) -> None:
    for data in (given(bng(*place)), given(turned(bng(*place)))):
        assert read(data).features[0].geometry.equals(bng(*place))


@pytest.mark.parametrize("place", [(259_000, 665_000), (318_000, 176_000), (394_000, 806_000)])
def test_wales_and_scotland_are_left_where_they_are(place: tuple[int, int]) -> None:
    found = read(given(bng(*place)))
    assert found.said == ()
    assert found.features[0].geometry.equals(bng(*place))


def test_a_place_that_could_be_two_is_not_guessed() -> None:
    with pytest.raises(Unreadable, match="can be read as a place in England, northing first, or elsewhere"):
        read(given(bng(206_000, 560_000)))


def test_a_mixture_of_systems_is_named_with_its_shapes() -> None:
    both = collection(
        feature(shapely.geometry.mapping(SQUARE), name="Ham"),
        feature(shapely.geometry.mapping(crs.to_wgs84(SQUARE)), name="Egg"),
    )
    sentence = "mixes National Grid metres .in shape 1 .Ham.. with longitude and latitude .in shape 2 .Egg.."
    for read_it in (read, read_geojson):
        with pytest.raises(Unreadable, match=sentence):
            read_it(as_json(both))


def test_who_passes_nothing_on_is_told_what_would_have_been_put_right() -> None:
    assert "swap them so that easting comes first" in refusal(given(turned(SQUARE)))


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("EPSG:27700", "EPSG:27700"),
        ("urn:ogc:def:crs:EPSG::27700", "EPSG:27700"),
        ("urn:ogc:def:crs:EPSG:6.9:4326", "EPSG:4326"),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", "EPSG:4326"),
        ("http://www.opengis.net/def/crs/EPSG/0/27700", "EPSG:27700"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("EPSG:3857", "EPSG:3857"),
        ('PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936"', "EPSG:27700"),
        ('PROJCS["OSGB36 / British National Grid"', "EPSG:27700"),
        ('PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere"', "EPSG:3857"),
        ('GEOGCS["GCS_WGS_1984"', "EPSG:4326"),
        ('GEOGCS["ETRS89"', "EPSG:4326"),
        ('PROJCS["unnamed",GEOGCS["unnamed"]]', None),
        ("", None),
        ("nonsense", None),
    ],
)
def test_a_name_stands_for_one_of_our_systems_or_for_none(name: str, system: str | None) -> None:
    assert systems.declared(name) == system


@pytest.mark.parametrize(
    "name",
    ["EPSG:29902", "urn:ogc:def:crs:EPSG::32630", 'PROJCS["TM65 / Irish Grid"', 'GEOGCS["GCS_OSGB_1936"'],
)
def test_a_system_that_only_looks_like_ours_is_refused_by_name(name: str) -> None:
    with pytest.raises(Unreadable, match="in a system that we cannot convert, “"):
        systems.declared(name)
    with pytest.raises(Unreadable, match="cannot convert"):
        read(with_part(prj=name.encode()))


def test_what_a_file_says_of_itself_gives_way_to_its_numbers_and_that_is_said() -> None:
    found = read(with_part(prj=b'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]'))
    assert found.crs == "EPSG:27700"
    assert found.said[0].startswith(
        "The file says that it is in longitude and latitude, but its numbers are National"
    )
    named = as_json(
        {**json.loads(writing.geojson([(SQUARE, {})])), "crs": {"properties": {"name": "EPSG:27700"}}}
    )
    assert "says that it is in National Grid metres" in read(named).said[0]
