"""Events of the record of publicity that lie ahead, for everyone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult import clock
from consult.consultations.models import find
from consult.consultations.publicity import events
from consult.consultations.publicity.publicising import Publicity
from consult.database import db
from tests.consultations.setting import consultation, person

HERE = "/f/ash/consultations/first/"
DAYS = timedelta(days=1)


def happens(made, what, in_days, until=None, kind="event", **more):
    today = clock.today()
    about = {"kind": kind, "what": what, "from_day": today + in_days * DAYS}
    about["to_day"] = None if until is None else today + until * DAYS
    db.session.add(Publicity(consultation_id=made.id, **about, **more))


@pytest.fixture
def asked(working, world):
    with working("ash"):
        made = consultation(last_day=clock.today() + 60 * DAYS, at=clock.now())
        happens(made, "Yesterday’s walk", -1)
        happens(made, "Drop-in", 3, times="2pm to 7pm", where="The Hall, Ash Hill", access="Step-free.")
        happens(made, "An exhibition", -3, until=0)
        happens(made, "Leaflets to come", 5, kind="leaflets")
        db.session.flush()
        made.reread()


def test_strangers_hear_of_none_while_it_is_a_draft(asked, client):
    assert "Drop-in" not in client.page("/f/ash/").text
    assert client.get(f"{HERE}events.ics").status_code == 404


def test_coming_ones_stand_on_the_page_and_on_the_home_with_day_time_place_and_access(
    asked, client, working, world
):
    with working("ash"):
        find("first").open(person(world))
    for path in (HERE, "/f/ash/"):
        page = client.page(path).text
        for words in ("Drop-in", "2pm to 7pm", "The Hall, Ash Hill", "Step-free.", "An exhibition"):
            assert words in page, (path, words)
        for words in ("Yesterday’s walk", "Leaflets to come"):
            assert words not in page, (path, words)
    assert "Drop-in" not in client.page("/f/beck/").text


def test_what_an_organiser_records_of_an_event_is_what_everyone_reads(asked, client, working, world, sign_in):
    day = clock.today() + 9 * DAYS
    said = {
        "kind": "event",
        "what": "Walk round the mill",
        "where": "The mill gate",
        "times": "10am to noon",
        "access": "Flat paths.",
        "from_day": [day.day, day.month, day.year],
    }
    assert sign_in("ash").post(f"{HERE}publicity/new", data=said).status_code == 303
    with working("ash"):
        find("first").open(person(world))
    page = client.page(HERE).text
    assert "Walk round the mill" in page
    assert "10am to noon The mill gate Access: Flat paths." in page


def test_the_file_for_calendars_has_whole_days_and_ends_after_the_last(asked, client, working, world):
    with working("ash"):
        find("first").open(person(world))
    answer = client.get(f"{HERE}events.ics")
    assert answer.mimetype == "text/calendar"
    lines = answer.text.split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    today = clock.today()
    assert f"DTSTART;VALUE=DATE:{today + 3 * DAYS:%Y%m%d}" in lines
    assert f"DTEND;VALUE=DATE:{today + 4 * DAYS:%Y%m%d}" in lines
    assert f"DTEND;VALUE=DATE:{today + DAYS:%Y%m%d}" in lines  # the exhibition, whose last day is today
    assert "LOCATION:The Hall\\, Ash Hill" in lines


@given(st.text(max_size=300))
def test_what_people_write_stays_inside_its_line(words):
    """No mark of it becomes one of the file's, and no line is longer than the standard lets it be."""
    line = events.folded(f"SUMMARY:{events.text(words)}")
    rows = line.split("\r\n")
    assert all(row.startswith(" ") for row in rows[1:])
    assert all(len(row.encode()) <= events.LONGEST_LINE for row in rows)
    whole = rows[0] + "".join(row[1:] for row in rows[1:])
    assert whole == f"SUMMARY:{events.text(words)}"
    assert whole.isprintable()
