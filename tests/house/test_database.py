"""Readers by default, one writer at a time, one commit a request."""

import threading
import time

import pytest
import sqlalchemy as sa
from flask import abort

from consult import access
from consult.database import WriteRefused, alone, db, unit_of_work
from consult.spaces.models import Space


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
