import json
import random
import re
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.reports import manifest
from consult.reports.verifying import differences


@pytest.fixture
def folder(tmp_path):
    def written(files):
        place = tmp_path / "pack"
        place.mkdir()
        for name, content in files.items():
            (place / name).write_bytes(content)
        return place

    return written


def test_a_pack_as_it_was_built_verifies(packs, tmp_path):
    for number, files in enumerate(packs):
        place = tmp_path / str(number)
        place.mkdir()
        for name, content in files.items():
            (place / name).write_bytes(content)
        assert differences(place) == []


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not installed")
def test_sha256sum_agrees(full, folder):
    place = folder(full)
    done = subprocess.run(["sha256sum", "-c", "MANIFEST.sha256"], cwd=place, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_any_changed_byte_is_found(packs, tmp_path):
    draw = random.Random(3)
    for files in packs:
        for name, content in files.items():
            for _ in range(4):
                at = draw.randrange(len(content))
                changed = content[:at] + bytes([content[at] ^ (1 << draw.randrange(8))]) + content[at + 1 :]
                assert manifest.differences(files | {name: changed}) != [], (name, at)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=60), st.integers(0, 400))
def test_any_other_manifest_is_found(junk, at):
    files = {"a": b"1", "b": b"2"}
    made = manifest.of(files)
    changed = made[:at] + junk + made[at + len(junk) :]
    assert (manifest.differences(files | {manifest.NAME: changed}) == []) == (changed == made)


def test_a_file_that_is_missing_or_added_is_named(full, folder):
    place = folder(full)
    (place / "extra.txt").write_text("mine")
    (place / "README.txt").unlink()
    said = " ".join(differences(place))
    assert "extra.txt is there but is not listed" in said
    assert "README.txt is listed but is not there" in said


def resealed(files, name, content):
    """As somebody would who changes a file and writes a manifest to match."""
    rest = {n: c for n, c in (files | {name: content}).items() if n != manifest.NAME}
    return rest | {manifest.NAME: manifest.of(rest)}


@pytest.mark.parametrize("number", ["responses", "people", "value", "ids_sha256"])
def test_a_figure_changed_together_with_its_manifest_is_found(full, folder, number):
    said = json.loads(full["figures.json"])
    figure = next(f for f in said["figures"] if f["key"] == "q1.H1.object" and f["filter"] == "home=inside")
    figure[number] = "0" * 64 if number == "ids_sha256" else figure[number] + 1
    wrong = differences(folder(resealed(full, "figures.json", json.dumps(said).encode())))
    assert len(wrong) == 1
    assert wrong[0].startswith("q1.H1.object [home=inside]: figures.json says")


@pytest.mark.parametrize(
    ("name", "old", "new", "about"),
    [
        ("responses.csv", b'"counted"', b'"late"', "received|late|counted"),
        ("responses.csv", b'"Yes"', b'"No"', "q2"),
        ("response-log.csv", b'"object"', b'"support"', "q1"),
        ("places.geojson", b"/p1", b"/p9", "places.geojson"),
    ],
)
def test_a_row_changed_together_with_its_manifest_is_found(full, folder, name, old, new, about):
    wrong = differences(folder(resealed(full, name, full[name].replace(old, new, 1))))
    assert wrong
    assert any(re.search(about, sentence) for sentence in wrong)


@pytest.mark.parametrize("key", ["counted", "q1.H1.object"])
def test_a_public_figure_changed_together_with_its_manifest_is_found(public, folder, key):
    said = json.loads(public["figures.json"])
    next(f for f in said["figures"] if f["key"] == key and not f["filter"])["responses"] += 1
    assert differences(folder(resealed(public, "figures.json", json.dumps(said).encode())))


def test_a_number_that_should_be_kept_back_is_found(public, folder):
    said = json.loads(public["figures.json"])
    next(f for f in said["figures"] if f["suppressed"])["responses"] = 2
    wrong = differences(folder(resealed(public, "figures.json", json.dumps(said).encode())))
    assert "kept back and yet has a number" in wrong[0]


@pytest.mark.parametrize("junk", [b"", b"{}", b"[]", b"\xff\xfe", b'{"public": false}', b"null"])
@pytest.mark.parametrize("name", ["figures.json", "responses.csv", "response-log.csv", "places.geojson"])
def test_a_pack_that_is_rubbish_is_told_in_sentences(full, folder, name, junk):
    wrong = differences(folder(full | {name: junk}))
    assert wrong
    assert all("Traceback" not in sentence for sentence in wrong)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    assert differences(tmp_path / "nowhere") == [f"There is no folder {tmp_path / 'nowhere'}."]
