"""A backup is one moment of everything, and a restore is all of it or nothing."""

import stat
import threading

import pytest
import sqlalchemy as sa

from consult import audit, tenancy
from consult.accounts.models import SignIn
from consult.api.models import ApiToken
from consult.audit import OperatorDeed
from consult.clearing import erasing
from consult.clearing.models import ERASED
from consult.database import db, unit_of_work
from consult.operating import ledger, restoring, rows
from consult.spaces.models import Space
from tests.api.keys import token_of
from tests.areas.ground import application_of, apply_here, square
from tests.clearing import speaking

CHANGED = {
    "operator_deed",
    "sign_in",
    "api_token",
}  # a restore is on record, and nobody is signed in any more


def digests(app):
    with app.app_context(), db.engine.connect() as connection:
        return {name: digest for name, digest in rows.digests(connection).items() if name not in CHANGED}


@pytest.fixture
def saved(app, run, tmp_path):
    path = tmp_path / "saved.zip"
    result = run(app, "backup", path)
    assert result.exit_code == 0, result.output
    return path


def test_everything_comes_back_on_a_new_machine(planted, app, elsewhere, run, saved):
    result = run(elsewhere, "restore", saved)
    assert result.exit_code in (0, 1), result.output  # what is planted is in no chain
    assert digests(elsewhere) == digests(app)
    assert run(elsewhere, "backup", saved.with_name("again.zip")).exit_code == 0


def test_a_space_goes_on_working_after_it(opened, app, world, elsewhere, run, working, chair, tmp_path):
    with working("ash"):
        speaking.with_everything(chair())
        audit.seal()
    run(app, "backup", tmp_path / "one.zip")
    result = run(elsewhere, "restore", tmp_path / "one.zip")
    assert result.exit_code == 0, result.output
    with elsewhere.app_context(), unit_of_work(), tenancy.inside(world.space["ash"]):
        erasing.erase(speaking.only(), "They asked.", chair())  # triggers, policies and doors are there
        assert audit.verify() == []
        db.session.flush()
    with elsewhere.app_context(), unit_of_work():
        audit.record_operator("something.else")  # numbers go on where they were
    with elsewhere.app_context(), pytest.raises(sa.exc.DBAPIError), unit_of_work():
        db.session.scalars(sa.select(OperatorDeed)).first().act = "another"
        db.session.flush()


def test_the_file_is_its_owners_alone_and_nothing_lies_beside_it(app, saved):
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert not list(saved.parent.glob(".saved*"))


def test_no_half_of_one_is_left(app, run, tmp_path, monkeypatch):
    def breaks(table, connection, only=""):
        yield b"[]\n"
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(rows, "said", breaks)
    assert run(app, "backup", tmp_path / "half.zip").exit_code != 0
    assert not list(tmp_path.glob("*half*"))


def test_it_is_refused_where_no_file_can_be_written(app, run, tmp_path):
    result = run(app, "backup", tmp_path / "nowhere" / "at-all.zip")
    assert result.exit_code == 2
    assert "cannot be written: no such file" in result.stderr


def test_a_full_database_is_only_replaced_where_that_is_asked_for(app, run, saved):
    before = digests(app)
    result = run(app, "restore", saved)
    assert result.exit_code == 2
    assert "The database is not empty" in result.stderr
    with app.app_context(), unit_of_work():
        space = db.session.scalar(sa.select(Space).where(Space.slug == "ash"))
        space.about = "Written since."
    assert digests(app) != before
    assert run(app, "restore", saved, "--replace").exit_code == 0
    assert digests(app) == before


def test_no_token_works_again_that_was_revoked_since(app, world, elsewhere, run, tmp_path):
    secret = token_of(app, world, "ash")
    run(app, "backup", tmp_path / "one.zip")
    run(elsewhere, "restore", tmp_path / "one.zip")
    with elsewhere.app_context():
        assert ApiToken.that_reads(secret) is None


def test_everybody_signs_in_again(app, sign_in, elsewhere, run, tmp_path):
    sign_in("ash")
    run(app, "backup", tmp_path / "one.zip")
    run(elsewhere, "restore", tmp_path / "one.zip")
    with elsewhere.app_context():
        assert [each.ended is not None for each in db.session.scalars(sa.select(SignIn))] == [True]


def test_what_was_written_while_it_ran_is_all_in_or_all_out(app, elsewhere, run, tmp_path):
    """A writer puts two things that belong together into each transaction, as fast as it can."""
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            with app.app_context(), unit_of_work():
                audit.record_operator("first", number=number)
                audit.record_operator("second", number=number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        results = [run(app, "backup", tmp_path / f"{n}.zip") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    assert [result.exit_code for result in results] == [0, 0, 0]
    assert run(elsewhere, "restore", tmp_path / "2.zip").exit_code == 0
    with elsewhere.app_context():
        deeds = list(db.session.scalars(sa.select(OperatorDeed)))
        told = {act: {d.detail["number"] for d in deeds if d.act == act} for act in ("first", "second")}
        assert told["first"] == told["second"] != set()


def test_what_was_erased_since_does_not_come_back(opened, app, run, working, chair, tmp_path):
    with working("ash"):
        speaking.with_everything(chair())
    run(app, "backup", tmp_path / "before.zip")
    with working("ash"):
        erasing.erase(speaking.only(), "They asked.", chair())
    result = run(app, "restore", tmp_path / "before.zip", "--replace")
    assert result.exit_code == 0, result.output
    assert "1 responses that were erased since" in result.output
    assert_erased(app)


def test_nor_where_the_database_is_lost_and_only_the_list_is_left(
    opened, app, elsewhere, run, working, chair, tmp_path
):
    with working("ash"):
        speaking.with_everything(chair())
    run(app, "backup", tmp_path / "before.zip")
    with working("ash"):
        erasing.erase(speaking.only(), "They asked.", chair())
    with app.app_context():
        ledger.keep_up()
        ledger.keep_up()
        kept = ledger.path()
    assert len(kept.read_text().split("\n")) == 3
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    (elsewhere.config["SETTINGS"].data_dir / ledger.NAME).write_text(kept.read_text() + "erased 12ab")
    assert run(elsewhere, "restore", tmp_path / "before.zip").exit_code == 0
    assert_erased(elsewhere)


def assert_erased(app):
    with app.app_context(), db.engine.connect() as connection:
        for table in (each for each in db.metadata.sorted_tables if each.name != "postcode"):
            for row in connection.execute(sa.select(table)):
                said = " ".join(str(value) for value in row)
                assert not [word for word in speaking.PLANTED if word.casefold() in said.casefold()], table
        assert ERASED in connection.scalars(sa.select(db.metadata.tables["answer"].c.text)).all()


def test_mail_that_waits_as_a_file_goes_with_it(app, elsewhere, run, tmp_path):
    folder = app.config["SETTINGS"].data_dir / "mail"
    folder.mkdir()
    (folder / "20261130-120000-abc.eml").write_bytes(b"To: somebody\n\nYour code is 1\n")
    assert "1 mails" in run(app, "backup", tmp_path / "one.zip").output
    run(elsewhere, "restore", tmp_path / "one.zip")
    brought = elsewhere.config["SETTINGS"].data_dir / "mail" / "20261130-120000-abc.eml"
    assert brought.read_bytes() == b"To: somebody\n\nYour code is 1\n"


def test_a_restore_that_fails_at_the_last_step_changes_nothing(app, run, saved, monkeypatch):
    before = digests(app)
    with app.app_context(), unit_of_work():
        audit.record_operator("since")

    def breaks(*args):
        raise RuntimeError("the power went")

    monkeypatch.setattr(restoring.catalogue, "apply", breaks)
    monkeypatch.setattr(restoring, "file_lock", breaks)
    assert run(app, "restore", saved, "--replace").exit_code != 0
    assert digests(app) == before
    with app.app_context():
        assert db.session.scalar(sa.select(OperatorDeed).where(OperatorDeed.act == "since"))
    assert not list(saved.parent.glob("restoring-*"))


def test_areas_that_overlap_never_come_onto_the_register(app, elsewhere, run, saved, monkeypatch):
    class Overlapping:
        overlaps = ("two",)

    monkeypatch.setattr("consult.operating.scratch.audit_of", lambda areas: Overlapping)
    result = run(elsewhere, "restore", saved)
    assert result.exit_code == 2
    assert "overlap" in result.stderr


def test_an_area_that_was_on_the_register_still_takes_its_ground(
    app, world, elsewhere, run, working, tmp_path
):
    with working("ash"):
        apply_here(square())
    run(app, "backup", tmp_path / "one.zip")
    assert run(elsewhere, "restore", tmp_path / "one.zip").exit_code == 0
    with elsewhere.app_context(), unit_of_work(), tenancy.inside(world.space["beck"]):
        apply_here(square(east=500))
        db.session.flush()
        assert application_of(world.space["beck"]).state == "contested"
