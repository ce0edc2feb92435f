"""The timetable as open data: what was announced, and nothing else."""

import csv
import io
from datetime import timedelta

import pytest

from consult import clock
from consult.consultations import timetable
from consult.consultations.records import Announcement
from tests.feedback import stored
from tests.reports import scene


@pytest.fixture
def announced(working):
    """An open one in Ash Hill, one that has closed in Dell Road, and a draft in Beckside."""
    with working("ash"):
        scene.consultation()
    with working("dell"):
        stored.consultation("closed")
    with working("beck"):
        stored.consultation("draft")


def rows(client):
    answer = client.get("/consultations.csv")
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def test_each_announced_consultation_begins_and_ends(client, announced):
    found = {row["reference"]: row for row in rows(client)}
    assert set(found) == {f"{slug}/reg14/{which}" for slug in ("ash", "dell") for which in ("start", "end")}
    start, end = found["ash/reg14/start"], found["ash/reg14/end"]
    assert start["plan-event"] == "regulation-14-consultation-start"
    assert (start["actual-date"], start["predicted-date"]) == (start["event-date"], "")
    assert (end["actual-date"], end["predicted-date"]) == ("", end["event-date"])
    assert start["plan"] == "ash" and start["organisation"] == "Northam District Council"
    assert found["dell/reg14/end"]["actual-date"] == "2026-04-20"  # at whose end it closed
    assert list(start) == list(timetable.COLUMNS)


def test_a_draft_is_in_no_file(client, announced):
    for file in ("/consultations.csv", "/consultations.json"):
        assert "beck" not in client.get(file).get_data(as_text=True)


def test_the_json_says_the_same_with_its_licence(client, announced):
    said = client.get("/consultations.json").get_json()
    assert said["timetable"] == rows(client)
    assert said["licence"] == "Open Government Licence v3.0"


def test_a_day_that_comes_is_a_change(client, announced):
    first = client.get("/consultations.csv")
    again = client.get("/consultations.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    token = clock.standing_at.set(clock.now() + timedelta(days=400))
    try:
        for name, value in (
            ("If-None-Match", first.headers["ETag"]),
            ("If-Modified-Since", first.headers["Last-Modified"]),
        ):
            assert client.get("/consultations.csv", headers={name: value}).status_code == 200
        assert all(row["actual-date"] for row in rows(client))
    finally:
        clock.standing_at.reset(token)


def test_a_start_without_a_day_is_left_out():
    found = Announcement(stage="regulation_14", closes=clock.now() + timedelta(days=42))
    assert [which for which, *_ in timetable.days_of(found, clock.now())] == ["end"]
