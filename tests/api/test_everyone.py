"""What the API tells everyone, without a token: the same as the files of open data."""

import csv
import io

import pytest

from consult.areas.register import take_off
from tests.areas.ground import application_of, apply_here, square


@pytest.fixture
def two(working):
    for slug, east in (("ash", 0), ("dell", 5000)):
        with working(slug):
            apply_here(square(east), f"Area of {slug}")


def rows_of(client, file):
    return list(csv.DictReader(io.StringIO(client.get(file).get_data(as_text=True))))


def test_the_register_is_that_of_the_file_and_tells_what_left_it(client, two, world, working, reading):
    with working("ash"):
        take_off(application_of(world.space["ash"]).entry)
    features = reading().walk("/api/v1/register?limit=1", "features")
    said = [{name: str(value) for name, value in each["properties"].items()} for each in features]
    filed = rows_of(client, "/register.csv?versions=all")
    assert said == [{name: value for name, value in row.items() if name != "geometry"} for row in filed]
    assert [bool(each["end-date"]) for each in said] == [True, False]


def test_the_timetable_is_that_of_the_file(client, received, elsewhere, reading):
    items = reading().walk("/api/v1/timetable?limit=1")
    assert len(items) == 4
    assert sorted(items, key=lambda row: row["reference"]) == sorted(
        rows_of(client, "/consultations.csv"), key=lambda row: row["reference"]
    )


@pytest.mark.parametrize("cursor", ["eA", "WyJ4Il0", "WyI5OTk5OTk5OTk5OTk5OTkiXQ", "W10"])
def test_a_cursor_of_one_s_own_making_is_refused_in_a_sentence(reading, cursor):
    for what in ("register", "timetable"):
        answer = reading().get(f"/api/v1/{what}?cursor={cursor}")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_token_that_does_not_work_is_told_so_here_too(reading):
    reader = reading()
    reader.headers = {"Authorization": "Bearer consult_x"}
    assert reader.get("/api/v1/register").status_code == 401
