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


HOSTILE = [
    ("response-log.csv", b"/q1/", b""),  # a point without its parts
    ("response-log.csv", b'"', b""),  # quotes that are never closed
    ("responses.csv", b'"inside"', b'"' + b"x" * 200_000 + b'"'),
    ("responses.csv", b',1,"', b"," + b"9" * 400 + b',"'),
    ("figures.json", b'"counted"', b'"\\ud800"'),
    ("figures.json", b'"counted"', b'"\\u001b[2J"'),
    ("figures.json", b"{", b"[" * 100_000 + b"{"),
    ("places.geojson", b'"features"', b'"feature"'),
]


@pytest.mark.parametrize(("name", "old", "new"), HOSTILE)
@pytest.mark.parametrize("seal", [True, False])
def test_tampering_that_breaks_the_counting_is_a_difference(app, full, folder, name, old, new, seal):
    content = full[name].replace(old, new, 1)
    assert content != full[name]
    place = folder(resealed(full, name, content) if seal else full | {name: content})
    done = app.test_cli_runner().invoke(args=["reports", "verify", str(place)])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert all(sentence.isprintable() for sentence in done.output.splitlines())
    assert seal or f"{name} has been changed: its checksum differs." in done.output


def test_what_was_found_before_the_counting_broke_is_told(full, folder):
    content = full["responses.csv"].replace(b'"counted"', b'"late"', 1)
    log = full["response-log.csv"].replace(b"/q1/", b"", 1)
    wrong = differences(folder(resealed(resealed(full, "responses.csv", content), "response-log.csv", log)))
    assert any(sentence.startswith("late: figures.json says") for sentence in wrong)
    assert any("cannot be counted again" in sentence for sentence in wrong)


READ = ["figures.json", "responses.csv", "response-log.csv", "places.geojson"]
CHECKED = [
    "response-log.xlsx",
    "aggregates.xlsx",
    "statement.docx",
    "statement.html",
    "statement.pdf",
    "places.gpkg",
    "README.txt",
    manifest.NAME,
]  # by their checksums


CHANGES = st.tuples(
    st.integers(0, 1_000_000),  # where it begins, of a million parts
    st.sampled_from([b"", b"", b'"', b"/", b",", b":", b"{", b"[", b"\n"]),  # and then at the next of these
    st.sampled_from([0, 1, 1, 2, 3, 10**9]),  # how many bytes go
    st.binary(max_size=3),  # what comes in their place
)
THOROUGHLY = settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
BRIEFLY = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


def tampered(content, change):
    begins, joint, gone, put = change
    at = max(content.find(joint, len(content) * begins // 1_000_001), 0)
    return content[:at] + put + content[at + gone :]


def ends_in_a_difference(app, files, name, changed, seal, place):
    place.mkdir(exist_ok=True)
    for each, content in (resealed(files, name, changed) if seal else files | {name: changed}).items():
        (place / each).write_bytes(content)
    done = app.test_cli_runner().invoke(args=["reports", "verify", str(place)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code == 1 or (done.exit_code == 0 and (seal or changed == files[name]))
    assert all(sentence.isprintable() for sentence in done.output.splitlines())


@pytest.mark.parametrize("name", READ)
@THOROUGHLY
@given(change=CHANGES, layer=st.sampled_from([0, 0, 0, 1]), seal=st.booleans())
def test_any_bytes_changed_where_figures_are_read_end_in_a_difference(
    app, packs, tmp_path, name, change, layer, seal
):
    files = packs[layer]
    ends_in_a_difference(app, files, name, tampered(files[name], change), seal, tmp_path / "pack")


@pytest.mark.parametrize("name", CHECKED)
@BRIEFLY
@given(change=CHANGES, layer=st.integers(0, 1))
def test_any_bytes_changed_in_another_file_end_in_a_difference(app, packs, tmp_path, name, change, layer):
    files = packs[layer]
    ends_in_a_difference(app, files, name, tampered(files[name], change), False, tmp_path / "pack")


def test_a_folder_in_a_pack_is_a_difference(full, folder):
    place = folder(full)
    (place / "notes").mkdir()
    assert differences(place) == ["notes is there but is no file."]


@pytest.mark.parametrize("name", ["figures.json", "MANIFEST.sha256"])
def test_a_file_that_is_a_folder_is_a_difference(full, folder, name):
    place = folder(full)
    (place / name).unlink()
    (place / name).mkdir()
    assert f"{name} is there but is no file." in differences(place)
