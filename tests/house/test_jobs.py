"""The outbox: written with the act, performed after it, at least once."""

import threading
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock, jobs, mail, tenancy
from consult.database import db, unit_of_work
from consult.jobs import Job
from consult.plans.models import Plan


@pytest.fixture
def seen(monkeypatch):
    done = []
    monkeypatch.setitem(
        jobs._handlers, "note", lambda job: done.append((job.payload["n"], tenancy.scope().space_id))
    )
    return done


def post(n):
    with unit_of_work():
        return jobs.post("note", {"n": n}).id


def the_job():
    return db.session.scalars(sa.select(Job)).one()


def test_a_job_is_performed_once(app, seen):
    with app.app_context():
        post(1)
        assert jobs.run_due() == 1
        assert jobs.run_due() == 0
    assert [n for n, _ in seen] == [1]


def test_a_job_of_an_act_that_failed_is_never_performed(app, seen):
    with app.app_context():
        with pytest.raises(ZeroDivisionError), unit_of_work():
            jobs.post("note", {"n": 1})
            1 / 0  # noqa: B018
        assert jobs.run_due() == 0
    assert seen == []


def test_a_job_stands_in_the_space_that_posted_it(app, world, seen):
    with app.app_context():
        with unit_of_work(), tenancy.inside(world.space["ash"]):
            jobs.post("note", {"n": 1})
            db.session.flush()
        jobs.run_due()
    assert seen == [(1, world.space["ash"])]


def test_a_job_that_fails_leaves_nothing_and_is_tried_again(app, world, monkeypatch):
    def half(job):
        db.session.add(Plan(title="half done"))
        db.session.flush()
        raise ValueError("no")

    monkeypatch.setitem(jobs._handlers, "half", half)
    with app.app_context():
        with unit_of_work(), tenancy.inside(world.space["ash"]):
            jobs.post("half", {})
            db.session.flush()
        jobs.run_due()
        job = the_job()
        assert (job.state, job.tries, job.error) == ("working", 1, "ValueError: no")
        assert job.due > clock.now()
        with tenancy.inside(world.space["ash"]):
            assert db.session.scalars(sa.select(Plan)).all() == []


def test_a_job_is_given_up_after_its_last_try(app, monkeypatch):
    monkeypatch.setitem(jobs._handlers, "note", lambda job: 1 / 0)
    monkeypatch.setattr(jobs, "TRIES", 1)
    with app.app_context():
        post(1)
        jobs.run_due()
        assert the_job().state == "failed"


def test_a_job_whose_worker_died_is_taken_up_after_its_lease(app, seen, monkeypatch):
    with app.app_context():
        post(1)
        assert jobs.claim() is not None  # and then the worker is gone
        assert jobs.run_due() == 0
        later = clock.now() + jobs.LEASE + timedelta(seconds=1)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert jobs.run_due() == 1
    assert [n for n, _ in seen] == [1]


def test_a_job_that_kills_its_worker_is_given_up_once_it_has_had_its_tries(app, seen, monkeypatch):
    with app.app_context():
        job_id = post(1)
        now = clock.now()
        for lapsed in range(jobs.TRIES):
            monkeypatch.setattr(clock, "now", lambda at=now + 2 * lapsed * jobs.LEASE: at)
            assert jobs.claim() == job_id  # and then the worker is gone
        monkeypatch.setattr(clock, "now", lambda: now + 2 * jobs.TRIES * jobs.LEASE)
        assert jobs.claim() is None
        job = the_job()
        assert (job.state, job.tries) == ("failed", jobs.TRIES)
        assert "stopped" in job.error


def test_a_poison_job_does_not_keep_the_next_one_waiting(app, seen, monkeypatch):
    with app.app_context():
        with unit_of_work():
            jobs.post("note", {"n": 1}).tries = jobs.TRIES
            jobs.post("note", {"n": 2}, due=clock.now())
        assert jobs.run_due() == 1
    assert [n for n, _ in seen] == [2]


def taken_up_by_another():
    """A worker that was slower than its lease: meanwhile another one holds the job."""
    with unit_of_work():
        the_job().tries += 1


def test_a_worker_that_lost_its_lease_neither_finishes_the_job_nor_puts_it_back(app, monkeypatch):
    went_on = []

    def slow(job):
        worker = threading.Thread(target=in_context(app, taken_up_by_another))
        worker.start()
        worker.join()
        job.progress("half way")
        went_on.append(job)

    monkeypatch.setitem(jobs._handlers, "note", slow)
    with app.app_context():
        post(1)
        jobs.run_due()
        job = the_job()
        assert (went_on, job.done, job.error, job.steps) == ([], None, "", "")
        assert job.leased_until is not None


def in_context(app, function):
    def within():
        with app.app_context():
            function()

    return within


def test_the_worker_outlives_a_database_that_is_away(app, monkeypatch):
    claims, slept = [], []

    def away():
        claims.append(1)
        raise sa.exc.OperationalError("SELECT", {}, ConnectionError("refused"))

    monkeypatch.setattr(jobs, "claim", away)
    monkeypatch.setattr(jobs, "run_rounds", lambda: None)
    monkeypatch.setattr(time, "sleep", slept.append)
    with app.app_context():
        jobs.work(stop=lambda: len(claims) >= 12 and len(slept) > 12)
    assert len(claims) >= 12
    assert slept == sorted(slept)
    assert slept[0] < slept[-1] == jobs.LONGEST_PAUSE


def test_several_workers_never_do_the_same_job_twice(app, seen):
    with app.app_context(), unit_of_work():
        for n in range(30):
            jobs.post("note", {"n": n})

    def worker():
        with app.app_context():
            jobs.run_due()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(n for n, _ in seen) == list(range(30))


def test_progress_can_be_watched_while_the_job_runs(app, monkeypatch):
    steps = []

    def slow(job):
        job.progress("Counting")
        with app.app_context():
            steps.append(db.session.scalar(sa.select(Job.steps)))

    monkeypatch.setitem(jobs._handlers, "slow", slow)
    with app.app_context():
        with unit_of_work():
            jobs.post("slow", {})
        jobs.run_due()
    assert steps == ["Counting"]


def test_mail_without_a_server_is_a_file(app, tmp_path):
    with app.app_context():
        with unit_of_work():
            mail.send("resident@example.org", "Your response\nBcc: all@example.org", "Thank you. Łódź, 5 £.")
        jobs.run_due()
    (letter,) = (tmp_path / "mail").glob("*.eml")
    text = letter.read_text()
    assert "To: resident@example.org" in text
    assert "\nBcc:" not in text


def test_the_same_mail_keeps_its_message_id(app):
    with app.app_context(), unit_of_work():
        job = mail.send("resident@example.org", "Hello", "Hello")
        db.session.flush()
        assert mail.written(job, "a@b")["Message-ID"] == mail.written(job, "a@b")["Message-ID"]
