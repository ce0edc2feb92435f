"""Notices leave at the opening, once; what became of each is on record, whatever stops in between."""

import smtplib
import threading
from datetime import timedelta
from email import message_from_bytes

import pytest
import sqlalchemy as sa

from consult import clock, jobs, mail, tenancy
from consult.consultations.consulted import telling
from consult.consultations.consulted.notices import Delivery, Notice
from consult.consultations.models import find
from consult.consultations.paper import prints
from consult.database import db, unit_of_work
from consult.jobs import Job
from consult.web.errors import Refused
from tests.consultations.setting import consultation, person, regulation_14

DAYS = timedelta(days=1)
EMAIL = "plans@rail.example.org"
LIST = "/f/ash/consultations/reg14/consultees"


@pytest.fixture
def opened(working, world):
    """Regulation 14, opened with two consultees who have an email and one who has none; its neighbour has its own."""
    for space in ("ash", "beck"):
        with working(space):
            made = regulation_14(last_day=clock.today() + 60 * DAYS)
            made.consult(None, body="network-rail", organisation="Network Rail", name="Ro", email=EMAIL)
            made.consult(None, organisation="The school", email=f"head@{space}.example.org")
            made.consult(None, name="Ann Other", address="1 Mill Lane")
            made.open(person(world, space))


def letters(app):
    with app.app_context():
        return [message_from_bytes(path.read_bytes()) for path in sorted(mail.folder().glob("*.eml"))]


def outcomes(working, space="ash"):
    with working(space):
        return sorted((n.to, n.kind, n.outcome) for n in db.session.scalars(sa.select(Notice)))


def notice_jobs():
    return list(db.session.scalars(sa.select(Job).where(Job.kind == "notice").order_by(Job.posted)))


def test_a_notice_says_what_when_where_and_under_which_regulation(app, opened, working):
    with app.app_context():
        jobs.run_due()
    letter = next(each for each in letters(app) if each["To"] == EMAIL)
    text = letter.get_payload(decode=True).decode()
    for words in (
        "Dear Ro,",
        "regulation 14 of the Neighbourhood Planning",
        "Schedule 1, paragraph 1(h)",
        telling.long(clock.today()),
        telling.long(clock.today() + 60 * DAYS),
        "/consultations/reg14/",
        "At the library, Monday to Friday.",
        "us@example.org",
        " Neighbourhood Forum",
    ):
        assert words in text
    assert letter["Subject"].endswith("Neighbourhood Forum")
    assert ("head@ash.example.org", "notice", "sent") in outcomes(working)
    assert len(outcomes(working)) == len(outcomes(working, "beck")) == 2


def test_what_was_sent_stays_as_it_was_written(app, opened, working):
    with app.app_context():
        jobs.run_due()
    with working("ash"):
        known = find("reg14").consultees[0]
        said = known.last_notice.text
        known.email = "elsewhere@example.org"
        db.session.flush()
    with working("ash"):
        notice = find("reg14").consultees[0].last_notice
        assert (notice.to, notice.text) == (EMAIL, said)


def test_notices_of_a_planned_opening_are_written_when_it_opens(app, working, world):
    with working("ash"):
        opens = clock.start_of(clock.today() + 3 * DAYS)
        made = regulation_14(last_day=clock.today() + 60 * DAYS)
        made.consult(None, organisation="Network Rail", email=EMAIL)
        made.schedule(opens, person(world))
        assert made.consultees[0].last_notice is None
    token = clock.standing_at.set(opens)
    try:
        with app.app_context():
            jobs.run_due()
    finally:
        clock.standing_at.reset(token)
    assert outcomes(working) == [(EMAIL, "notice", "sent")]


def test_whoever_is_added_late_gets_notice_at_once(app, opened, working, sign_in):
    organiser = sign_in("ash", "organiser")
    organiser.post(f"{LIST}/new", data={"organisation": "The club", "email": "club@example.org"})
    with app.app_context():
        jobs.run_due()
    assert ("club@example.org", "notice", "sent") in outcomes(working)


def test_an_act_that_fails_sends_nothing(app, working, world):
    with working("ash"):
        made = regulation_14(last_day=clock.today() + 60 * DAYS)
        made.consult(None, organisation="Network Rail", email=EMAIL)
    with pytest.raises(ZeroDivisionError), working("ash"):
        find("reg14").open(person(world))
        1 / 0  # noqa: B018
    with app.app_context():
        assert notice_jobs() == []


def test_a_worker_that_is_killed_after_sending_sends_the_same_message_and_records_it_once(
    app, opened, working, monkeypatch
):
    """The mail has left, and the worker ends before its commit: another does it again, with the same id."""
    kept = Job.note

    def killed(self, **values):
        raise SystemExit

    with app.app_context():
        job = jobs.claim()
        monkeypatch.setattr(Job, "note", killed)
        with pytest.raises(SystemExit):
            jobs.perform(job)
        monkeypatch.setattr(Job, "note", kept)
        db.session.rollback()
        with unit_of_work():
            db.session.execute(sa.update(Job).values(leased_until=clock.now() - DAYS))
        first = [each["Message-ID"] for each in letters(app)]
        assert len(first) == 1
        jobs.run_due()
    ids = [each["Message-ID"] for each in letters(app)]
    assert len(ids) == len(set(ids)) == 4
    assert first[0] in ids
    assert [outcome for _, _, outcome in outcomes(working)] == ["sent", "sent"]


def test_two_workers_at_the_same_notice_record_it_once(app, opened, working, monkeypatch):
    """The first is slower than its lease; while it sends, the second takes the job up and finishes it."""
    sending, slow = mail.deliver, threading.Event()
    seen = []

    def deliver(job):
        seen.append(f"<{job.id}@consult>")
        result = sending(job)
        if not slow.is_set():
            slow.set()
            overtaken = threading.Thread(target=overtake, args=(job.id,))
            overtaken.start()
            overtaken.join()
        return result

    def overtake(job_id):
        with app.app_context():
            with unit_of_work():
                lapsed = (
                    sa.update(Job).where(Job.id == job_id).values(leased_until=None, due=clock.now() - DAYS)
                )
                db.session.execute(lapsed)
            assert jobs.claim() == job_id
            jobs.perform(job_id)
            db.session.remove()

    monkeypatch.setattr(mail, "deliver", deliver)
    with app.app_context():
        job = jobs.claim()
        jobs.perform(job)
        with tenancy.everywhere("a test"):
            assert len(db.session.scalars(sa.select(Delivery)).all()) == 1
    assert seen == [seen[0]] * 2  # sent twice at the worst, and always as the same message


def refusing(code, words):
    def deliver(job):
        raise smtplib.SMTPRecipientsRefused({job.payload["to"]: (code, words)})

    return deliver


def test_a_mail_that_is_refused_is_shown_with_the_reason_and_can_be_sent_again(
    app, opened, working, sign_in, monkeypatch
):
    with monkeypatch.context() as refused, app.app_context():
        refused.setattr(mail, "deliver", refusing(550, b"No such\r\nperson <b>here</b>"))
        jobs.run_due()
    assert {outcome for _, _, outcome in outcomes(working)} == {"failed"}
    organiser = sign_in("ash", "organiser")
    page = organiser.get(LIST).text
    assert page.count("Not sent") == 2
    with working("ash"):
        known = next(c.id for c in find("reg14").consultees if c.email == EMAIL)
    html = organiser.get(f"{LIST}/{known}").text
    assert "550 No such" in html
    assert "<b>here" not in html
    organiser.post(
        f"{LIST}/{known}/details", data={"organisation": "Network Rail", "email": "new@rail.example.org"}
    )
    with app.app_context():
        jobs.run_due()
    assert ("new@rail.example.org", "notice", "sent") in outcomes(working)
    assert organiser.post(f"{LIST}/{known}/notices").status_code == 409  # it has its notice now


def test_a_server_that_is_away_is_tried_again_before_the_notice_is_called_failed(
    app, opened, working, monkeypatch
):
    def away(job):
        raise ConnectionRefusedError

    with app.app_context(), monkeypatch.context() as broken:
        broken.setattr(mail, "deliver", away)
        broken.setattr(
            prints, "keep", lambda *given: False
        )  # it takes longer than the pause before another try
        for left in range(jobs.TRIES, 0, -1):
            assert {outcome for _, _, outcome in outcomes(working)} == {"waiting"}, left
            with unit_of_work():
                db.session.execute(sa.update(Job).values(due=clock.now() - DAYS))
            jobs.run_due()
    assert {outcome for _, _, outcome in outcomes(working)} == {"failed"}
    with working("ash"):
        assert "could not be reached" in db.session.scalars(sa.select(Delivery)).first().reason


def test_what_came_back_is_recorded_and_the_notice_goes_out_again(app, opened, working, sign_in):
    with app.app_context():
        jobs.run_due()
    organiser = sign_in("ash", "organiser")
    with working("ash"):
        known = next(c for c in find("reg14").consultees if c.email == EMAIL)
        at, notice = f"{LIST}/{known.id}", known.last_notice.id
    assert organiser.post(f"{at}/notices/{notice}/return", data={"reason": ""}).status_code == 422
    assert organiser.post(f"{at}/notices/{notice}/return", data={"reason": "Mailbox full"}).status_code == 303
    assert "Mailbox full" in organiser.page(at).text
    assert organiser.post(f"{at}/notices/{notice}/return", data={"reason": "Again"}).status_code == 409
    assert organiser.post(f"{at}/notices").status_code == 303
    with working("ash"):
        sent = next(c for c in find("reg14").consultees if c.email == EMAIL).notices
        assert [notice.outcome for notice in sent] == ["returned", "waiting"]


def test_a_letter_that_was_posted_is_recorded_by_hand(opened, working, sign_in):
    organiser = sign_in("ash", "organiser")
    with working("ash"):
        known = next(c.id for c in find("reg14").consultees if c.name == "Ann Other")
    assert "Words for a letter" in organiser.page(f"{LIST}/{known}").text
    day = clock.today() - DAYS
    said = {
        "how": "post",
        "to": "1 Mill Lane",
        "kind": "notice",
        "on": [str(day.day), str(day.month), str(day.year)],
    }
    at = f"{LIST}/{known}/notices/new"
    assert organiser.post(at, data=said | {"how": "pigeon"}).status_code == 422
    assert organiser.post(at, data=said | {"on": ["1", "1", "2099"]}).status_code == 422
    assert organiser.post(at, data=said).status_code == 303
    with working("ash"):
        notice = next(c for c in find("reg14").consultees if c.name == "Ann Other").last_notice
        assert (notice.outcome, notice.day, notice.to) == ("by_hand", day, "1 Mill Lane")


def test_reminders_go_once_a_week_to_those_who_have_not_replied(app, opened, working, sign_in, monkeypatch):
    organiser = sign_in("ash", "organiser")
    with app.app_context():
        jobs.run_due()
    assert "within the last week" in organiser.post(f"{LIST}/reminders").text
    from consult.consultations.consulted import replies

    def rail_replied(made):
        return {c.id: [replies.Reply("R1", clock.now(), "", {})] for c in made.consultees if c.email == EMAIL}

    a_week_later = clock.now() + 7 * DAYS
    token = clock.standing_at.set(a_week_later)
    try:
        with working("ash"):
            monkeypatch.setattr(replies, "_known", {"test": rail_replied})
            assert find("reg14").remind(None) == 1
        with working("ash"), pytest.raises(Refused, match="within the last week"):
            find("reg14").remind(None)
        with app.app_context():
            jobs.run_due()
    finally:
        clock.standing_at.reset(token)
    assert [to for to, kind, _ in outcomes(working) if kind == "reminder"] == ["head@ash.example.org"]
    assert [to for to, kind, _ in outcomes(working, "beck") if kind == "reminder"] == []
    reminder = next(each for each in letters(app) if each["Subject"].startswith("Reminder: "))
    assert "There is still time." in reminder.get_payload(decode=True).decode()


def test_before_the_opening_nobody_is_reminded(working):
    with working("ash"):
        made = consultation()
        made.consult(None, organisation="The school", email="head@example.org")
        with pytest.raises(Refused, match="while the consultation is open"):
            made.remind(None)


def test_a_title_with_line_breaks_writes_no_header(app, working, world):
    with working("ash"):
        made = consultation(title="Hello\r\nBcc: all@example.org", last_day=clock.today() + 9 * DAYS)
        made.consult(None, organisation="The school", email="head@example.org")
        made.open(person(world))
    with app.app_context():
        jobs.run_due()
    (letter,) = [each for each in letters(app) if each["To"] == "head@example.org"]
    assert letter["Bcc"] is None
    assert letter["Subject"].startswith("Hello Bcc: all@example.org")
