"""How the service does, for its operator and for a machine; no person and no space is named to the latter."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import audit, clock, mail
from consult.database import db, unit_of_work
from consult.operating import backing_up, health, measures
from consult.operating.measures import Service

WELL = Service(0, 0.0, 0, 0, 0, 10**8, 10**11, 3600.0, 12)


def numbers(client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    lines = [line.split() for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_a_machine_reads_numbers(app, client):
    with app.app_context(), unit_of_work():
        mail.send("somebody@example.org", "Hello", "Hello").due = clock.now() - timedelta(hours=1)
    said = numbers(client)
    assert said["consult_jobs_waiting"] == said["consult_mails_waiting"] == 1
    assert said["consult_jobs_oldest_seconds"] >= 3600
    assert said["consult_database_bytes"] > 10_000
    assert "consult_backup_age_seconds" not in said
    with app.app_context(), unit_of_work():
        audit.record_operator(backing_up.MADE)
    assert numbers(client)["consult_backup_age_seconds"] < 60


def test_it_names_nobody(app, planted, client):
    said = client.get("/metrics").text.lower()
    assert not [word for word in ("ash", "kestrel", "example.org", "northam") if word in said]


def test_a_failed_job_is_counted(app, client):
    with app.app_context(), unit_of_work():
        job = mail.send("somebody@example.org", "Hello", "Hello")
        job.given_up = clock.now()
    said = numbers(client)
    assert (said["consult_jobs_failed"], said["consult_mails_failed"], said["consult_jobs_waiting"]) == (
        1,
        1,
        0,
    )


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Proto"])
def test_what_a_proxy_passes_on_is_not_this_machine(client, header):
    assert client.get("/metrics", headers={header: "203.0.113.9"}).status_code == 404


def test_another_machine_needs_the_token(app, client):
    away = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", environ_overrides=away).status_code == 404
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], metrics_token="a long value")
    for given in ("", "Bearer ", "Bearer another", "Basic a long value", "Bearer é"):
        headers = {"Authorization": given.encode("utf-8").decode("latin-1")}
        assert client.get("/metrics", headers=headers).status_code == 404
    right = {"Authorization": "Bearer a long value"}
    assert client.get("/metrics", headers=right, environ_overrides=away).status_code == 200


def test_the_operator_reads_it_in_words(sign_in):
    page = sign_in("operator").get("/operator/health").text
    assert "None was made yet" in page
    assert "One thing wants looking at." in page


def test_nobody_else_sees_that_page(sign_in, client):
    assert sign_in("northam", "officer").get("/operator/health").status_code == 404
    assert client.get("/operator/health").status_code == 302


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"waiting": 3, "oldest": 4000.0}, "Work that waits"),
        ({"failed": 1}, "Jobs"),
        ({"mails_failed": 1}, "Mail"),
        ({"since_backup": 3 * 86400.0}, "Backup"),
        ({"since_backup": None}, "Backup"),
        ({"disk_free": 10**8}, "Room"),
    ],
)
def test_each_thing_that_wants_looking_at_says_what_to_do(change, about):
    assert all(sign.well for sign in health.signs(WELL))
    found = [sign for sign in health.signs(replace(WELL, **change)) if not sign.well]
    assert [sign.about for sign in found] == [about]
    assert found[0].do


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "less than a minute"), (61, "1 minute"), (7200, "2 hours"), (3 * 86400, "3 days")],
)
def test_a_length_of_time_in_words(seconds, words):
    assert health.lasting(seconds) == words


def test_usage_asks_as_much_for_one_space_as_for_many(app, world, planted):
    asked = []
    with app.app_context():
        sa.event.listen(db.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
        used = measures.usage()
    assert len([sql for sql in asked if "set_config" not in sql and "READ ONLY" not in sql]) == 6
    ash = used[world.space["ash"]]
    assert (ash.consultations, ash.responses, ash.reports) == (1, 1, 1)
    assert ash.people == 5
    assert ash.bytes > 20
    assert used[world.space["beck"]].responses == 0


def test_the_operator_sees_what_each_space_uses(sign_in, planted):
    page = sign_in("operator").get("/operator/usage").text
    assert "Ash Hill Neighbourhood Forum" in page
    assert "kestrel" not in page


def test_jobs_that_wait_for_a_later_day_do_not_wait(app, client):
    with app.app_context(), unit_of_work():
        mail.send("somebody@example.org", "Hello", "Hello").due = clock.now() + timedelta(days=1)
    assert numbers(client)["consult_jobs_waiting"] == 0
