import pytest

from consult.reports import verifying
from tests.reports import scene


@pytest.fixture
def run(app):
    return app.test_cli_runner().invoke


@pytest.fixture
def asked(working):
    with working("ash"):
        scene.respond(scene.consultation(), 20)


def test_build_writes_a_pack_that_verifies(asked, run, tmp_path):
    out = tmp_path / "pack"
    done = run(args=["reports", "build", "ash/reg14", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[0] == str(out)
    assert done.output.splitlines()[1].startswith("20 received = ")
    assert run(args=["reports", "verify", str(out)]).output == "Every checksum and every figure matches.\n"


def test_the_public_layer_is_built_and_verifies(asked, run, tmp_path):
    assert run(args=["reports", "build", "f/ash/reg14", "--out", str(tmp_path), "--public"]).exit_code == 0
    assert b"by the mill" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert run(args=["reports", "verify", str(tmp_path)]).exit_code == 0
    assert run(args=["reports", "build", "ash/reg14", "--out", str(tmp_path)]).exit_code == 0  # in its place
    assert run(args=["reports", "verify", str(tmp_path)]).exit_code == 0


def test_verify_names_what_differs_and_exits_1(asked, run, tmp_path):
    run(args=["reports", "build", "ash/reg14", "--out", str(tmp_path)])
    content = (tmp_path / "responses.csv").read_bytes()
    (tmp_path / "responses.csv").write_bytes(content.replace(b'"inside"', b'"outside"', 1))
    done = run(args=["reports", "verify", str(tmp_path)])
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
def test_what_cannot_be_built_is_said_in_a_sentence(asked, run, tmp_path, where, said):
    done = run(args=["reports", "build", where, "--out", str(tmp_path / "x")])
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_folder_with_other_things_is_left_alone(asked, run, tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    done = run(args=["reports", "build", "ash/reg14", "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert "thesis.docx" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_building_freezes_a_named_snapshot_each_time(asked, run, tmp_path, working):
    import sqlalchemy as sa

    from consult.database import db
    from consult.feedback.models import Snapshot

    run(args=["reports", "build", "ash/reg14", "--out", str(tmp_path)])
    with working("ash"):
        snapshot = db.session.scalars(sa.select(Snapshot)).one()
        assert snapshot.sha256 in (tmp_path / "README.txt").read_text()
    assert verifying.differences(tmp_path) == []
