"""What is printed: kept once, from the opening on; a draft for members before; nothing of the other forum's."""

import shutil
import subprocess
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.consultations.models import find
from consult.consultations.paper import print_pages, prints
from consult.consultations.paper.prints import Printed
from consult.database import db
from consult.jobs import Job
from tests.consultations.setting import NOON, ask, regulation_14
from tests.responses import asking

FORM, LARGE = "/f/ash/consultations/reg14/form.pdf", "/f/ash/consultations/reg14/form-large-print.pdf"
NEEDS_POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")


def words_of(content):
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.fixture
def printed_for_both(app, opened_for_both):
    with app.app_context():
        assert jobs.run_due() == 2


@pytest.fixture
def opened_for_both(working):
    """Ash and Beck ask at the same address, each about its own policy."""
    for slug in ("ash", "beck"):
        with working(slug):
            prints.ask_for(asking.consultation(first_policy=f"Only of {slug}"))


@pytest.fixture
def never_set(monkeypatch):
    """Nothing may set type from here on."""

    def refuse(*given):
        raise AssertionError("type was set")

    monkeypatch.setattr(prints.Sheet, "pdf", refuse)


def test_a_draft_s_form_is_not_there_for_strangers_and_says_draft_to_members(client, working, sign_in):
    with working("ash"):
        regulation_14()
    assert client.get(FORM).status_code == client.get(LARGE).status_code == 404
    for role in ("chair", "viewer"):
        answer = sign_in("ash", role).get(FORM)
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
    assert sign_in("beck", "chair").get(FORM).status_code == 404


@NEEDS_POPPLER
def test_what_is_announced_and_may_still_change_is_for_members_only_and_marked(client, working, sign_in):
    with working("ash"):
        regulation_14(last_day=clock.today() + timedelta(days=60)).announce(None)
    assert client.get("/f/ash/consultations/reg14/").status_code == 200
    assert client.get(FORM).status_code == 404
    text = words_of(sign_in("ash", "viewer").get(FORM).data)
    assert "Draft: not open yet" in text


@contextmanager
def clock_at(moment):
    token = clock.standing_at.set(moment)
    yield
    clock.standing_at.reset(token)


@NEEDS_POPPLER
def test_what_is_planned_to_open_later_is_a_draft_until_then(client, working, sign_in, app):
    opens = clock.now() + timedelta(days=2)
    with working("ash"):
        regulation_14(last_day=clock.today() + timedelta(days=60)).schedule(opens, None)
    with app.app_context():
        jobs.run_due()
    assert client.get(FORM).status_code == 404
    text = words_of(sign_in("ash", "viewer").get(FORM).data)
    assert "What do you value?" in text
    assert "Draft: not open yet" in text
    with clock_at(opens), app.app_context():
        jobs.run_due()
        jobs.run_due()  # opening it asks for its prints
    with clock_at(opens):
        assert "Draft" not in words_of(client.get(FORM).data)


def test_until_it_is_made_a_page_says_so_and_nobody_sets_it(client, opened_for_both, never_set):
    answer = client.get(FORM)
    assert answer.status_code == 202
    assert answer.headers["Retry-After"] == "60"
    assert "being made" in answer.text


def test_it_is_set_once_and_given_to_everyone_with_its_mark(client, printed_for_both, never_set):
    first, second = client.get(FORM), client.get(FORM)
    assert first.status_code == second.status_code == 200
    assert first.data == second.data and first.data.startswith(b"%PDF-")
    again = client.get(FORM, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(LARGE).headers["ETag"] != first.headers["ETag"]


@NEEDS_POPPLER
def test_one_forum_s_form_is_never_at_the_other_s_address(client, printed_for_both):
    for mine, other in (("ash", "beck"), ("beck", "ash")):
        text = words_of(client.get(f"/f/{mine}/consultations/reg14/form.pdf").data)
        assert f"Only of {mine}" in text
        assert f"Only of {other}" not in text


def test_printing_twice_sets_nothing_anew_and_an_extension_does(app, working, monkeypatch):
    opened = clock.now() - timedelta(days=1)
    set_anew = []
    pdf = prints.Sheet.pdf
    monkeypatch.setattr(prints.Sheet, "pdf", lambda sheet, at: set_anew.append(sheet.input) or pdf(sheet, at))
    with working("ash"):
        regulation_14(last_day=clock.today() + timedelta(days=60)).open(None, now=opened)
    with app.app_context():
        jobs.run_due()
        assert len(set_anew) == 3
    with working("ash"):
        prints.ask_for(find("reg14"))
    with app.app_context():
        jobs.run_due()
        assert len(set_anew) == 3
    with working("ash"):
        find("reg14").extend(clock.today() + timedelta(days=70), "More time", None)
    with app.app_context():
        jobs.run_due()
        assert len(set_anew) == 5  # the plan says the same
        assert failed() == []
    with working("ash"):
        assert len(list(db.session.scalars(sa.select(Printed)))) == 3


def failed():
    return [
        job.error for job in db.session.scalars(sa.select(Job).where(Job.kind == "print", Job.error != ""))
    ]


def test_whoever_asks_too_often_has_to_wait(client, printed_for_both, counting, monkeypatch):
    monkeypatch.setattr(print_pages, "EACH_ADDRESS", "2 per minute")
    answers = [client.get(FORM).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert client.get("/f/beck/consultations/reg14/form.pdf").status_code == 200


def test_a_member_may_look_at_a_draft_so_often_only(working, sign_in, counting, monkeypatch):
    monkeypatch.setattr(print_pages, "EACH_DRAFT", "1 per minute")
    with working("ash"):
        regulation_14()
    chair = sign_in("ash", "chair")
    assert [chair.get(FORM).status_code for _ in range(2)] == [200, 429]


def test_an_organiser_may_have_it_made_again_and_nobody_else(app, opened_for_both, sign_in, client):
    address = "/f/ash/consultations/reg14/prints"
    assert "it is being made" in sign_in("ash", "chair").page("/f/ash/consultations/reg14/setup").text
    for stranger in (client, sign_in("ash", "viewer"), sign_in("beck", "chair")):
        assert stranger.post(address).status_code in (302, 403, 404)
    with app.app_context():
        jobs.run_due()
        assert sign_in("ash", "organiser").post(address).status_code == 303
        assert jobs.run_due() == 1
    assert "The form, A4 (PDF)" in sign_in("ash", "chair").page("/f/ash/consultations/reg14/setup").text


def test_before_the_opening_nothing_is_kept(working, sign_in):
    with working("ash"):
        regulation_14()
    assert sign_in("ash", "chair").post("/f/ash/consultations/reg14/prints").status_code == 409


def test_a_closed_one_s_form_stays(app, client, working, printed_for_both):
    with working("ash"):
        asking.close(find("reg14"))
    assert client.get(FORM).status_code == 200


def test_it_is_linked_where_people_look_for_it(client, sign_in, working):
    here = "/f/ash/consultations/plain/"
    with working("ash"):
        asking.consultation(reference="plain", plan=False)
    public = [
        client.get(here).text,
        client.get(here + "respond").text,
        client.get(here + "respond?whole=1").text,
    ]
    keyed = sign_in("ash", "chair").get(here + "batches").text
    with working("beck"):
        draft = regulation_14(reference="next")
        ask(draft, "text", "More?")
    setup = sign_in("beck", "chair").get("/f/beck/consultations/next/setup").text
    for page in (*public, keyed):
        assert f'href="{here}form.pdf"' in page
        assert f'href="{here}form-large-print.pdf"' in page
    assert 'href="/f/beck/consultations/next/form.pdf"' in setup


def test_the_same_is_printed_alike(app, opened_for_both, working):
    with working("ash"):
        one, two = (prints.sheet_of(find("reg14"), "form", "en") for _ in range(2))
        assert one.fingerprint == two.fingerprint
        assert one.pdf(NOON) == two.pdf(NOON)
