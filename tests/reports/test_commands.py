import errno
import threading
from pathlib import Path

import pytest

from consult import audit, database
from consult.database import alone, unit_of_work
from consult.reports import typesetting, verifying
from tests.reports import scene


@pytest.fixture
def run(app):
    return app.test_cli_runner().invoke


@pytest.fixture
def out(tmp_path):
    return tmp_path / "pack"


@pytest.fixture
def asked(working):
    with working("ash"):
        scene.respond(scene.consultation(), 20)


def test_build_writes_a_pack_that_verifies(asked, run, out):
    done = run(args=["reports", "build", "ash/reg14", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[0] == str(out)
    assert done.output.splitlines()[1].startswith("20 received = ")
    assert run(args=["reports", "verify", str(out)]).output == "Every checksum and every figure matches.\n"


def test_the_public_layer_is_built_and_verifies(asked, run, out):
    assert run(args=["reports", "build", "f/ash/reg14", "--out", str(out), "--public"]).exit_code == 0
    assert b"by the mill" not in b"".join(path.read_bytes() for path in out.iterdir())
    assert run(args=["reports", "verify", str(out)]).exit_code == 0
    assert run(args=["reports", "build", "ash/reg14", "--out", str(out)]).exit_code == 0  # in its place
    assert run(args=["reports", "verify", str(out)]).exit_code == 0


def test_verify_names_what_differs_and_exits_1(asked, run, out):
    run(args=["reports", "build", "ash/reg14", "--out", str(out)])
    content = (out / "responses.csv").read_bytes()
    (out / "responses.csv").write_bytes(content.replace(b'"inside"', b'"outside"', 1))
    done = run(args=["reports", "verify", str(out)])
    assert done.exit_code == 1
    assert "responses.csv has been changed: its checksum differs." in done.output
    assert "counted [home=inside]: figures.json says" in done.output


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("nowhere/reg14", "There is no space “nowhere”"),
        ("ash/none", "There is no consultation “none”"),
        ("reg14", "There is no space “”"),
        ("", "There is no space"),
    ],
)
def test_what_cannot_be_built_is_said_in_a_sentence(asked, run, out, where, said):
    done = run(args=["reports", "build", where, "--out", str(out)])
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_folder_with_other_things_is_left_alone(asked, run, out):
    out.mkdir()
    (out / "thesis.docx").write_text("mine")
    done = run(args=["reports", "build", "ash/reg14", "--out", str(out)])
    assert done.exit_code == 2
    assert "thesis.docx" in done.output
    assert [path.name for path in out.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("name", ["figures.json", "MANIFEST.sha256"])
def test_a_folder_in_the_place_of_a_file_is_said_in_a_sentence(asked, run, out, name):
    (out / name).mkdir(parents=True)
    done = run(args=["reports", "build", "ash/reg14", "--out", str(out)])
    assert done.exit_code == 2
    assert name in done.output
    assert [path.name for path in out.iterdir()] == [name]


def test_a_disk_that_fills_up_is_said_in_a_sentence_and_leaves_the_earlier_pack(asked, run, out, monkeypatch):
    run(args=["reports", "build", "ash/reg14", "--out", str(out)])
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    write = Path.write_bytes

    def full(self, content):
        if self.name == "statement.pdf":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    done = run(args=["reports", "build", "ash/reg14", "--out", str(out), "--public"])
    assert done.exit_code == 2
    assert done.output == f"Nothing can be written to {out}: No space left on device.\n"
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_what_a_build_that_was_killed_left_behind_is_cleared_away(asked, run, out):
    (out / ".unfinished").mkdir(parents=True)
    (out / ".unfinished" / "statement.pdf").write_bytes(b"half")
    assert run(args=["reports", "build", "ash/reg14", "--out", str(out)]).exit_code == 0
    assert run(args=["reports", "verify", str(out)]).exit_code == 0


def test_others_write_while_the_files_are_made(asked, app, run, out, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 5)
    wrote = []

    def another():
        with app.app_context(), unit_of_work():
            alone("another")
            wrote.append(audit.record_operator("wrote"))

    set_in_type = typesetting.pdf

    def slow(document):
        writer = threading.Thread(target=another)
        writer.start()
        writer.join(timeout=10)
        return set_in_type(document)

    monkeypatch.setattr(typesetting, "pdf", slow)
    assert run(args=["reports", "build", "ash/reg14", "--out", str(out)]).exit_code == 0
    assert len(wrote) == 1


def test_building_freezes_a_named_snapshot_each_time(asked, run, out, working):
    import sqlalchemy as sa

    from consult.database import db
    from consult.feedback.models import Snapshot

    run(args=["reports", "build", "ash/reg14", "--out", str(out)])
    with working("ash"):
        snapshot = db.session.scalars(sa.select(Snapshot)).one()
        assert snapshot.sha256 in (out / "README.txt").read_text()
    assert verifying.differences(out) == []
