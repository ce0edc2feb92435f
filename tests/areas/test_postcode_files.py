"""Postcodes by the million: in pieces, so that nobody waits for all of them, and never the half of a broken file."""

import threading
import zipfile

import pytest
import sqlalchemy as sa

from consult import audit, database
from consult.areas.loaded import postcode_files
from consult.areas.models import Postcode
from consult.database import alone, db, unit_of_work

ROWS = [
    f"OX{n // 100} {n // 10 % 10}A{'ABDEFGHJLN'[n % 10]},10,{450000 + n},206000" for n in range(100, 1000)
]


@pytest.fixture
def bring(app, tmp_path, monkeypatch):
    monkeypatch.setattr(postcode_files, "BATCH", 100)

    def bring(content):
        path = tmp_path / "postcodes"
        path.write_bytes(content)
        return app.test_cli_runner().invoke(args=["postcodes", "import", str(path)])

    return bring


def number_of(app):
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Postcode))


def test_others_write_while_postcodes_come_in(app, bring, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 5)
    before, wrote, rows = number_of(app), [], postcode_files.as_kept

    def another():
        with app.app_context(), unit_of_work():
            alone("another")
            wrote.append(audit.record_operator("wrote"))

    def slow(row):
        if row[1] == 450_950:
            writer = threading.Thread(target=another)
            writer.start()
            writer.join(timeout=10)
        return rows(row)

    monkeypatch.setattr(postcode_files, "as_kept", slow)
    assert bring("\n".join(ROWS).encode()).exit_code == 0
    assert len(wrote) == 1
    assert number_of(app) == before + len(ROWS)


def test_the_same_file_twice_is_as_good_as_once(app, bring):
    content = "\n".join(ROWS).encode()
    bring(content)
    once = number_of(app)
    assert "900 postcodes are in the table" in bring(content).stdout
    assert number_of(app) == once


def in_a_zip(tmp_path, rows):
    with zipfile.ZipFile(tmp_path / "made.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Data/CSV/ox.csv", "\n".join(rows))
    return (tmp_path / "made.zip").read_bytes()


def broken_in_the_middle(tmp_path):
    whole = bytearray(in_a_zip(tmp_path, ROWS))
    whole[len(whole) // 2] ^= 0xFF
    return bytes(whole)


def locked(tmp_path):
    whole = bytearray(in_a_zip(tmp_path, ROWS))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(signature) + flags] |= 1
    return bytes(whole)


def with_a_cell_that_never_ends(tmp_path):
    return "\n".join([*ROWS, '"' + "x" * 2_000_000]).encode()


@pytest.mark.parametrize("made", [broken_in_the_middle, locked, with_a_cell_that_never_ends])
def test_a_broken_file_is_refused_before_anything_is_kept(app, bring, tmp_path, made):
    before = number_of(app)
    done = bring(made(tmp_path))
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)
    assert done.stderr.count("\n") == 1
    assert number_of(app) == before
