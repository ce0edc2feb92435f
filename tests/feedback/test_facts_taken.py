"""The facts as they come from the database, and what is frozen of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from consult import jobs
from consult.audit import Deed
from consult.consultations.models import Announcement
from consult.database import db
from consult.feedback import announced, tallies
from consult.feedback.facts import Facts
from consult.feedback.snapshots import facts_of, freeze
from tests.feedback import stored

ROOT = Path(__file__).parents[2]


def test_every_response_received_is_in_the_facts_with_one_status(working):
    with working("ash"):
        made = stored.consultation()
        stored.of_every_fate(made)
        stored.respond(stored.consultation(reference="another"), 99)
        facts = tallies.take(made)
        assert tallies.received(made) == 16
        assert tallies.reconciliation(facts) == tallies.Reconciliation(16, 12, 1, 1, 1, 1)
        found = {(f.key, f.filter): f for f in tallies.figures(facts)}
        assert (found["counted", ""].responses, found["counted", ""].people) == (12, 13)
        assert found["q1.yes", ""].responses == 9
        assert found["q1.yes", "home=outside"].responses == 1
        assert found["q3.H1.object", ""].people == 2
        assert found["q5.places", ""].value == 1


def test_what_another_space_received_is_not_in_them(working):
    with working("beck"):
        stored.of_every_fate(stored.consultation())
    with working("ash"):
        made = stored.consultation()
        stored.respond(made, 1)
        assert len(tallies.take(made)) == 1


def test_a_snapshot_keeps_what_was_there_and_the_same_facts_have_the_same_hash(working):
    with working("ash"):
        made = stored.consultation()
        stored.of_every_fate(made)
        first, second = freeze(made, None), freeze(made, None)
        assert first.sha256 == second.sha256
        stored.respond(made, 40)
        third = freeze(made, None)
        assert third.sha256 != first.sha256
        assert len(facts_of(first)) == 16
        assert tallies.figures(facts_of(first)) == tallies.figures(Facts.from_bytes(second.facts))
        assert db.session.scalar(sa.select(sa.func.count()).where(Deed.act == "snapshot.taken")) == 3


def test_facts_hold_no_words_and_no_pins(working):
    with working("ash"):
        made = stored.consultation()
        stored.of_every_fate(made)
        content = tallies.take(made).to_bytes()
    for word in (b"floods", b"canary", b"Mill Lane", b"uphill", b"400100"):
        assert word not in content


def test_bytes_that_are_not_facts_are_refused():
    with pytest.raises(ValueError, match="not the facts"):
        Facts.from_bytes(b"PK\x03\x04")


def test_the_round_brings_the_announced_number_up_to_date_in_every_space(app, working, monkeypatch):
    monkeypatch.setattr(announced.clock, "now", lambda: stored.CLOSED)
    for slug, number in (("ash", 3), ("beck", 5)):
        with working(slug):
            made = stored.consultation()
            for n in range(number):
                stored.respond(made, n)
    with app.app_context():
        jobs.run_rounds()
        rows = db.session.execute(sa.select(Announcement.space_id, Announcement.received))
        assert sorted(row.received for row in rows) == [3, 5]


@pytest.mark.parametrize("faulty", ["ash", "beck"])
def test_one_that_cannot_be_counted_holds_nobody_else_up(faulty, working, app, monkeypatch, caplog, world):
    monkeypatch.setattr(announced.clock, "now", lambda: stored.CLOSED)
    for slug in ("ash", "beck"):
        with working(slug):
            stored.respond(stored.consultation(), 1)
    count = tallies.received

    def received(consultation):
        if consultation.space_id == world.space[faulty]:
            db.session.execute(sa.select(Announcement).where(sa.text("no_such_column = 1")))
        return count(consultation)

    monkeypatch.setattr(announced.tallies, "received", received)
    with app.app_context():
        jobs.run_rounds()
        rows = db.session.execute(sa.select(Announcement.space_id, Announcement.received))
        assert dict(rows.all()) == {world.space[slug]: int(slug != faulty) for slug in ("ash", "beck")}
    assert "could not be counted" in caplog.text


def test_consultations_that_ended_long_ago_are_left_alone(working, app, monkeypatch):
    monkeypatch.setattr(announced.clock, "now", lambda: stored.CLOSED + announced.STILL_ARRIVING * 2)
    with working("ash"):
        stored.respond(stored.consultation(), 1)
    with app.app_context():
        jobs.run_rounds()
        assert db.session.scalar(sa.select(Announcement.received)) == 0


def test_starting_the_service_loads_no_heavy_library(tmp_path):
    start = "import sys, wsgi; print(sorted({'pandas', 'geopandas', 'sklearn'} & set(sys.modules)))"
    environment = os.environ | {"CONSULT_DEMO": "1", "DATA_DIR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", start], capture_output=True, text=True, cwd=ROOT, env=environment
    )
    assert ran.stdout.strip() == "[]", ran.stderr
