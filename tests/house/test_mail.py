"""Mail: to one person, with a link that can be followed, and never a password in the clear."""

import smtplib
import socketserver
import ssl
import threading

import pytest
import sqlalchemy as sa

from consult import jobs, mail
from consult.database import db, unit_of_work
from consult.jobs import Job
from consult.settings import Settings


class Post(socketserver.StreamRequestHandler):
    """As much of a mail server as it takes, without encryption."""

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().strip():
            self.server.heard.append(line)
            verb = line.upper()
            if verb.startswith(b"EHLO"):
                self.wfile.write(b"250-here\r\n" + self.server.offers)
                self.say("250 AUTH PLAIN LOGIN")
            elif verb.startswith(b"AUTH"):
                self.say("235 welcome")
            elif verb == b"DATA":
                self.say("354 go on")
                while (said := self.rfile.readline()) != b".\r\n":
                    self.server.heard.append(said.strip())
                self.say("250 taken")
            else:
                self.say("221 bye" if verb == b"QUIT" else "250 fine")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.heard, server.offers = [], b""
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def settings(app, **environment):
    given = {"SECRET_KEY": "only for tests", "DATA_DIR": str(app.config["SETTINGS"].data_dir)}
    return Settings.read(given | environment)


@pytest.fixture
def deliver(app, monkeypatch):
    monkeypatch.setattr(jobs, "TRIES", 1)

    def deliver(to, **environment):
        app.config["SETTINGS"] = settings(app, **environment)
        with app.app_context():
            with unit_of_work():
                mail.send(to, "Hello", "Hello")
            jobs.run_due()
            return db.session.scalars(sa.select(Job)).one()

    return deliver


def test_a_password_never_goes_over_a_connection_that_can_be_read(deliver, server):
    job = deliver("a@example.org", SMTP_URL=f"smtp://me:hush@127.0.0.1:{server.server_address[1]}")
    assert job.state == "failed"
    assert "offers no encryption, so the password in SMTP_URL is not sent" in job.error
    assert not [line for line in server.heard if line.upper().startswith((b"AUTH", b"MAIL", b"DATA"))]


def test_a_server_that_asks_for_no_password_is_sent_to(deliver, server):
    assert deliver("a@example.org", SMTP_URL=f"smtp://127.0.0.1:{server.server_address[1]}").state == "done"
    assert [line for line in server.heard if line.startswith(b"rcpt")] == [b"rcpt TO:<a@example.org>"]


def test_a_password_goes_once_the_connection_is_encrypted_for_the_right_server(deliver, server, monkeypatch):
    contexts = []
    monkeypatch.setattr(smtplib.SMTP, "starttls", lambda self, context: contexts.append(context))
    server.offers = b"250-STARTTLS\r\n"
    url = f"smtp://me:hush@127.0.0.1:{server.server_address[1]}"
    assert deliver("a@example.org", SMTP_URL=url).state == "done"
    (context,) = contexts
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert any(line.startswith(b"AUTH") for line in server.heard)


@pytest.mark.parametrize(
    "to",
    [
        "a@example.org,b@example.org",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\n",
        "a@example.org b@example.org",
        "A <a@example.org>",
        '"a,b"@example.org',
        "friends:a@example.org;",
        "a@example.org@example.com",
        "nobody",
        "",
    ],
)
def test_a_mail_goes_to_one_person(deliver, server, to):
    job = deliver(to, SMTP_URL=f"smtp://127.0.0.1:{server.server_address[1]}")
    assert job.state == "failed"
    assert "A mail goes to one address" in job.error
    assert server.heard == []


@pytest.mark.parametrize("to", ["o'neill+plan@example.org", "ünï@exämple.org", "a_b-c@sub.example.co.uk"])
def test_an_address_that_people_have_is_one(to):
    assert mail.one_address(to) == to


@pytest.mark.parametrize(
    ("environment", "scheme", "starts"),
    [
        ({"SERVER_NAME": "plan.example.org"}, "http", "https://plan.example.org/"),
        ({"SERVER_NAME": "plan.local:5000", "CONSULT_DEMO": "1"}, "http", "http://plan.local:5000/"),
        ({"SERVER_NAME": "plan.local", "CONSULT_DEMO": "1"}, "https", "https://plan.local/"),
        ({}, "http", "http://localhost/"),
    ],
)
def test_a_link_in_a_mail_leads_back_the_way_people_came(app, environment, scheme, starts):
    app.config["SETTINGS"] = settings(app, **environment)
    with app.test_request_context("/", environ_overrides={"wsgi.url_scheme": scheme}):
        assert mail.link("spaces.privacy").startswith(starts)


@pytest.mark.parametrize(
    "host", ["evil.example.org", "evil.example.org:80", "localhost.evil.example.org", "127.0.0.1@evil"]
)
def test_the_demo_is_shown_under_any_name_and_mails_no_link_to_it(app, host):
    """Its trusted hosts are none, so a forged one would carry somebody's way in to whoever forged it."""
    app.config["SETTINGS"] = settings(app, CONSULT_DEMO="1")
    with app.test_request_context("/", headers={"Host": host}):
        assert mail.link("spaces.privacy").startswith("http://127.0.0.1:")
    with app.test_request_context("/", headers={"Host": "localhost:5007"}):
        assert mail.link("spaces.privacy").startswith("http://localhost:5007/")


@pytest.mark.parametrize(("demo", "starts"), [("1", "http://"), ("", "https://")])
def test_a_link_of_a_command_or_a_job(app, demo, starts):
    app.config["SETTINGS"] = settings(app, SERVER_NAME="plan.example.org", CONSULT_DEMO=demo)
    with app.app_context():
        assert mail.link("spaces.privacy").startswith(f"{starts}plan.example.org/")


def test_once_a_mail_has_left_its_words_are_nowhere_but_in_it(app, deliver, tmp_path):
    """A code or a link that is kept as a hash everywhere else must not lie readable in the outbox."""
    job = deliver("a@example.org")
    (letter,) = (app.config["SETTINGS"].data_dir / "mail").glob("*.eml")
    assert "Hello" in letter.read_text().split("\n\n", 1)[1]
    assert (job.state, job.payload["text"]) == ("done", "")
    assert letter.stat().st_mode & 0o077 == 0


def test_a_mail_that_did_not_leave_keeps_its_words(deliver):
    assert deliver("nobody").payload["text"] == "Hello"
