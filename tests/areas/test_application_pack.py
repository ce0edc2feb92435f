"""The application under regulation 5, as a PDF that can be read aloud and a GeoPackage that opens anywhere."""

import re
import shutil
import subprocess
from datetime import date

import pytest
import shapely
import sqlalchemy as sa

from consult.areas import maps
from consult.areas.decisions import settling
from consult.areas.models import save_version
from consult.audit import Access
from consult.database import db, unit_of_work
from geodata.boundary import canonical
from tests.areas.ground import application_of, apply_here, square

NEEDS_POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
GROUND = [{"name": "G", "style": "green", "features": [{"geometry": square(0, 0, 90), "label": "The Green"}]}]
PDF, GPKG = "/f/ash/area/application.pdf", "/f/ash/area/application.gpkg"


@pytest.fixture
def applied(app, working, world):
    """The address of Ash Hill's application, on a base map that wants to be named."""
    with app.app_context(), unit_of_work():
        maps.keep_base_map(world.space["northam"], GROUND, "© The mapmaker")
    with working("beck"):
        apply_here(square(1000), "Beckside")
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        return f"/a/northam/applications/{application_of(world.space['ash']).id}"


def words_of(data, tool="pdftotext", *options):
    done = subprocess.run([tool, *options, "-", *(["-"] if tool == "pdftotext" else [])], input=data,
                          capture_output=True, check=True, timeout=60)  # fmt: skip
    return " ".join(done.stdout.decode().split())


@NEEDS_POPPLER
def test_the_pdf_has_the_map_the_two_statements_and_who_what_and_when(sign_in, applied):
    text = words_of(sign_in("ash").get(PDF).data)
    for words in (
        "Neighbourhood area application: Ash Hill",
        "Regulation 5 of the Neighbourhood Planning (General) Regulations 2012",
        "Application to Northam District Council",
        "(a) Map of the area: Ash Hill",
        "(b) Why this area is appropriate It is one place.",
        "(c) The applicant is a relevant body We live here.",
        "NA-0002",
        "100.00 hectares",
        "Base map: © The mapmaker",
        "British National Grid (EPSG:27700)",
        "Sent on",
        "Beckside",  # the area beside it, on the map
    ):
        assert words in text, words
    assert re.search(r"\b0 \d+ m \d+ m", text), "the scale bar"
    assert re.search(r"\bN\b", text), "the north arrow"


@NEEDS_POPPLER
def test_the_pdf_is_tagged_titled_and_the_same_each_time(sign_in, applied):
    chair = sign_in("ash")
    first = chair.get(PDF).data
    about = words_of(first, "pdfinfo")
    assert "Tagged: yes" in about
    assert "Title: Neighbourhood area application: Ash Hill" in about
    assert "Author: Ash Hill Neighbourhood Forum" in about
    assert b"pdfuaid" in first
    assert chair.get(PDF).data == first


def test_the_geopackage_is_the_outline_to_the_millimetre(sign_in, applied, tmp_path):
    import geopandas
    import pyogrio

    answer = sign_in("ash").get(GPKG)
    assert answer.mimetype == "application/geopackage+sqlite3"
    assert "ash-hill-application.gpkg" in answer.headers["Content-Disposition"]
    path = tmp_path / "application.gpkg"
    path.write_bytes(answer.data)
    assert len(pyogrio.list_layers(path)) == 1
    table = geopandas.read_file(path)
    assert table.crs.to_epsg() == 27700
    assert table.geometry[0].equals(shapely.MultiPolygon([square()]))
    assert table.loc[0, ["name", "reference", "hectares"]].tolist() == ["Ash Hill", "NA-0002", 100]
    assert table.loc[0, "why_appropriate"] == "It is one place."


def test_a_draft_says_that_it_is_one_and_keeps_nothing_of_what_is_typed(sign_in, working):
    with working("ash"):
        save_version(square(), source="drawn", by=None)
    chair = sign_in("ash")
    answer = chair.post(
        "/f/ash/area/application/draft.pdf", data={"name": "Ash", "why_appropriate": "Typed."}
    )
    assert answer.status_code == 200
    if shutil.which("pdftotext"):
        text = words_of(answer.data)
        for words in ("A draft: not sent to the authority yet", "Typed.", "capable of being"):
            assert words in text
    assert "Typed." not in chair.page("/f/ash/area/application").text
    assert chair.get(PDF).status_code == 404  # nothing is sent yet
    assert sign_in("beck").post("/f/beck/area/application/draft.pdf").status_code == 404  # nothing is drawn


def test_the_officer_has_the_same_file_and_nobody_else(sign_in, client, applied):
    officer = sign_in("northam", "officer").get(f"{applied}/application.pdf")
    assert officer.status_code == 200
    assert officer.data == sign_in("ash").get(PDF).data
    for stranger in (client, sign_in("beck"), sign_in("southby", "officer")):
        assert stranger.get(PDF).status_code in (302, 404)
        assert stranger.get(f"{applied}/application.gpkg").status_code in (302, 404)
    assert sign_in("ash").get("/f/ash/area/application.exe").status_code == 404


def test_every_download_is_noted(sign_in, applied, working, world):
    sign_in("ash").get(GPKG)
    sign_in("northam", "officer").get(f"{applied}/application.gpkg")
    for slug, role in (("ash", "chair"), ("northam", "officer")):
        with working(slug):
            [noted] = db.session.scalars(sa.select(Access)).all()
            assert noted.person_id == world.person[slug, role]
            assert "ash-hill-application.gpkg" in noted.what


@NEEDS_POPPLER
def test_what_was_applied_for_stays_what_the_application_shows(sign_in, applied, working, world):
    with working("northam"):
        ash = application_of(world.space["ash"])
        settling.designate(ash, on=date(2026, 3, 14), by=None, outline=canonical(square(0, 0, 500)))
    assert "100.00 hectares" in words_of(sign_in("ash").get(PDF).data)


@NEEDS_POPPLER
@pytest.mark.parametrize(
    "words", ["#panic() $x$ *bold* <label> @ref", "喜 🎉 \u202e", "= 1+1\\", "x" * 9_000]
)
def test_whatever_is_typed_is_only_words(sign_in, working, words):
    with working("ash"):
        save_version(square(), source="drawn", by=None)
    data = {"name": words[:200], "why_appropriate": words, "relevant_body": words}
    answer = sign_in("ash").post("/f/ash/area/application/draft.pdf", data=data)
    assert answer.status_code == 200
    if words.isascii() and len(words) < 99:
        assert words in words_of(answer.data)
