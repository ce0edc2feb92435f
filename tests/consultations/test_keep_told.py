"""Keep me told: asked by anyone, confirmed by a mailed link and a button, ended the same way."""

import re
from datetime import timedelta
from email import message_from_bytes

import pytest
import sqlalchemy as sa

from consult import clock, jobs, mail
from consult.consultations.models import find
from consult.consultations.told.following import UNCONFIRMED, Follower, FollowerLink
from consult.database import db, unit_of_work
from consult.jobs import Job
from tests.consultations.setting import consultation, person
from tests.inspector import Page
from tests.web.foreign import unsaid

BASE = "/f/ash/consultations/first"
ANN = "ann@example.org"
LINK = re.compile(r"/f/\S+/told/(\S+)")


@pytest.fixture
def opened(working, world):
    for space in ("ash", "beck"):
        with working(space):
            consultation(last_day=clock.today() + timedelta(days=60)).open(person(world, space))


@pytest.fixture
def ask(client, mailed):
    """Leaves an email; the token of the link that was mailed."""

    def ask(email=ANN, base=BASE):
        assert client.post(f"{base}/told", data={"email": email}).status_code == 200
        return LINK.search(mailed()[-1]["text"])[1]

    return ask


def followers(working, space="ash"):
    with working(space):
        return [(f.email, bool(f.confirmed)) for f in db.session.scalars(sa.select(Follower))]


def work(app):
    with app.app_context():
        jobs.run_due()


def news(mailed):
    return [(job["to"], job["subject"]) for job in mailed() if "Shall we" not in job["subject"]]


def test_an_email_is_told_only_once_its_holder_pressed_the_button(opened, client, ask, working, mailed):
    assert "Keep me told" in client.page(f"{BASE}/").text
    token = ask()
    assert mailed()[-1]["to"] == ANN
    assert client.page(f"{BASE}/told/{token}").text.count("Yes, keep me told") == 1
    assert followers(working) == [(ANN, False)]  # looking confirms nothing
    assert "We keep you told" in client.post(f"{BASE}/told/{token}/confirmation").text
    assert followers(working) == [(ANN, True)]
    assert followers(working, "beck") == []


def test_ending_forgets_the_address(opened, client, ask, working):
    token = ask()
    client.post(f"{BASE}/told/{token}/confirmation")
    client.get(f"{BASE}/told/{token}")
    assert followers(working) == [(ANN, True)]
    assert "no longer write to you" in client.post(f"{BASE}/told/{token}/ending").text
    assert followers(working) == []
    with working("ash"):
        assert db.session.scalars(sa.select(FollowerLink)).all() == []
    assert client.get(f"{BASE}/told/{token}").status_code == 404


def test_tokens_have_128_bits_and_are_kept_as_hashes(opened, ask, working):
    tokens = [ask(), ask(), ask("bob@example.org")]
    assert len(set(tokens)) == 3
    assert all(len(token) == 22 for token in tokens)  # 16 bytes, base64
    with working("ash"):
        kept = [link.token_hash for link in db.session.scalars(sa.select(FollowerLink))]
    assert len(kept) == 3
    assert not {token for token in tokens for hash_ in kept if token in hash_}


def test_a_token_opens_nothing_elsewhere(opened, client, ask, working):
    token = ask()
    with working("ash"):
        consultation(reference="second", last_day=clock.today() + timedelta(days=60)).announce(None)
    for base in (BASE.replace("/ash/", "/beck/"), BASE.replace("first", "second")):
        assert client.get(f"{base}/told/{token}").status_code == 404
        assert client.post(f"{base}/told/{token}/confirmation").status_code == 404
    assert client.get(f"{BASE}/told/{'x' * 22}").status_code == 404


def test_asking_twice_is_one_follower_and_tells_nobody_who_follows(opened, client, ask, working, mailed):
    token = ask()
    first = client.post(f"{BASE}/told", data={"email": "bob@example.org"}).text
    client.post(f"{BASE}/told/{token}/confirmation")
    again = client.post(f"{BASE}/told", data={"email": ANN.upper()}).text
    without = [re.sub(r'(nonce|value)="[^"]*"|bob@\S+|ann@\S+', "", html) for html in (first, again)]
    assert without[0] == without[1]
    assert len(followers(working)) == 2
    assert mailed()[-1]["subject"].startswith("You are being kept told")


@pytest.mark.parametrize(
    "email", ["", "no", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org"]
)
def test_what_is_no_address_is_explained(opened, client, mailed, email):
    before = len(mailed())
    assert client.post(f"{BASE}/told", data={"email": email}).status_code == 422
    assert len(mailed()) == before


def test_a_draft_can_be_followed_by_nobody(working, client):
    with working("ash"):
        consultation()
    assert client.get(f"{BASE}/told").status_code == 404
    assert client.post(f"{BASE}/told", data={"email": ANN}).status_code == 404


def test_followers_hear_of_an_extension_and_every_mail_has_its_own_way_out(
    opened, app, client, ask, working, world, mailed
):
    client.post(f"{BASE}/told/{ask()}/confirmation")
    ask("never-confirmed@example.org")
    with working("ash"):
        find("first").extend(clock.today() + timedelta(days=70), "Rain.", person(world))
    work(app)
    work(app)
    assert news(mailed) == [(ANN, "You have longer to respond: Your place, your say")]
    with app.app_context():  # once sent, its words are no longer in the outbox
        written = [message_from_bytes(path.read_bytes()) for path in mail.folder().glob("*.eml")]
    letters = [letter.get_payload(decode=True).decode() for letter in written]
    way_out = LINK.search(next(text for text in letters if "now closes later" in text))[1]
    client.post(f"{BASE}/told/{way_out}/ending")
    assert (ANN, True) not in followers(working)


def test_news_that_is_interrupted_reaches_everyone_once(
    opened, app, client, ask, working, world, mailed, monkeypatch
):
    for email in (ANN, "bob@example.org"):
        client.post(f"{BASE}/told/{ask(email)}/confirmation")
    with working("ash"):
        find("first").extend(clock.today() + timedelta(days=70), "Rain.", person(world))
    kept = Job.note
    with app.app_context():
        while (job := jobs.claim()) and db.session.get(Job, job).kind != "news":
            jobs.perform(job)
        monkeypatch.setattr(Job, "note", lambda self, **values: (_ for _ in ()).throw(SystemExit()))
        with pytest.raises(SystemExit):
            jobs.perform(job)
        monkeypatch.setattr(Job, "note", kept)
        db.session.rollback()
        with unit_of_work():
            db.session.execute(sa.update(Job).values(leased_until=None))
        jobs.run_due()
    assert sorted(to for to, subject in news(mailed) if "longer" in subject) == [ANN, "bob@example.org"]


def test_who_has_not_confirmed_in_a_week_is_forgotten(opened, app, ask, working, client):
    ask()
    client.post(f"{BASE}/told/{ask('bob@example.org')}/confirmation")
    token = clock.standing_at.set(clock.now() + UNCONFIRMED + timedelta(minutes=1))
    try:
        work(app)
    finally:
        clock.standing_at.reset(token)
    assert followers(working) == [("bob@example.org", True)]


def test_nobody_can_fill_a_mailbox_from_here(opened, counting, client, mailed):
    before = len(mailed())
    for _ in range(6):
        assert client.post(f"{BASE}/told", data={"email": ANN}).status_code == 200
    assert len(mailed()) - before == 3
    for number in range(20):
        answer = client.post(f"{BASE}/told", data={"email": f"a{number}@example.org"})
    assert answer.status_code == 429
    assert "try again in an hour" in answer.text


def test_nor_by_asking_at_every_consultation(opened, counting, client, mailed, working, world):
    for number in range(5):
        with working("ash"):
            made = consultation(reference=f"more{number}", last_day=clock.today() + timedelta(days=60))
            made.open(person(world))
    before = len(mailed())
    for reference in ("first", *(f"more{number}" for number in range(5))):
        for _ in range(3):
            told = f"/f/ash/consultations/{reference}/told"
            assert client.post(told, data={"email": ANN}).status_code == 200
    assert len(mailed()) - before == 10


def test_whoever_asked_in_urdu_is_written_to_in_urdu_also_when_an_organiser_acts(
    opened, app, client, ask, working, world, mailed
):
    ask("bob@example.org")
    client.get("/?language=ur")
    page = client.page(f"{BASE}/told/{ask()}")
    assert page.tree.get("lang") == "ur"
    assert LINK.search(mailed()[-1]["text"])[1].endswith("?language=ur")
    assert mailed()[-1]["subject"] == "کیا ہم آپ کو باخبر رکھیں؟ \u2068Your place, your say\u2069"
    with working("ash"):
        for follower in db.session.scalars(sa.select(Follower)):
            follower.confirm()
    with working("ash"):
        find("first").extend(clock.today() + timedelta(days=90), "More time.", person(world))
    work(app)
    told = {job["to"]: job for job in mailed()[-2:]}
    assert told["bob@example.org"]["subject"] == "You have longer to respond: Your place, your say"
    assert told[ANN]["subject"].startswith("جواب دینے کے لیے")


def test_looking_in_urdu_says_nothing_in_english_unmarked(opened, client, ask):
    client.get("/?language=ur")
    token = ask().partition("?")[0]
    for page in (
        client.page(f"{BASE}/told"),
        client.page(f"{BASE}/told/{token}"),
        Page(client.post(f"{BASE}/told", data={"email": "x"})),
        Page(client.post(f"{BASE}/told/{token}/confirmation")),
        Page(client.post(f"{BASE}/told/{token}/ending")),
    ):
        assert unsaid(page.tree) == []
