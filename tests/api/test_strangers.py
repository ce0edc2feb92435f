"""Nobody gets anything of another body, or of another authority, by any address of the API."""

import pytest

from consult import clock
from consult.access import Act
from consult.database import db
from consult.spaces.models import Space

OF_ASH = ("responses", "points", "places", "figures")


@pytest.fixture(
    params=[("southby", "officer"), ("beck", "chair"), ("dell", "chair"), ("operator",)], ids=" ".join
)
def stranger(request, reading, elsewhere):
    return reading(*request.param)


def test_strangers_find_nothing_and_cannot_tell_it_from_what_is_not_there(here, released, stranger):
    for url in (
        "/api/v1/f/ash/consultations",
        here,
        *(f"{here}/{what}" for what in OF_ASH),
        f"{here}/responses?limit=1",
        "/api/v1/a/northam/releases",
        f"/api/v1/a/northam/releases/{released}",
        f"/api/v1/a/northam/releases/{released}/files/responses.csv",
    ):
        answer = stranger.get(url)
        assert answer.status_code == 404, url
        missing = stranger.get(url.replace("/ash/", "/no-such/").replace("/northam/", "/no-such/"))
        assert answer.data == missing.data


def test_a_release_is_found_only_where_it_was_handed(released, reading):
    officer = reading("southby", "officer")
    assert officer.get("/api/v1/a/southby/releases").json["items"] == []
    assert officer.get(f"/api/v1/a/southby/releases/{released}").status_code == 404
    assert officer.get(f"/api/v1/a/southby/releases/{released}/files/responses.csv").status_code == 404


def test_its_own_officer_reads_the_release_and_not_what_is_behind_it(here, released, reading, working):
    officer = reading("northam", "officer")
    found = officer.get("/api/v1/a/northam/releases").json["items"]
    assert [each["id"] for each in found] == [str(released)]
    one = officer.get(found[0]["url"]).json
    files = {file["name"]: file for file in one["files"]}
    assert officer.get(files["responses.csv"]["url"]).data.startswith("\ufeff".encode())
    assert officer.get(f"{here}/responses").status_code == 404
    assert reading("northam", "officer", acts=[Act.LOOK]).get("/api/v1/a/northam/releases").status_code == 403


def test_nobody_without_a_token(here, reading):
    for what in ("", *(f"/{each}" for each in OF_ASH)):
        assert reading().get(f"{here}{what}").status_code == 401


def test_a_cursor_of_one_list_leads_nowhere_in_another(here, elsewhere, reading):
    """It holds a place in an order and no row."""
    cursor = reading("ash").get(f"{here}/responses?limit=1").json["next"].partition("cursor=")[2]
    items = reading("dell").get(f"/api/v1/f/dell/consultations/reg14/responses?cursor={cursor}").json["items"]
    own = reading("dell").get("/api/v1/f/dell/consultations/reg14/responses").json["items"]
    assert {item["reference"] for item in items} <= {item["reference"] for item in own}


def test_a_suspended_space_is_closed_to_programs_in_their_own_words(here, reading, working, world):
    with working("ash"):
        db.session.get_one(Space, world.space["ash"]).suspended = clock.now()
    assert reading("ash").get(here).status_code == 200  # its members read on
    answer = reading("beck").get(here)
    assert answer.status_code == 403
    assert answer.content_type == "application/problem+json"
    assert "closed for now" in answer.json["detail"]
