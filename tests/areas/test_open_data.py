"""The register as files for everyone: what is in them, who may fetch them, and what asking again costs."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pyogrio
import pytest
import shapely
import sqlalchemy as sa

from consult import clock
from consult.areas import open_register
from consult.areas.decisions import settling
from consult.areas.models import RegisterEntry
from consult.areas.register import take_off
from consult.database import db, unit_of_work
from consult.web import open_data
from tests.areas.ground import application_of, apply_here, square

FILES = ("/register.geojson", "/register.csv")


@pytest.fixture
def three(working, world):
    """Two areas in the first district, one of them designated, and one in the second."""
    for slug, east, name in (("ash", 0, "Ash Hill"), ("beck", 1000, "Beckside"), ("dell", 5000, "Dell Road")):
        with working(slug):
            apply_here(square(east), name)
    with working("northam"):
        settling.designate(application_of(world.space["ash"]), on=date(2026, 3, 14), by=None)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def test_both_files_say_the_same_in_the_house_style(client, three):
    rows = rows_of(client.get("/register.csv"))
    features = client.get("/register.geojson").get_json()["features"]
    assert list(rows[0]) == list(open_register.COLUMNS)
    for row, feature in zip(rows, features, strict=True):
        said = feature["properties"]
        assert {name: str(value) for name, value in said.items()} == {
            name: value for name, value in row.items() if name != "geometry"
        }
        outline = shapely.from_wkt(row["geometry"])
        assert outline.geom_type == "MultiPolygon"
        assert shapely.equals_exact(outline, shapely.geometry.shape(feature["geometry"]), 1e-9)
        assert outline.contains(shapely.from_wkt(row["point"]))
        assert -7 < outline.bounds[0] < 2 and 49 < outline.bounds[1] < 61
    ash = rows[0]
    assert (ash["name"], ash["start-date"], ash["end-date"]) == ("Ash Hill", "2026-03-14", "")
    assert date.fromisoformat(ash["entry-date"])


def test_the_licence_and_whose_it_is_are_said(client, three):
    top = client.get("/register.geojson").get_json()
    assert top["licence"] == "Open Government Licence v3.0"
    assert "Consult" in top["attribution"]
    for file in FILES:
        assert 'rel="license"' in client.get(file).headers["Link"]
    page = client.page("/open-data").text
    for words in ("Open Government Licence v3.0", "end-date", "plan-event", top["attribution"]):
        assert words in page


def test_gdal_opens_it_and_the_audit_finds_nothing(app, client, three, tmp_path):
    path = tmp_path / "register.geojson"
    path.write_bytes(client.get("/register.geojson").data)
    frame = pyogrio.read_dataframe(path)
    assert (len(frame), frame.crs.to_epsg()) == (3, 4326)
    assert set(frame["name"]) == {"Ash Hill", "Beckside", "Dell Road"}
    said = app.test_cli_runner().invoke(
        args=["geodata", "audit", str(path), "--name-field", "name", "--json"]
    )
    assert said.exit_code == 0, said.output
    found = json.loads(said.output)
    assert (found["n"], found["overlaps"], found["invalid"]) == (3, [], [])


def test_each_entry_has_an_address_that_stays(client, three):
    row = rows_of(client.get("/register.csv"))[0]
    page = client.page(row["documentation-url"])
    for words in ("Ash Hill", "Designated", "14 March 2026", "Northam District Council", row["reference"]):
        assert words in page.text
    features = client.get(f"{row['documentation-url']}.geojson").get_json()["features"]
    assert [each["properties"]["reference"] for each in features] == [row["reference"]]
    assert client.get("/register/NA-9999").status_code == 404
    assert client.get("/register/NA-9999.geojson").status_code == 404


def test_an_entry_that_left_keeps_its_page_and_is_among_the_versions(client, three, world, working):
    with working("beck"):
        take_off(application_of(world.space["beck"]).entry)
    assert "Beckside" not in client.get("/register.csv").get_data(as_text=True)
    versions = {row["name"]: row for row in rows_of(client.get("/register.csv?versions=all"))}
    assert versions["Beckside"]["end-date"] == clock.today().isoformat()
    assert "No longer on the register" in client.page(versions["Beckside"]["documentation-url"]).text


@pytest.mark.parametrize("file", FILES)
def test_what_has_not_changed_is_not_sent_again(client, three, file):
    first = client.get(file)
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    for name, value in (("If-None-Match", etag), ("If-Modified-Since", changed)):
        again = client.get(file, headers={name: value})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == etag
    assert client.get(file, headers={"If-None-Match": '"other"'}).status_code == 200
    head = client.head(file)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", etag)


@pytest.mark.parametrize("file", FILES)
def test_any_change_is_noticed_even_one_that_is_dated_back(app, client, three, world, working, file):
    first = client.get(file)
    long_ago = sa.update(RegisterEntry.__table__).values(changed=datetime(2026, 1, 1, tzinfo=UTC))
    with app.app_context(), unit_of_work(), db.engine.begin() as connection:
        connection.execute(long_ago)  # as far as a header of whole seconds can tell
    old = client.get(file)
    assert old.headers["ETag"] != first.headers["ETag"]
    with working("northam"):
        settling.designate(application_of(world.space["beck"]), on=date(2026, 2, 1), by=None)
    for name, value in (
        ("If-None-Match", old.headers["ETag"]),
        ("If-Modified-Since", old.headers["Last-Modified"]),
    ):
        assert client.get(file, headers={name: value}).status_code == 200


def test_asking_again_makes_nothing_anew(client, three, monkeypatch):
    monkeypatch.setattr(open_data, "WORTH_KEEPING", 0)
    client.get("/register.csv")
    monkeypatch.setattr(open_register, "row", lambda entry: pytest.fail("made again"))
    assert client.get("/register.csv?nonsense=1").status_code == 200


@pytest.mark.parametrize("file", [*FILES, "/consultations.csv", "/consultations.json"])
def test_pages_of_other_sites_may_fetch_it(client, three, file):
    answer = client.get(file, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in client.get("/register").headers


def test_it_comes_compressed_to_whoever_takes_that(client, three):
    plain, small = (client.get("/register.csv", headers={"Accept-Encoding": how}) for how in ("", "gzip"))
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in small.headers["Vary"]
