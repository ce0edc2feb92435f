"""Mails to whoever is erased: found, not sent any more, and forgotten."""

import pytest
import sqlalchemy as sa

from consult import clock, jobs, mail
from consult.clearing import outbox
from consult.database import db
from consult.jobs import Job
from tests.clearing import speaking


def test_a_mail_that_waits_is_not_sent_and_one_that_was_is_forgotten(opened, app, working):
    with working("ash"):
        mail.send(speaking.EMAIL, "Sent", "words")
    with app.app_context():
        jobs.run_due()
        assert list(mail.folder().iterdir())
    with working("ash"):
        mail.send(speaking.EMAIL, "Waiting", "words")
        mail.send("b@example.org", "Another", "words")
        outbox.forget(speaking.EMAIL.upper())
    with app.app_context():
        assert list(mail.folder().iterdir()) == []
        jobs.run_due()
        assert len(list(mail.folder().iterdir())) == 1
        left = [job.payload["to"] for job in db.session.scalars(sa.select(Job).where(Job.kind == "mail"))]
        assert sorted(left) == ["", "", "b@example.org"]


@pytest.mark.parametrize("ended", ["done", "given_up", None])
def test_what_a_mail_server_said_of_it_goes_too(opened, app, working, ended):
    with working("ash"):
        job = mail.send(speaking.EMAIL, "Sent", "words")
        job.error = f"SMTPRecipientsRefused: {{'{speaking.EMAIL}': (550, b'No such user')}}"
        if ended:
            setattr(job, ended, clock.now())
        db.session.flush()
        outbox.forget(speaking.EMAIL)
    with app.app_context():
        [job] = db.session.scalars(sa.select(Job).where(Job.kind == "mail"))
        assert speaking.EMAIL not in f"{job.error} {job.payload} {job.result}"


def test_another_spaces_mails_stay(opened, app, working):
    with working("beck"):
        mail.send(speaking.EMAIL, "Theirs", "words")
    with working("ash"):
        outbox.forget(speaking.EMAIL)
    with app.app_context():
        [job] = db.session.scalars(sa.select(Job).where(Job.kind == "mail"))
        assert job.payload["to"] == speaking.EMAIL
        assert clock.now() > job.posted
