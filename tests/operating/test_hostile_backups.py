"""A file that is given to `flask restore` is a stranger's: one sentence says what is wrong, and nothing has changed."""

import hashlib
import json
import shutil
import stat
import zipfile

import pytest

from consult.database import db
from consult.operating import archive, rows


@pytest.fixture
def saved(app, run, tmp_path):
    path = tmp_path / "saved.zip"
    assert run(app, "backup", path).exit_code == 0
    return path


def parts_of(path):
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def put(path, parts, **infos):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(infos.get(name, name), content)


def with_manifest(parts, **changes):
    """The parts again, under a manifest that fits them."""
    about = json.loads(parts[archive.MANIFEST])
    about["parts"] = {
        name: {"sha256": hashlib.sha256(c).hexdigest(), "bytes": len(c), "lines": c.count(b"\n")}
        for name, c in parts.items()
        if name != archive.MANIFEST
    }
    return parts | {archive.MANIFEST: json.dumps(about | changes).encode()}


def extra(name, content=b"x\n"):
    def change(parts):
        return with_manifest(parts | {name: content})

    return change


def only_in_the_zip(parts):
    return parts | {"tables/../../../tmp/out.jsonl": b"x"}


def changed_byte(parts):
    return parts | {"tables/person.jsonl": parts["tables/person.jsonl"].replace(b"Olive", b"Alive")}


def table_left_out(parts):
    return with_manifest({name: c for name, c in parts.items() if name != "tables/person.jsonl"})


def other_columns(parts):
    changed = parts["tables/person.jsonl"].replace(b'"email"', b'"e_mail"', 1)
    return with_manifest(parts | {"tables/person.jsonl": changed})


def row_too_short(parts):
    return with_manifest(parts | {"tables/person.jsonl": parts["tables/person.jsonl"] + b"[1]\n"})


def row_of_another_kind(parts):
    return with_manifest(parts | {"tables/person.jsonl": parts["tables/person.jsonl"] + b'{"a": [[[]]]}\n'})


def nested_without_end(parts):
    return with_manifest(
        parts | {"tables/person.jsonl": parts["tables/person.jsonl"] + b"[" * 200_000 + b"\n"}
    )


def link_to_nowhere(parts):
    lines = parts["tables/operator.jsonl"].splitlines()
    content = b"\n".join([lines[0], lines[1].replace(lines[1][2:34], b"0" * 32)]) + b"\n"
    return with_manifest(parts | {"tables/operator.jsonl": content})


def newer_version(parts):
    return with_manifest(parts, revision="9999")


def version_that_is_a_path(parts):
    return with_manifest(parts, revision="../../etc/passwd")


def older_version_than_its_tables(parts):
    return with_manifest(parts, revision="0007")


def another_format(parts):
    return with_manifest(parts, format="something else")


def no_manifest(parts):
    return {name: content for name, content in parts.items() if name != archive.MANIFEST}


def manifest_of_lists(parts):
    return parts | {archive.MANIFEST: b"[" * 100_000}


def negative_size(parts):
    about = json.loads(parts[archive.MANIFEST])
    about["parts"]["tables/person.jsonl"]["bytes"] = -1
    return parts | {archive.MANIFEST: json.dumps(about).encode()}


def swollen(parts):
    """A thousand times what its manifest says: read no further than that."""
    return parts | {"tables/person.jsonl": parts["tables/person.jsonl"] + b" " * 200_000_000}


def larger_than_any_disk(parts):
    about = json.loads(parts[archive.MANIFEST])
    about["parts"]["tables/person.jsonl"]["bytes"] = 10**18
    return parts | {archive.MANIFEST: json.dumps(about).encode()}


HOSTILE = {
    extra("../../out.txt"): "names what no backup holds",
    extra("/etc/cron.d/out"): "names what no backup holds",
    extra("mail/../../out.eml"): "names what no backup holds",
    extra("tables/sqlite_master.jsonl"): "not those of the version",
    extra("tables/alembic_version.jsonl", b'["version_num"]\n["0001"]\n'): "not those of the version",
    only_in_the_zip: "not what its manifest lists",
    changed_byte: "is not what was written",
    table_left_out: "not those of the version",
    other_columns: "not those of the version",
    row_too_short: "do not fit",
    row_of_another_kind: "do not fit",
    nested_without_end: "do not fit",
    link_to_nowhere: "lead nowhere",
    newer_version: "does not know",
    version_that_is_a_path: "does not know",
    older_version_than_its_tables: "not those of the version",
    another_format: "not one of Consult’s",
    no_manifest: "has no manifest",
    manifest_of_lists: "damaged",
    negative_size: "names what no backup holds",
    swollen: "larger than its manifest says",
    larger_than_any_disk: "are free on this disk",
}


def everything(app):
    with app.app_context(), db.engine.connect() as connection:
        return rows.digests(connection)


def refused(app, run, path, words):
    before, beside = everything(app), sorted(path.parent.rglob("*"))
    result = run(app, "restore", path, "--replace")
    assert result.exit_code == 2, result.output
    said = result.stderr.strip()
    assert words in said
    assert "\n" not in said
    assert "Traceback" not in said
    assert everything(app) == before
    left = [
        each for each in sorted(path.parent.rglob("*")) if "-wal" not in each.name and "-shm" not in each.name
    ]
    assert set(left) <= {*beside, path.parent / "test.db.lock"}


@pytest.mark.parametrize("change", HOSTILE, ids=lambda change: change.__qualname__.split(".")[0])
def test_a_hostile_file_is_refused_in_a_sentence(app, run, saved, change):
    put(saved, change(parts_of(saved)))
    refused(app, run, saved, HOSTILE[change])


def test_a_link_in_place_of_a_file_is_refused(app, run, saved):
    info = zipfile.ZipInfo("tables/person.jsonl")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    parts = with_manifest(parts_of(saved) | {"tables/person.jsonl": b"/etc/passwd"})
    put(saved, parts, **{"tables/person.jsonl": info})
    refused(app, run, saved, "is no plain file")


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_a_file_that_was_cut_short_is_refused(app, run, saved, share):
    content = saved.read_bytes()
    saved.write_bytes(content[: int(len(content) * share)])
    refused(app, run, saved, "is not a whole backup")


def test_bytes_turned_over_in_it_are_found(app, run, saved, tmp_path):
    content = saved.read_bytes()
    for place in range(100, len(content), len(content) // 12):
        turned = bytearray(content)
        turned[place] ^= 0xFF
        saved.write_bytes(turned)
        result = run(app, "restore", saved, "--replace")
        assert result.exit_code in (0, 2)  # a date in a header of the zip matters to nobody
        assert "Traceback" not in result.output


@pytest.mark.parametrize(("made", "words"), [("nothing", "cannot be opened"), ("folder", "cannot be opened")])
def test_what_is_no_file_is_refused(app, run, tmp_path, made, words):
    path = tmp_path / made
    if made == "folder":
        path.mkdir()
    result = run(app, "restore", path, "--replace")
    assert (result.exit_code, words in result.stderr) == (2, True)


def test_a_database_file_is_no_backup(app, run, tmp_path):
    shutil.copy(__file__, tmp_path / "one.zip")
    refused(app, run, tmp_path / "one.zip", "is not a whole backup")
