"""Erasure removes the words everywhere, through one door, and leaves a counted tombstone."""

import json
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from consult import audit, jobs
from consult.audit import Deed
from consult.clearing import erasing, hanging
from consult.clearing.models import ERASED, EVERYTHING, Clearance, Erasure, Hiding, Redaction
from consult.consultations.told.following import Follower
from consult.database import db, unit_of_work
from consult.entering.models import HeldTable, put_aside
from consult.feedback import tallies
from consult.feedback.snapshots import freeze
from consult.reports import asking as asking_reports
from consult.reports.models import Release, ReleaseFile, Report
from consult.reports.releasing import release
from consult.responses import replacing
from consult.responses.form.files import AnswerFile, HeldFile
from consult.responses.models import Response
from consult.spaces.models import standing
from consult.tenancy import here
from tests.clearing import speaking
from tests.responses import asking

HERE = "/f/ash/consultations/reg14/"
WHY = "They asked us to."


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


def test_nothing_of_it_is_left_anywhere_but_a_tombstone(opened, app, working, chair):
    with working("ash"):
        response = speaking.with_everything(chair())
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
        for kind in (Clearance, Redaction, Hiding, AnswerFile, HeldFile, HeldTable, Follower):
            assert db.session.scalars(sa.select(kind)).all() == []
        [deed] = db.session.scalars(sa.select(Deed).where(Deed.act == "response.erased"))
        assert deed.subject == reference


def another():
    return speaking.respond("Another", key="two", name="B C", email="b@example.org", postcode="")


def test_reasons_in_the_audit_log_go_too_and_its_chain_holds(opened, app, working, chair, sign_in):
    """A reason may name somebody, or quote them; who decided what, and when, stays."""
    with working("ash"):
        response, other = speaking.respond(), another()
        response_id = response.id
        put_aside(response, "excluded", f"{speaking.SIGNATURE} of {speaking.EMAIL} again", chair())
        put_aside(other, "excluded", "Twice the same", chair())
        audit.seal()
        head = audit.head()
    for _again in range(2):
        with working("ash"):
            erasing.erase(db.session.get_one(Response, (here(), response_id)), WHY, chair())
    assert where_stands(app, *speaking.PLANTED) == set()
    with working("ash"):
        deeds = sa.select(Deed).where(Deed.act == "response.set_aside").order_by(Deed.at)
        gone, kept = db.session.scalars(deeds)
        assert (gone.detail, gone.salt) == ({"kind": "excluded", "reason": ERASED}, "")
        assert kept.detail["reason"] == "Twice the same"
        audit.seal()
        assert audit.verify(head) == []


def test_a_reason_cannot_be_taken_out_of_the_log_where_nothing_is_erased(opened, app, working, chair):
    with working("ash"):
        put_aside(speaking.respond(), "excluded", "Twice the same", chair())
    with working("ash"):
        erased_before = another()
        erasing.erase(erased_before, WHY, chair())
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), working("ash"):
        deed = db.session.scalars(sa.select(Deed).where(Deed.act == "response.set_aside")).one()
        deed.erase()
        db.session.flush()


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
        told = next(
            file for file in full_of(reports()).files if file.name == "statement.html"
        ).content.decode()
        assert "The words of 1 response were erased afterwards" in told
        assert ERASED in told
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
        speaking.with_everything(chair())
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


def test_the_bytes_of_the_database_s_file_hold_nothing_of_it_either(opened, app, working, chair):
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL's files are for its own vacuum")
    with working("ash"):
        speaking.with_everything(chair())
    assert in_the_file(app) == set(speaking.PLANTED)  # the test would find it
    with working("ash"):
        erasing.erase(speaking.only(), WHY, chair())
    assert in_the_file(app) == {"BA11AA"}  # which everybody's table of postcodes has


def in_the_file(app):
    """Which of the planted words stand in the bytes, once what was written is in the file itself."""
    with app.app_context():
        path = Path(db.engine.url.database)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        log = path.with_name(f"{path.name}-wal")
        content = path.read_bytes() + (log.read_bytes() if log.exists() else b"")
        return {word for word in speaking.PLANTED if word.encode() in content}
