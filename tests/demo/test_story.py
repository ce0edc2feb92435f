"""The demo is told by the acts that people use, once, and it adds up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from consult import clock, tenancy
from consult.accounts.models import Person
from consult.areas.models import Application, BaseMapLayer, RegisterEntry
from consult.audit import Deed
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.consulted.notices import Delivery, Notice
from consult.consultations.models import Announcement, Consultation
from consult.database import Base, db
from consult.demo import people, story
from consult.feedback import tallies
from consult.feedback.models import Publication
from consult.reports.models import Release
from consult.responses.models import Response
from consult.spaces.models import Space
from geodata.styles import STYLES
from tests.conftest import app_on, signed_in_client
from tests.databases import GIVEN, PostgresqlDatabases, SqliteDatabases

FORUMS = ["highfold", "oldbridge", "station-fields", "tannery-wharf"]
MADE_UP = re.compile(r"[^@]+@([a-z-]+\.)?example\.(org|com)")


def telling(folder: Path) -> Iterator[Flask]:
    """The service on a new database that the story has just been told into."""
    databases = PostgresqlDatabases(GIVEN) if GIVEN else SqliteDatabases(folder)
    app = app_on(databases.template_url(), folder)
    with app.app_context():
        upgrade()
        assert story.tell(lambda line: None)
        db.session.remove()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    if isinstance(databases, PostgresqlDatabases):
        databases.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from telling(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="module")
def retold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from telling(tmp_path_factory.mktemp("retold"))


@pytest.fixture
def everywhere(told: Flask) -> Iterator[None]:
    with told.app_context(), tenancy.everywhere("a test looks at the whole demo"):
        yield


def rows() -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    with db.engine.connect() as connection:
        count = sa.select(sa.func.count())
        return {table.name: connection.scalar(count.select_from(table)) or 0 for table in tables}


def spaces() -> list[Space]:
    return list(db.session.scalars(sa.select(Space).order_by(Space.slug)))


def as_told(app: Flask) -> list[Any]:
    """All of the story but what is random by its nature: ids, and references of responses."""
    with app.app_context():
        return [
            [space.slug, space.name, space.kind, consultations_of(space)]
            for space in spaces()
        ]  # fmt: skip


def consultations_of(space: Space) -> list[Any]:
    with tenancy.inside(space.id):
        found = db.session.scalars(sa.select(Consultation).order_by(Consultation.reference))
        return [[one.reference, one.title, one.state(), one.closing_day, counted(one)] for one in found]


def counted(consultation: Consultation) -> list[Any]:
    facts = tallies.take(consultation)
    figures = [replace(figure, ids_sha256="") for figure in tallies.figures(facts)]
    return [tallies.reconciliation(facts), figures]


def test_told_again_it_adds_nothing(told: Flask) -> None:
    with told.app_context():
        before = rows()
        assert not story.tell(lambda line: None)
        assert rows() == before
        assert before["response"] > 300


def test_it_is_the_same_story_every_time(told: Flask, retold: Flask) -> None:
    assert as_told(told) == as_told(retold)


def test_there_is_one_consultation_in_each_stage_of_its_life(everywhere: None) -> None:
    found = [(one.stage, one.state()) for one in db.session.scalars(sa.select(Consultation))]
    assert sorted(found) == [
        ("call_for_sites", "open"),
        ("early_engagement", "draft"),
        ("early_engagement", "open"),
        ("regulation_14", "closed"),
        ("regulation_14", "open"),
        ("regulation_16", "open"),
    ]


def test_a_regulation_14_consultation_is_open_for_six_weeks_at_least(everywhere: None) -> None:
    for one in db.session.scalars(sa.select(Announcement).where(Announcement.stage == "regulation_14")):
        assert (clock.last_day(one.closes) - one.first_publicised).days >= 42


def test_what_highfold_received_adds_up_and_is_what_was_published_and_released(told: Flask) -> None:
    with told.app_context():
        space = next(space for space in spaces() if space.slug == "highfold")
        with tenancy.inside(space.id):
            line = tallies.reconciliation(tallies.take(db.session.scalars(sa.select(Consultation)).one()))
            assert (
                line.received == line.counted + line.duplicates + line.late + line.withdrawn + line.excluded
            )
            assert min(line.counted, line.duplicates, line.late, line.withdrawn, line.excluded) > 0
            published = db.session.scalars(sa.select(Publication)).one().figures
            released = db.session.scalars(sa.select(Release)).one()
            assert published["reconciliation"]["received"] == line.received
            assert released.figures["reconciliation"] == published["reconciliation"]
            assert {"statement.pdf", "responses.csv", "MANIFEST.sha256"} <= {
                file.name for file in released.files
            }


def test_responses_came_in_every_way_and_speak_for_many(told: Flask) -> None:
    with told.app_context(), tenancy.everywhere("a test looks at the whole demo"):
        heard = list(db.session.scalars(sa.select(Response)))
        assert {"web", "paper", "email", "event"} <= {response.channel for response in heard}
        assert {"inside", "outside", "unknown"} == {response.home for response in heard}
        assert max(response.people for response in heard) > 100  # the petition
        assert all(response.entered_by_id for response in heard if response.channel != "web")


def test_nothing_has_happened_in_the_future(everywhere: None) -> None:
    now = clock.now()
    assert all(received < now for received in db.session.scalars(sa.select(Response.received)))
    assert all(at < now for at in db.session.scalars(sa.select(Deed.at)))


def test_every_response_came_while_its_consultation_was_open_or_is_marked_late(everywhere: None) -> None:
    announced = {one.consultation_id: one for one in db.session.scalars(sa.select(Announcement))}
    for response in db.session.scalars(sa.select(Response)):
        told = announced[response.consultation_id]
        assert told.opens <= response.received
        assert response.late == (response.received >= told.closes)


def test_announcements_say_how_many_were_received(everywhere: None) -> None:
    for one in db.session.scalars(sa.select(Announcement)):
        theirs = sa.select(sa.func.count(Response.id)).where(Response.consultation_id == one.consultation_id)
        assert one.received == db.session.scalar(theirs)


def test_one_area_waits_for_the_officer_and_one_is_contested(everywhere: None) -> None:
    applications = db.session.scalars(sa.select(Application))
    assert {one.name: one.state for one in applications} == {
        "Highfold": "designated",
        "Nether Tarrow": "designated",
        "Oldbridge": "designated",
        "Station Fields": "applied",
        "Tannery Wharf": "contested",
    }
    assert len(list(db.session.scalars(sa.select(RegisterEntry)))) == 4


def test_who_did_it_is_recorded_with_every_act(everywhere: None) -> None:
    deeds = list(db.session.scalars(sa.select(Deed)))
    done = {deed.act for deed in deeds}
    assert done >= {
        "space.started", "body.admitted", "member.joined", "forum.designated", "area.applied", "area.designated",
        "plan.policy_written", "consultation.announced", "consultation.opened", "consultation.extended",
        "response.entered", "response.set_aside", "results.published",
    }  # fmt: skip
    assert all(deed.person_id for deed in deeds)


def test_each_body_of_the_schedule_was_decided_and_every_notice_has_its_proof(everywhere: None) -> None:
    plans = [one for one in db.session.scalars(sa.select(Consultation)) if one.kind.consults_bodies]
    assert len(plans) == 2
    for one in plans:
        consulted = list(db.session.scalars(sa.select(Consultee).where(Consultee.consultation_id == one.id)))
        assert consulted
        for consultee in consulted:
            notices = db.session.scalars(sa.select(Notice).where(Notice.consultee_id == consultee.id)).all()
            assert [notice.kind for notice in notices] == ["notice"], consultee.title
        assert one.undecided == []
        assert one.authority_copy is not None
        assert one.heard == one.announcement.first_publicised
    deliveries = list(db.session.scalars(sa.select(Delivery)))
    assert {delivery.outcome for delivery in deliveries} == {"sent", "by_hand"}
    assert len(deliveries) == len(db.session.scalars(sa.select(Notice)).all())
    assert all(delivery.at < clock.now() for delivery in deliveries)


def test_every_email_address_is_made_up(everywhere: None) -> None:
    for column in (Person.email, Response.email, Space.contact_email, Consultee.email):
        for address in db.session.scalars(sa.select(column).where(column != "")):
            assert MADE_UP.fullmatch(address), address


def test_the_base_map_is_drawn_in_known_styles(everywhere: None) -> None:
    assert set(db.session.scalars(sa.select(BaseMapLayer.style))) <= set(STYLES)


@pytest.mark.parametrize("slug", FORUMS)
def test_a_chair_finds_nothing_of_another_forum(told: Flask, slug: str) -> None:
    with told.app_context():
        person, ids = people.chair_of(slug).id, {space.slug: space.id for space in spaces()}
        names = {other: names_in(space_id) for other, space_id in ids.items()}
    client = signed_in_client(told, person)
    for own in ("", "consultations/", "feedback/", "members", "plan"):
        page = client.get(f"/f/{slug}/{own}").get_data(as_text=True)
        foreign = {name for other, known in names.items() if other != slug for name in known - names[slug]}
        assert not [name for name in foreign if name in page]
    for other in FORUMS:
        if other != slug:
            assert client.get(f"/f/{other}/members").status_code == 404


def names_in(space_id: Any) -> set[str]:
    """Of two words at least: “Will” is in many pages."""
    with tenancy.inside(space_id):
        return {name for name in db.session.scalars(sa.select(Response.name)) if " " in name}


def test_its_people_sign_in_with_the_password_that_is_printed(told: Flask) -> None:
    client = told.test_client()
    given = {"identity": people.CHAIRS["oldbridge"].email, "passcode": people.PASSWORD}
    client.post("/sign-in", data=given)
    assert "Gareth Pugh" in client.get("/account").get_data(as_text=True)


def test_a_newcomer_is_told_who_can_sign_in_and_what_there_is(told: Flask) -> None:
    lines: list[str] = []
    with told.app_context():
        story.greet(lines.append)
    said = "\n".join(lines)
    assert people.PASSWORD in said
    assert "/demo/mail" in said
    assert all(f"{player.email} " in said for player in people.CAST)
    assert re.search(r"highfold/reg14 +closed", said)
    assert re.search(r"nether-tarrow/reg14 +open", said)
    assert re.search(r"tannery-wharf/early +draft", said)


def test_it_is_never_added_to_other_peoples_spaces(app: Flask) -> None:
    with app.app_context():
        before = rows()
        with pytest.raises(story.NotEmpty):
            story.tell(lambda line: None)
        assert rows() == before
    answer = app.test_cli_runner().invoke(args=["demo"])
    assert answer.exit_code == 2
    assert "spaces that are not the demo’s" in answer.output
    assert "Traceback" not in answer.output
