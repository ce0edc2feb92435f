import io
import json
import zipfile

import pytest

from consult.downloads import documents
from tests.downloads import speaking
from tests.downloads.speaking import MARKED, fetched, made


@pytest.fixture
def said(working):
    speaking.respond(working)


def test_places_and_documents_say_what_they_hold(said, sign_in, tmp_path):
    chair = sign_in("ash")
    files = {each: fetched(chair, made(chair, each)) for each in ("geojson", "gpkg", "docx", "pdf")}
    assert all(MARKED.encode() not in content for content in files.values())
    places = json.loads(files["geojson"])
    about = {line["name"]: line["value"] for line in places["about"]}
    assert "received =" in about["Selected of them"]
    assert "by Chair of Ash" in about["Made"]
    assert places["type"] == "FeatureCollection"
    assert {each["properties"]["consultation"] for each in places["features"]} == {"reg14"}
    assert "reg14" in chair.page("/f/ash/downloads/").text

    import pyogrio

    path = tmp_path / "places.gpkg"
    path.write_bytes(files["gpkg"])
    assert {name for name, _ in pyogrio.list_layers(path)} == {"places", "information"}
    drawn = sum(each["geometry"] is not None for each in places["features"])
    assert len(pyogrio.read_dataframe(path, layer="places")) == drawn > 0
    word = zipfile.ZipFile(io.BytesIO(files["docx"])).read("word/document.xml").decode()
    assert "Every response accounted for" not in word
    assert "Selected of them" in word
    assert files["pdf"].startswith(b"%PDF")


def test_a_document_of_more_than_anybody_reads_is_refused(said, sign_in, monkeypatch):
    monkeypatch.setattr(documents, "MOST", 3)
    assert "at most 3 comments" in speaking.asked(sign_in("ash"), "pdf").text
