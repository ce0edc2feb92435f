"""Erasure removes the words everywhere, through one door, and leaves a counted tombstone."""

import io
import json
import zipfile

import pytest
import sqlalchemy as sa

from consult import clock, jobs, mail
from consult.accounts.models import Person
from consult.audit import Deed
from consult.clearing import erasing, hanging, outbox
from consult.clearing.models import ERASED, EVERYTHING, Clearance, Erasure, Redaction
from consult.consultations.following import Follower
from consult.database import db, unit_of_work
from consult.feedback import tallies
from consult.feedback.snapshots import freeze
from consult.jobs import Job
from consult.reports import asking as asking_reports
from consult.reports.models import Release, ReleaseFile, Report
from consult.reports.releasing import release
from consult.responses import replacing
from consult.responses.drafts import sent_at_once
from consult.responses.files import AnswerFile, HeldFile
from consult.responses.models import Response, SettingAside
from consult.spaces.models import standing
from consult.tenancy import here
from tests.clearing import speaking
from tests.responses import asking

HERE = "/f/ash/consultations/reg14/"
WHY = "They asked us to."


@pytest.fixture
def chair(world):
    return lambda: db.session.get_one(Person, world.person["ash", "chair"])


def everything_in(connection):
    """Each value of each table, as text."""
    for table in db.metadata.sorted_tables:
        if table.name == "postcode":
            continue  # everyone's
        for row in connection.execute(sa.select(table)):
            for column, value in zip(table.columns, row, strict=True):
                yield f"{table.name}.{column.name}", value


def where_stands(app, *words):
    with app.app_context(), db.engine.connect() as connection:
        found = set()
        for name, value in everything_in(connection):
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            found |= {name for word in words if word.casefold() in text.casefold()}
        return found


def with_everything(chair):
    """A response with all that can hang on it."""
    response = speaking.respond(
        speaking.ALL_OF_IT, organisation="Other & Daughters", external_id=speaking.EMAIL
    )
    question = speaking.asked().questions[3]
    file = {
        "name": "a.pdf",
        "media_type": "application/pdf",
        "sha256": "x",
        "content": speaking.ALL_OF_IT.encode(),
    }
    db.session.add(AnswerFile(response_id=response.id, question_id=question.id, **file))
    consultation = {"consultation_id": response.consultation_id}
    db.session.add(HeldFile(question_id=question.id, key=response.key, **consultation, **file))
    sent_at_once(speaking.asked(), response, {"q4": [speaking.ALL_OF_IT], "email": [speaking.EMAIL]})
    db.session.add(Follower(email=speaking.EMAIL, **consultation))
    db.session.add(
        SettingAside(response_id=response.id, kind="excluded", reason=f"{speaking.SIGNATURE} again")
    )
    mail.send(speaking.EMAIL, f"We have it: {response.reference}", speaking.ALL_OF_IT)
    db.session.flush()
    speaking.clear_all(response, chair)
    return response


def test_nothing_of_it_is_left_anywhere_but_a_tombstone(opened, app, working, chair):
    with working("ash"):
        response = with_everything(chair())
        reference = response.reference
    assert len(where_stands(app, *speaking.PLANTED)) > 10  # the test would find it
    with working("ash"):
        erasing.erase(speaking.only(), WHY, chair())
    assert where_stands(app, *speaking.PLANTED, "Daughters") == set()
    with working("ash"):
        stone = speaking.only()
        assert (stone.reference, stone.name, stone.email) == (reference, "", "")
        assert [answer.text for answer in stone.answers] == [ERASED, ERASED]
        [erasure] = erasing.erasures_of(stone)
        assert (erasure.extent, erasure.reason) == (EVERYTHING, WHY)
        assert erasure.by_id == chair().id
        assert erasure.done is not None
        for kind in (Clearance, Redaction, AnswerFile, HeldFile, Follower):
            assert db.session.scalars(sa.select(kind)).all() == []
        [deed] = db.session.scalars(sa.select(Deed).where(Deed.act == "response.erased"))
        assert deed.subject == reference


def test_every_figure_stays_as_it_was(opened, working, chair):
    with working("ash"):
        response = speaking.respond()
        speaking.respond("Another", key="two", email="b@example.org", name="B C")
        before = [
            tallies.figures(tallies.take(speaking.asked())),
            tallies.reconciliation(tallies.take(speaking.asked())),
        ]
        erasing.erase(response, WHY, chair())
        assert [
            tallies.figures(tallies.take(speaking.asked())),
            tallies.reconciliation(tallies.take(speaking.asked())),
        ] == before


def test_what_somebody_changed_goes_with_what_it_replaced(opened, working, chair):
    with working("ash"):
        first, second = speaking.respond("First"), speaking.respond("Second", key="two")
        other = speaking.respond("Other", key="three", email="b@example.org", name="B C")
        replacing.replace(first.id, second)
        erased = erasing.erase(second, WHY, chair())
        assert {each.reference for each in erased} == {first.reference, second.reference}
        assert other.answers[0].text == "Other"


def test_a_reason_is_asked_for(opened, app, working, chair, sign_in):
    with working("ash"):
        response = speaking.respond().id
    client = sign_in("ash")
    assert "This cannot be undone" in client.page(f"/f/ash/erasures/{response}").text
    assert client.send(f"/f/ash/erasures/{response}", reason="").status_code == 422
    assert client.send(f"/f/ash/erasures/{response}", reason=WHY).status_code == 303
    assert where_stands(app, speaking.EMAIL) == set()
    assert WHY in client.page(f"/f/ash/erasures/{response}").text
    with working("ash"):
        reference = speaking.only().reference
    assert ERASED in client.page(f"{HERE}responses/{reference}").text
    assert "Nothing waits" in client.page(f"{HERE}clearing/").text


@pytest.mark.parametrize(
    "who", [("ash", "organiser"), ("ash", "analyst"), ("beck", "chair"), ("northam", "officer")]
)
def test_only_whoever_answers_for_the_data_erases(opened, app, working, sign_in, who):
    with working("ash"):
        response = speaking.respond().id
    for method in ("get", "post"):
        status = getattr(sign_in(*who), method)(
            f"/f/ash/erasures/{response}", data={"reason": WHY} if method == "post" else None
        ).status_code
        assert status in (403, 404)
    assert "response.email" in where_stands(app, speaking.EMAIL)


# Stored packs.


def test_stored_packs_and_releases_are_made_anew_without_the_words(opened, app, working, chair):
    with working("ash"):
        consultation = speaking.asked()
        consultation.announcement.authority_id = standing().authority_id
        response = speaking.respond("Save the kingfisher.")
        asking.close(consultation)
        for public in (False, True):
            asking_reports.ask(consultation, chair(), public)
    with app.app_context():
        jobs.run_due()
    with working("ash"):
        full = next(report for report in reports() if not report.public)
        release(full, chair())
        figures = {report.id: figures_in(report) for report in reports()}
    assert {"report_file.content", "release_file.content"} <= where_stands(app, "kingfisher")
    with working("ash"):
        erasing.erase(db.session.get_one(Response, (here(), response.id)), WHY, chair())
    assert where_stands(app, "kingfisher") == set()
    with app.app_context():
        jobs.run_due()
    assert where_stands(app, "kingfisher") == set()
    with working("ash"):
        assert {report.id: figures_in(report) for report in reports()} == figures
        released = db.session.scalars(sa.select(Release)).one()
        assert {file.name for file in released.files} == {file.name for file in full_of(reports()).files}
        assert db.session.scalars(sa.select(ReleaseFile.sha256)).all()


def reports():
    return list(db.session.scalars(sa.select(Report).order_by(Report.at)))


def full_of(made):
    return next(report for report in made if not report.public)


def figures_in(report):
    [file] = [file for file in report.files if file.name == "figures.json"]
    return json.loads(file.content)


# The door.

CHANGES = [
    ("UPDATE {t} SET space_id = space_id", ("response", "answer", "place")),
    ("DELETE FROM {t}", ("answer_file", "clearance", "redaction")),
]


@pytest.mark.parametrize(
    ("change", "table"), [(change, table) for change, tables in CHANGES for table in tables]
)
def test_the_door_is_shut_before_and_after(opened, app, working, chair, change, table):
    with working("ash"):
        with_everything(chair())
        other = speaking.respond("Ring 07700 900999.", key="two", email="b@example.org", name="B C")
        file = {"name": "b.pdf", "media_type": "application/pdf", "sha256": "x", "content": b"x"}
        db.session.add(AnswerFile(response_id=other.id, question_id=speaking.asked().questions[3].id, **file))
        speaking.clear_all(other, chair())
        first = db.session.scalars(sa.select(Response).where(Response.id != other.id)).one()
        erasing.erase(first, WHY, chair())
    with (
        app.app_context(),
        unit_of_work(),
        pytest.raises(sa.exc.DBAPIError, match="never changed"),
        db.engine.begin() as connection,
    ):
        connection.exec_driver_sql(change.format(t=table))


@pytest.mark.parametrize("table", ["deed", "response", "answer", "place", "snapshot"])
def test_an_erasure_removes_no_row_of_what_is_counted_or_recorded(opened, app, working, table):
    with working("ash"):
        response = speaking.respond()
        db.session.add(Deed(by="somebody", act="tried", subject="this"))
        if table == "snapshot":
            freeze(speaking.asked(), None)
        db.session.add(Erasure(response_id=response.id, extent=EVERYTHING, reason=WHY))  # begun, and not done
    with (
        app.app_context(),
        unit_of_work(),
        pytest.raises(sa.exc.DBAPIError, match="never changed"),
        db.engine.begin() as connection,
    ):
        connection.exec_driver_sql(f"DELETE FROM {table}")


def test_the_erasure_of_one_response_opens_no_other(opened, app, working):
    with working("ash"):
        one, other = speaking.respond(), speaking.respond(key="two")
        db.session.add(Erasure(response_id=one.id, extent=EVERYTHING, reason=WHY))
        db.session.flush()
        other.name = "changed"
        with pytest.raises(sa.exc.DBAPIError, match="never changed"):
            db.session.flush()
        db.session.rollback()


def test_no_commit_leaves_the_door_open(opened, working, chair):
    with working("ash"):
        erasing.erase(speaking.respond(), WHY, chair())
        assert db.session.scalars(sa.select(Erasure).where(Erasure.done.is_(None))).all() == []


def test_every_table_that_links_to_a_response_is_thought_of(app):
    assert set(hanging.tables()) == {*hanging.GOES, *hanging.STAYS}


# Mails.


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


def test_another_spaces_mails_stay(opened, app, working):
    with working("beck"):
        mail.send(speaking.EMAIL, "Theirs", "words")
    with working("ash"):
        outbox.forget(speaking.EMAIL)
    with app.app_context():
        [job] = db.session.scalars(sa.select(Job).where(Job.kind == "mail"))
        assert job.payload["to"] == speaking.EMAIL
        assert clock.now() > job.posted


# Copies.

AT = "/f/ash/personal-data"


def copy_of(client, asked):
    answer = client.post(f"{AT}/copies", data={"asked": asked})
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_copy_holds_all_and_that_it_was_made_is_recorded(opened, working, chair, sign_in):
    with working("ash"):
        reference = with_everything(chair()).reference
        speaking.respond("Somebody else", key="two", email="b@example.org", name="B C")
    client = sign_in("ash")
    for asked in (speaking.EMAIL, speaking.EMAIL.upper(), reference):
        page = client.send(AT, asked=asked).get_data(as_text=True)
        assert reference in page
        files = copy_of(client, asked)
        data = json.loads(files["data.json"])
        assert set(data["rows"]) >= {
            "response",
            "answer",
            "place",
            "answer_file",
            "draft",
            "clearance",
            "follower",
            "mail",
        }
        assert "Somebody else" not in files["data.json"].decode()
        assert speaking.SIGNATURE in files["read-me-first.html"].decode()
        assert any(name.startswith("files/") and name.endswith("a.pdf") for name in files)
    with working("ash"):
        deeds = db.session.scalars(sa.select(Deed).where(Deed.act == "personal_data.copied")).all()
        assert len(deeds) == 3
        assert all(speaking.EMAIL not in f"{deed.subject} {deed.detail}" for deed in deeds)


def test_what_another_space_holds_is_in_no_copy(opened, working, sign_in):
    with working("beck"):
        theirs = speaking.respond("Only in Beck").reference
    client = sign_in("ash")
    for asked in (speaking.EMAIL, theirs):
        assert "Nothing is held" in client.send(AT, asked=asked).get_data(as_text=True)
        assert client.post(f"{AT}/copies", data={"asked": asked}).status_code == 409


def test_where_an_address_is_only_mentioned_is_said_and_no_more(opened, working, sign_in):
    with working("ash"):
        speaking.respond(f"Ask {speaking.EMAIL}", email="b@example.org", name="B C", key="two")
        speaking.respond()
    client = sign_in("ash")
    assert "answer: 2" in client.send(AT, asked=speaking.EMAIL).get_data(as_text=True)
    assert "b@example.org" not in copy_of(client, speaking.EMAIL)["data.json"].decode()


@pytest.mark.parametrize("asked", ["", "@", "a@", "x", "%@%", "a b@c"])
def test_half_an_address_finds_nothing(opened, working, sign_in, asked):
    with working("ash"):
        speaking.respond()
    client = sign_in("ash")
    assert client.send(AT, asked=asked).status_code == 422
    assert client.post(f"{AT}/copies", data={"asked": asked}).status_code == 409


def test_only_whoever_answers_for_the_data_looks(opened, client, sign_in):
    assert sign_in("ash", "organiser").get(AT).status_code == 403
    assert sign_in("beck").get(AT).status_code == 404
    assert sign_in("northam", "officer").get("/a/northam/personal-data").status_code == 200
    assert client.get(AT).status_code == 302
