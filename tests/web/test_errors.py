"""Failures in plain words, also when the database is what failed."""

import pytest
import sqlalchemy as sa

from consult import access
from tests.conftest import app_on

NOBODY_LISTENS = "postgresql+psycopg://consult@127.0.0.1:9/consult?connect_timeout=2"
NO_SUCH_FILE = "sqlite:////nowhere/at/all/consult.db"
BEYOND = "9" * 23


@pytest.fixture(params=[NOBODY_LISTENS, NO_SUCH_FILE], ids=["postgresql", "sqlite"])
def silent(request, tmp_path):
    """The service on a database that does not answer."""
    app = app_on(request.param, tmp_path)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def with_a_cookie(silent):
    client = silent.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "a token of last week"
        session["_fresh"] = True
    return client


@pytest.mark.parametrize("path", ["/healthz", "/", "/register", "/f/ash/plan", "/nothing/here"])
def test_a_silent_database_ends_in_a_page_for_whoever_is_signed_in(with_a_cookie, path):
    page = with_a_cookie.get(path)
    assert page.status_code == 503
    assert "Consult is resting for a moment" in page.text


@pytest.mark.parametrize("path", ["/healthz", "/register"])
def test_a_silent_database_ends_in_a_page_for_a_stranger(silent, path):
    page = silent.test_client().get(path)
    assert page.status_code == 503
    assert "Consult is resting for a moment" in page.text


def test_the_page_of_a_failure_asks_the_database_nothing(app, sign_in):
    app._got_first_request = False

    @app.get("/test/break")
    @access.public
    def broken():
        asked.clear()
        raise ZeroDivisionError

    asked = []
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = sign_in("ash")
    with app.app_context():
        engine = sa.inspect(app.extensions["sqlalchemy"].engine).engine
    sa.event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, *rest: asked.append(sql))
    page = client.get("/test/break")
    assert page.status_code == 500
    assert "Something went wrong here" in page.text
    assert asked == []


@pytest.mark.parametrize(
    "path",
    [
        "/f/ash/consultations/a%00b/",
        "/f/ash/consultations/reg14%00/results",
        "/f/ash/consultations/%00/respond",
        "/f/ash/consultations/reg14/responses/%00",
        "/f/ash/consultations/a%0Ab/",
        "/f/ash/consultations/a%C2%85b/",
        f"/f/ash/plan/versions/{BEYOND}",
        f"/f/ash/plan/versions/{2**31}",
    ],
)
def test_an_address_that_no_name_can_have_is_not_there(sign_in, path):
    assert sign_in("ash").get(path).status_code == 404


@pytest.mark.parametrize("page", [BEYOND, "9" * 5000, f"-{BEYOND}", "0", "-1", "x", "", "%00", "1e9"])
def test_any_page_of_the_register_may_be_asked_for(client, page):
    assert client.get(f"/register?page={page}").status_code == 200
