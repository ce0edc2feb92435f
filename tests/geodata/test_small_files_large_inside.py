"""Files that are small as they are sent, and would be a worker's whole memory once they are read."""

import io
import zipfile

import pytest
import shapely

from geodata import shaping
from geodata.findings import Unreadable
from geodata.reading import read


def packed(name, content):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.geojson", b'{"type":"FeatureCollection","features":[],"x":[' + b"[]," * 400_000 + b"[]]}"),
        ("a.csv", b"wkt,name\n" + b"," * 1_200_000),
    ],
)
def test_text_in_a_zip_file_is_no_longer_than_text_alone_may_be(name, content):
    with pytest.raises(Unreadable, match="the limit is 1 MB"):
        read(packed(name, content), max_bytes=1_000_000)


def test_a_table_of_many_columns_and_many_rows_is_refused_before_its_cells_are_made():
    heading = "wkt," + ",".join(f"c{number}" for number in range(400))
    rows = '"POLYGON((-1 52,-1.01 52,-1 52.01,-1 52))"\n' * 5_001
    with pytest.raises(Unreadable, match="2,000,000 cells"):
        read(f"{heading}\n{rows}".encode())


def comb(teeth, *, turned):
    corners = [(0.0, 0.0)]
    for tooth in range(teeth):
        at = tooth * 20.0
        corners += [(2000.0, at), (2000.0, at + 10), (10.0, at + 10), (10.0, at + 20)]
    corners += [(0.0, teeth * 20.0)]
    return shapely.Polygon(
        [(450_000 + (y if turned else x), 190_000 + (x if turned else y)) for x, y in corners]
    )


def test_parts_woven_into_one_another_are_not_joined():
    with pytest.raises(shaping.CannotShape, match="too many times"):
        shaping.add_part(comb(40, turned=False), comb(40, turned=True))
