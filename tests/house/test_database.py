"""Readers by default, one writer at a time, one commit a request."""

import threading
import time

import pytest
import sqlalchemy as sa
from flask import abort

from consult import access, database
from consult.database import Busy, WriteRefused, alone, db, unit_of_work
from consult.spaces.models import Space
from tests.databases import GIVEN


def rename(word):
    db.session.scalars(sa.select(Space).where(Space.slug == "ash")).one().about = word
    db.session.flush()


def about():
    return db.session.scalar(sa.select(Space.about).where(Space.slug == "ash"))


@pytest.fixture
def routes(app):
    app._got_first_request = False

    @app.route("/test/write", methods=["GET", "POST"])
    @access.public
    def write():
        rename("written")
        return "ok", 200, {"Content-Type": "text/plain"}

    @app.route("/test/refuse", methods=["POST"])
    @access.public
    def refuse():
        rename("refused")
        abort(400)

    @app.route("/test/break", methods=["POST"])
    @access.public
    def broken():
        rename("broken")
        raise ZeroDivisionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def test_a_post_commits_once_on_success(routes, client):
    assert client.post("/test/write").status_code == 200
    with routes.app_context():
        assert about() == "written"


@pytest.mark.parametrize("path", ["/test/refuse", "/test/break"])
def test_a_post_that_ends_in_an_error_keeps_nothing(routes, client, path):
    assert client.post(path).status_code >= 400
    with routes.app_context():
        assert about() == ""


def test_a_get_cannot_write(routes, client):
    assert client.get("/test/write").status_code == 500
    with routes.app_context():
        assert about() == ""


def test_a_command_cannot_write_outside_a_unit_of_work(app):
    with app.app_context():
        with pytest.raises((WriteRefused, sa.exc.InternalError)):
            rename("sneaked")
        db.session.rollback()


def test_a_unit_of_work_that_fails_keeps_nothing(app):
    with app.app_context():
        with pytest.raises(ZeroDivisionError), unit_of_work():
            rename("half")
            1 / 0  # noqa: B018
        assert about() == ""


def test_alone_lets_one_in_at_a_time_and_reads_afresh(app):
    """Ten add a letter each to what they read: without the lock letters would be lost."""

    def add():
        with app.app_context(), unit_of_work():
            before = about()
            assert before is not None
            alone("letters")
            found = about() or ""
            time.sleep(0.005)
            rename(found + "x")

    threads = [threading.Thread(target=add) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert about() == "x" * 10


def test_a_reader_is_not_held_up_by_a_writer(app):
    with app.app_context(), unit_of_work():
        rename("writing")
        found = []

        def read():
            with app.app_context():
                found.append(about())

        reader = threading.Thread(target=read)
        reader.start()
        reader.join(timeout=5)
        assert found == [""]


@pytest.fixture
def somebody_writes(app):
    """A writer who holds `letters`, and on SQLite with it the whole database, until told that it is over."""
    holding, over = threading.Event(), threading.Event()

    def write():
        with app.app_context(), unit_of_work():
            alone("letters")
            holding.set()
            over.wait(60)

    def end():
        over.set()
        writer.join()

    writer = threading.Thread(target=write)
    writer.start()
    assert holding.wait(60)
    yield end
    end()


def test_nobody_waits_for_ever_for_another_writer(app, somebody_writes, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 1)
    began = time.monotonic()
    with app.app_context():
        with pytest.raises(Busy), unit_of_work():
            alone("letters")
        assert 0.9 < time.monotonic() - began < 10
        assert about() == ""  # and the session can be used again


def test_who_waited_in_vain_leaves_the_queue(app, somebody_writes, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 1)
    with app.app_context(), pytest.raises(Busy), unit_of_work():
        alone("letters")
    somebody_writes()
    with app.app_context():
        with unit_of_work():
            alone("letters")
            rename("later")
        assert about() == "later"


def test_a_person_who_waits_too_long_is_told_that_nothing_is_lost(
    routes, client, somebody_writes, monkeypatch
):
    monkeypatch.setattr(database, "PATIENCE", 1)

    @routes.post("/test/alone")
    @access.public
    def letters():
        alone("letters")
        return "ok"

    page = client.post("/test/alone")
    assert page.status_code == 503
    assert "Nothing is lost" in page.text
    assert "send it again" in page.text


@pytest.mark.skipif(not GIVEN, reason="only PostgreSQL has locks on single rows")
def test_a_row_that_somebody_holds_is_waited_for_as_patiently(routes, client, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 1)

    @routes.post("/test/row")
    @access.public
    def row():
        alone("something else")
        rename("mine")
        return "ok"

    with routes.app_context(), unit_of_work():
        rename("theirs")
        answers = []
        other = threading.Thread(target=lambda: answers.append(client.post("/test/row")))
        other.start()
        other.join(timeout=20)
    assert [answer.status_code for answer in answers] == [503]
    assert "Nothing is lost" in answers[0].text


@pytest.mark.skipif(bool(GIVEN), reason="only SQLite has one writer for everything")
def test_a_command_that_waits_too_long_says_so_in_a_sentence(app, somebody_writes, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 1)
    done = app.test_cli_runner().invoke(args=["operators", "invite", "new@example.org"])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert "run it again" in done.output
