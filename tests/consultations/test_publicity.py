"""How people heard of it: the record, the day of first publicity, and the six weeks that start there."""

import hashlib
import io
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from consult import clock
from consult.audit import Deed
from consult.consultations.models import find
from consult.consultations.opening.gate import earliest, publicity
from consult.consultations.publicity.publicising import Publicity
from consult.consultations.stages import REGULATION_14
from consult.database import db
from consult.web.errors import Refused
from tests.consultations.setting import DAY, NOON, consultation, person, regulation_14

BASE = "/f/ash/consultations/reg14/publicity"
DAYS = timedelta(days=1)
PDF = b"%PDF-1.7 a leaflet"
SIX_WEEKS = 42


def boxes(day):
    return [str(day.day), str(day.month), str(day.year)]


def told(made, day, **about):
    db.session.add(
        Publicity(consultation_id=made.id, kind="leaflets", what="A leaflet", from_day=day, **about)
    )
    made.reread()


@pytest.fixture
def organiser(sign_in):
    return sign_in("ash", "organiser")


@pytest.fixture
def draft(working):
    """Set up 30 days before today, in two forums."""
    for space in ("ash", "beck"):
        with working(space):
            regulation_14(at=clock.now() - 30 * DAYS, last_day=clock.today() + 60 * DAYS)


def record(organiser, day, **said):
    return organiser.post(
        f"{BASE}/new", data={"kind": "leaflets", "what": "A leaflet", "from_day": boxes(day)} | said
    )


def test_the_earliest_record_is_where_the_six_weeks_start(working, world):
    with working("ash"):
        made = regulation_14(first_publicised=DAY - 9 * DAYS, last_day=DAY + 39 * DAYS)
        told(made, DAY - 2 * DAYS)
        told(made, DAY - 3 * DAYS)
        assert made.heard == DAY - 3 * DAYS  # and not what was typed with the dates, which nothing shows
        assert made.earliest_last_day == earliest(REGULATION_14, DAY - 3 * DAYS, clock.today())
        made.open(person(world), now=NOON)
        assert made.first_publicised == made.announcement.first_publicised == DAY - 3 * DAYS


def test_what_lies_ahead_tells_nobody_yet(working, world):
    with working("ash"):
        made = regulation_14(last_day=clock.today() + 60 * DAYS, at=clock.now() - DAYS)
        told(made, clock.today() + 2 * DAYS)
        assert made.heard is None
        told(made, clock.today())
        assert made.heard == clock.today()


def test_a_day_before_the_setting_up_counts_only_with_evidence(working, world):
    early = DAY - 40 * DAYS
    with working("ash"):
        made = regulation_14(last_day=DAY + 2 * DAYS)
        told(made, early)
        assert made.heard is None
        with pytest.raises(Refused, match="at least six weeks"):
            made.open(person(world), now=NOON)
        told(made, early, link="https://example.org/news")
        assert made.heard == early
        made.open(person(world), now=NOON)
        assert made.announcement.first_publicised == early


def test_nothing_that_is_recorded_after_the_opening_brings_the_close_forward(working, world, organiser):
    with working("ash"):
        made = regulation_14(at=clock.now() - 30 * DAYS, last_day=clock.today() + 50 * DAYS)
        made.open(person(world))
        lawful = made.earliest_last_day
        assert lawful == clock.today() + SIX_WEEKS * DAYS
    evidence = {"link": "https://example.org/news"}
    assert record(organiser, clock.today() - 20 * DAYS, **evidence).status_code == 303
    assert record(organiser, clock.today() - 60 * DAYS, **evidence).status_code == 303
    with working("ash"):
        made = find("reg14")
        assert made.earliest_last_day == lawful
        assert made.announcement.first_publicised == clock.today()
        with pytest.raises(Refused, match="keeps this open"):
            made.close(person(world), now=clock.end_of(lawful) - timedelta(seconds=1))
        made.close(person(world), now=clock.end_of(lawful))


def test_what_the_six_weeks_were_counted_from_stays_on_record(draft, working, world, organiser):
    day = clock.today() - 3 * DAYS
    record(organiser, day)
    with working("ash"):
        find("reg14").open(person(world))
        known = find("reg14").publicities[0].id
    said = {"kind": "event", "what": "A drop-in", "how_many": "31", "from_day": boxes(day)}
    assert organiser.post(f"{BASE}/{known}/removal").status_code == 409
    moved = organiser.post(f"{BASE}/{known}", data=said | {"from_day": boxes(day - DAYS)})
    assert moved.status_code == 409
    assert "counted from this day" in moved.text
    assert "A drop-in" in moved.text
    assert organiser.post(f"{BASE}/{known}", data=said).status_code == 303
    assert "31 came" in organiser.page(BASE).text


def test_what_shows_the_first_publicity_is_neither_replaced_nor_emptied_after_the_opening(
    draft, working, world, organiser
):
    day = clock.today() - 3 * DAYS
    link = "https://example.org/news"
    record(organiser, day, link=link, file=(io.BytesIO(PDF), "leaflet.pdf"))
    with working("ash"):
        find("reg14").open(person(world))
        known = find("reg14").publicities[0].id
    said = {"kind": "leaflets", "what": "A leaflet", "from_day": boxes(day)}
    other = said | {"link": link, "file": (io.BytesIO(PDF + b" another"), "other.pdf")}
    for attempt in (said | {"link": ""}, other):
        answer = organiser.post(f"{BASE}/{known}", data=attempt)
        assert answer.status_code == 409
        assert "what shows it stays" in answer.text
    assert organiser.get(f"{BASE}/{known}/evidence").data == PDF
    assert organiser.post(f"{BASE}/{known}", data=said | {"link": link}).status_code == 303


def test_taking_back_what_an_announcement_stands_on_is_refused(working, world, organiser):
    with working("ash"):
        made = regulation_14(at=clock.now() - 30 * DAYS, last_day=clock.today() + 20 * DAYS)
        told(made, clock.today() - 25 * DAYS)
        made.announce(person(world))
        known = made.publicities[0].id
    assert organiser.post(f"{BASE}/{known}/removal").status_code == 409
    with working("ash"):
        assert len(find("reg14").publicities) == 1


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(0, 90))
def test_the_earliest_close_is_counted_in_days_over_every_change_of_the_clocks(heard, later):
    """By another way than the gate's: midnights of the UK calendar, one after another."""
    opens_on = heard + later * DAYS
    first = earliest(REGULATION_14, publicity(heard, opens_on), opens_on)
    midnight, passed = clock.start_of(heard), 0
    while clock.uk(midnight).date() <= first:
        midnight = clock.start_of(clock.uk(midnight).date() + DAYS)
        passed += 1
    assert passed == max(SIX_WEEKS, later + 1) + 1
    assert midnight == clock.end_of(first)


@pytest.mark.parametrize(
    ("heard", "hours"),
    [(date(2027, 3, 20), 43 * 24 - 1), (date(2027, 10, 20), 43 * 24 + 1), (date(2027, 6, 1), 43 * 24)],
)
def test_six_weeks_from_a_record_are_an_hour_shorter_or_longer_over_a_clock_change(
    working, world, heard, hours
):
    opens = datetime.combine(heard + 2 * DAYS, datetime.min.time(), UTC).replace(hour=11)
    token = clock.standing_at.set(opens)
    try:
        with working("ash"):
            made = regulation_14(at=opens - 30 * DAYS, last_day=heard + SIX_WEEKS * DAYS)
            told(made, heard)
            made.open(person(world), now=opens)
            assert made.earliest_last_day == heard + SIX_WEEKS * DAYS
            assert made.closes - clock.start_of(heard) == timedelta(hours=hours)
    finally:
        clock.standing_at.reset(token)


def test_what_was_shown_before_another_took_its_place_stays_known_by_its_hash(draft, organiser, working):
    day = clock.today() - DAYS
    record(organiser, day, file=(io.BytesIO(PDF), "leaflet.pdf"))
    with working("ash"):
        known = find("reg14").publicities[0].id
    other = {"kind": "leaflets", "what": "A leaflet", "from_day": boxes(day)}
    other |= {"file": (io.BytesIO(PDF + b" another"), "other.pdf")}
    assert organiser.post(f"{BASE}/{known}", data=other).status_code == 303
    with working("ash"):
        told = sa.select(Deed.detail).where(Deed.act == "publicity.recorded").order_by(Deed.at)
        hashes = [detail["sha256"] for detail in db.session.scalars(told)]
    assert hashes == [hashlib.sha256(each).hexdigest() for each in (PDF, PDF + b" another")]


def test_the_record_is_kept_with_evidence_and_numbers(draft, organiser, working, sign_in):
    day = clock.today() - DAYS
    said = {"how_many": "1,200", "where": "Every household", "file": (io.BytesIO(PDF), "leaflet & bill.pdf")}
    assert record(organiser, day, **said).status_code == 303
    assert "1,200 delivered" in organiser.page(BASE).text
    with working("ash"):
        known = find("reg14").publicities[0].id
    answer = organiser.get(f"{BASE}/{known}/evidence")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="leaflet-bill.pdf"'
    for path in ("", f"/{known}", f"/{known}/evidence", "/poster.pdf"):
        assert sign_in("beck", "chair").get(BASE + path).status_code == 404
    assert sign_in("beck", "chair").get(f"{BASE}/{known}".replace("/ash/", "/beck/")).status_code == 404
    assert sign_in("ash", "viewer").post(f"{BASE}/{known}/removal").status_code == 403


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": ""}, "Choose what it was"),
        ({"what": ""}, "Say in a few words"),
        ({"from_day": ["", "", ""]}, "Enter the day"),
        ({"from_day": ["1", "1", "2099"]}, "more than a year away"),
        ({"from_day": ["1", "1", "2011"]}, "before neighbourhood planning began"),
        ({"from_day": ["1", "1", "2020"]}, "add a link or a document"),
        ({"to_day": ["1", "1", "2020"]}, "The last day is before the first"),
        ({"how_many": "-1"}, "Enter a whole number from 0"),
        ({"how_many": "some"}, "Enter a whole number"),
        ({"how_many": "1" * 5000}, "Enter a whole number"),
        ({"how_many": "²"}, "Enter a whole number"),
        ({"link": "javascript:alert(1)"}, "Enter a whole web address"),
        ({"link": "http://[bad"}, "Enter a whole web address"),
        ({"link": "example.org"}, "Enter a whole web address"),
        ({"file": (io.BytesIO(b"MZ"), "bill.exe")}, "Choose a PDF"),
        ({"file": (io.BytesIO(b"MZ"), "bill.pdf")}, "is not what its ending says"),
    ],
)
def test_a_faulty_record_is_explained_and_kept(draft, organiser, working, said, sentence):
    answer = record(organiser, clock.today(), **{"where": "Kept words"} | said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words" in answer.text
    with working("ash"):
        assert find("reg14").publicities == []


def test_an_earlier_stage_records_any_day_without_evidence(working, organiser):
    with working("ash"):
        consultation(reference="reg14")
    assert record(organiser, clock.today() - 60 * DAYS).status_code == 303


def test_dates_no_longer_ask_for_what_is_on_record(draft, organiser):
    dates = BASE.replace("/publicity", "/setup/dates")
    assert "When do people first hear of it?" in organiser.page(dates).text
    record(organiser, clock.today())
    assert "When do people first hear of it?" not in organiser.page(dates).text
