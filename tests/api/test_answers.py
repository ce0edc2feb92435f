"""What the API answers: the same as the files of a report, page by page, noted when somebody's words are read."""

import json

import pytest
import sqlalchemy as sa

from consult.audit import Access
from consult.consultations.models import Consultation, find
from consult.database import db
from consult.feedback import tallies
from consult.feedback.snapshots import freeze
from consult.reports.building import pack
from consult.web import cells
from tests.reports import scene

REG14 = "/api/v1/f/ash/consultations/reg14"


@pytest.fixture
def files(received, working):
    with working("ash"):
        return pack(find(received), freeze(find(received), None))


def as_text(items):
    return [{name: str(value) for name, value in item.items()} for item in items]


def test_responses_have_the_columns_and_cells_of_the_file(here, files, reading):
    items = reading("ash").walk(f"{here}/responses?limit=7")
    assert as_text(items) == cells.rows_of(files["responses.csv"])


def test_points_have_those_of_the_log(here, files, reading):
    assert as_text(reading("ash").walk(f"{here}/points?limit=7")) == cells.rows_of(files["response-log.csv"])


def test_places_are_those_of_the_file(here, files, reading):
    features = reading("ash").walk(f"{here}/places?limit=9", "features")
    assert features == json.loads(files["places.geojson"])["features"]


def test_figures_are_those_that_are_counted_in_one_place(here, files, received, reading, working):
    said = reading("ash").get(f"{here}/figures").json
    told = json.loads(files["figures.json"])
    assert (said["figures"], said["reconciliation"]) == (told["figures"], told["reconciliation"])
    with working("ash"):
        assert said["reconciliation"]["received"] == tallies.received(find(received))


def test_a_page_says_where_the_list_goes_on(here, reading):
    answer = reading("ash").get(f"{here}/responses?limit=10")
    assert len(answer.json["items"]) == 10
    assert answer.headers["Link"] == f'<{answer.json["next"]}>; rel="next"'
    assert "limit=10" in answer.json["next"]


def test_a_list_is_complete_without_repeats_while_more_is_added(here, received, reading, working):
    reader = reading("ash")
    before = [item["reference"] for item in reader.walk(f"{here}/responses")]
    url, seen = f"{here}/responses?limit=6", []
    for round_ in range(100):
        said = reader.get(url).json
        seen += [item["reference"] for item in said["items"]]
        with working("ash"):
            scene.respond(find(received), 1, seed=100 + round_)  # among those that were passed already
        url = said["next"]
        if url is None or round_ == 30:
            break
    assert len(seen) == len(set(seen))
    assert set(before) <= set(seen)


def test_consultations_come_a_page_at_a_time(here, reading, working):
    with working("ash"):
        for number in range(7):
            db.session.add(Consultation(reference=f"c{number}", stage="early_engagement", title=f"T{number}"))
    found = [each["reference"] for each in reading("ash").walk("/api/v1/f/ash/consultations?limit=2")]
    assert len(found) == len(set(found)) == 8


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=x",
        "limit=",
        "limit=1&limit=2",
        "cursor=",
        "cursor=%00",
        "cursor=WzFd",
        "stage=x",
    ],
)
def test_what_is_not_as_described_is_refused_in_a_sentence(here, reading, query):
    answer = reading("ash").get(f"{here}/responses?{query}")
    assert answer.status_code == 400
    assert answer.json["detail"].endswith((".", "json."))


@pytest.mark.parametrize("what", ["responses", "points", "places", "figures"])
def test_each_read_of_people_s_words_is_noted(here, reading, working, world, what):
    reading("ash").get(f"{here}/{what}")
    with working("ash"):
        noted = db.session.scalars(sa.select(Access)).all()
        assert len(noted) == 1
        assert (noted[0].person_id, noted[0].detail) == (
            world.person["ash", "chair"],
            {"token": "for chair of ash"},
        )


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_is_written(here, reading, method):
    answer = reading("ash").get(f"{here}/responses", method)
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert "GET" in answer.headers["Allow"]


def test_head_and_options(here, reading):
    reader = reading("ash")
    head, got = reader.get(f"{here}/responses", "HEAD"), reader.get(f"{here}/responses")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    options = reader.get(f"{here}/responses", "OPTIONS")
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert reading().get(f"{here}/responses", "OPTIONS").status_code == 401


def test_no_other_site_s_page_may_read_it_and_no_cache_keeps_it(here, reading):
    answer = reading("ash").get(f"{here}/responses", Origin="https://elsewhere.example")
    assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_an_unknown_address_is_a_problem_too(reading):
    for url in ("/api/v1/nothing", "/api/v2/spaces", "/api/v1/f/nowhere/consultations", f"{REG14}/nothing"):
        answer = reading("ash").get(url)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
