"""A space deleted: all that is its own goes, nothing of another changes, and what it handed over stays."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from consult import audit, clock, jobs
from consult.accounts.models import Person
from consult.database import Base, db, unit_of_work
from consult.operating import deletions, emptying, ledger, rows
from consult.operating.deletions import Deletion
from consult.spaces.models import Space
from consult.tenancy import Walled
from tests.tenancy.everything import classes, plant_everything
from tests.tenancy.planted import plant

HERE, OPERATORS = "/f/ash/deletion", "/operator/spaces/ash/deletion"


@pytest.fixture
def two_full(app, world, working):
    """A row in every table of Ash; Beck has its own."""
    chair = world.person["ash", "chair"]
    with app.app_context():
        plant_everything(world.space["ash"], world.space["northam"], chair, "kestrel", "osprey", opened=True)
        frozen = sa.update(Base.metadata.tables["plan_version"]).values(frozen=clock.now())
        with unit_of_work(), db.engine.begin() as connection:
            connection.execute(frozen)
    with working("beck"):
        plant("heron")


def delete(app, world, slug="ash"):
    """As the job does it once the day has come."""
    with app.app_context():
        with unit_of_work():
            space = db.session.get_one(Space, world.space[slug])
            person = db.session.get_one(Person, world.person[slug, "chair"])
            deletion = deletions.ask(space, "They asked.", person, deletions.CHAIR)
            job = db.session.scalars(sa.select(jobs.Job).where(jobs.Job.kind == deletions.KIND)).one()
            job.due = clock.now() - timedelta(seconds=1)
            key = deletion.id
        jobs.run_due()
        job = db.session.scalars(sa.select(jobs.Job).where(jobs.Job.kind == deletions.KIND)).one()
        assert job.done, job.error
        return key


def counted(space_id: UUID) -> dict[str, int]:
    """Rows of a space by table, as the owner of the tables sees them."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(
                sa.select(sa.func.count()).select_from(table).where(table.c.space_id == space_id)
            )
            for _, table in classes()
        }


def of_others(space_id: UUID) -> dict[str, list[str]]:
    """Every row that is not this space's, of walled tables and of those that nobody owns."""
    left_out = {"job", "operator_deed", "deletion"}
    with db.engine.connect() as connection:
        found = {}
        for table in rows.tables():
            if table.name in left_out:
                continue
            column = table.c.id if table.name == "space" else table.c.get("space_id")
            asked = sa.select(table) if column is None else sa.select(table).where(column != space_id)
            found[table.name] = sorted(map(repr, connection.execute(asked).all()))
        return found


def test_all_that_is_its_own_goes_and_nothing_of_another_changes(app, world, two_full):
    ash = world.space["ash"]
    with app.app_context():
        before, full = of_others(ash), counted(ash)
    assert all(full.values())
    delete(app, world)
    with app.app_context():
        left = {table for table, number in counted(ash).items() if number}
        assert left == {cls.__tablename__ for cls, _ in classes() if emptying.stays(cls)}
        assert of_others(ash) == before
        with db.engine.connect() as connection:
            assert not connection.scalar(
                sa.select(sa.func.count(jobs.Job.id)).where(jobs.Job.space_id == ash)
            )
            if connection.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_what_stays_was_handed_through_the_walls():
    stays = {cls.__tablename__ for cls, _ in classes() if emptying.stays(cls)}
    assert {"release", "release_file", "submission", "register_entry", "application"} <= stays
    assert not {"announcement", "announcement_day", "publication", "response", "deed", "membership"} & stays
    assert {cls.__tablename__ for cls in emptying.what_goes()} | stays == {
        m.local_table.name for m in Base.registry.mappers if issubclass(m.class_, Walled)
    }


def test_the_operators_record_keeps_the_name_the_counts_and_who_asked(app, world, two_full):
    delete(app, world)
    with app.app_context():
        deed = db.session.scalars(
            sa.select(audit.OperatorDeed).where(audit.OperatorDeed.act == "space.deleted")
        ).one()
        assert deed.detail["name"] == "Ash Hill Neighbourhood Forum"
        assert deed.detail["slug"] == "ash"
        assert deed.detail["rows"]["response"] == 1
        assert deed.detail["by_id"] == world.person["ash", "chair"].hex
        space = db.session.get_one(Space, world.space["ash"])
        assert space.deleted
        assert not space.contact_email


def test_its_addresses_are_not_there_and_not_given_again(app, world, two_full, client, sign_in):
    delete(app, world)
    assert client.get("/f/ash/").status_code == 404
    assert sign_in("ash").get("/f/ash/").status_code == 404
    started = {"kind": "forum", "name": "Another", "authority": "northam", "slug": "ash"}
    answer = sign_in("cole").post("/start", data=started)
    assert answer.status_code == 422
    assert "is in use already" in answer.text
    assert "Ash Hill" not in client.get("/").text
    assert "Ash Hill" not in sign_in("operator").get("/operator").text


def test_a_row_goes_by_this_door_alone(app, world, two_full):
    for begun, done in ((None, None), (clock.now(), clock.now())):
        with app.app_context(), unit_of_work(), db.engine.begin() as connection:
            table = Base.metadata.tables["deletion"]
            about = {"space_id": world.space["ash"], "asked_by": "chair", "why": "", "on": clock.today()}
            connection.execute(sa.insert(table), {**about, "begun": begun, "done": done})
        for name in ("deed", "audit_link", "plan_version", "question"):
            refused = pytest.raises(sa.exc.DBAPIError, match=r"never changed|were asked|has been opened")
            with app.app_context(), unit_of_work(), refused, db.engine.begin() as connection:
                connection.exec_driver_sql(f"DELETE FROM {name}")


def test_a_chair_asks_and_any_chair_takes_it_back(app, world, sign_in, mailed):
    chair = sign_in("ash")
    assert chair.post(HERE, data={"address": "beck"}).status_code == 422
    assert "Write “ash”" in chair.post(HERE, data={"address": ""}).text
    assert "Delete this space" in chair.get("/f/ash/settings").text
    assert chair.post(HERE, data={"address": "Ash", "why": "We are done."}).status_code == 303
    for role in ("chair", "organiser", "viewer"):
        assert "This space is deleted on" in sign_in("ash", role).get("/f/ash/").text
    assert "This space is deleted on" not in sign_in("beck").get("/f/ash/").text
    assert "We are done." in sign_in("operator").get(OPERATORS).text
    assert "We are done." in chair.get(HERE).text
    (mail,) = [each for each in mailed() if "is deleted on" in each["subject"]]
    assert "We are done." in mail["text"]
    assert chair.post(f"{HERE}/withdrawal").status_code == 303
    assert chair.post(f"{HERE}/withdrawal").status_code == 409
    assert "This space is deleted on" not in chair.get("/f/ash/").text
    with app.app_context():
        with unit_of_work():
            for job in db.session.scalars(sa.select(jobs.Job).where(jobs.Job.kind == deletions.KIND)):
                job.due = clock.now() - timedelta(seconds=1)
        jobs.run_due()
        assert db.session.get_one(Space, world.space["ash"]).deleted is None


def test_what_the_operator_asked_for_only_the_operator_takes_back(sign_in):
    operator, chair = sign_in("operator"), sign_in("ash")
    assert operator.post(OPERATORS, data={"address": "ash"}).status_code == 303
    assert "write to them" in chair.get("/f/ash/").text
    assert "write to whoever runs the service" in chair.get(HERE).text
    assert chair.post(f"{HERE}/withdrawal").status_code == 409
    assert operator.post(f"{OPERATORS}/withdrawal").status_code == 303
    assert operator.post(f"{OPERATORS}/withdrawal").status_code == 409


def test_nobody_else_asks(sign_in):
    assert sign_in("ash", "organiser").post(HERE, data={"address": "ash"}).status_code == 403
    assert sign_in("beck").post(HERE, data={"address": "ash"}).status_code == 404
    assert sign_in("ash").post(OPERATORS, data={"address": "ash"}).status_code == 404
    assert sign_in("northam", "officer").get("/a/northam/deletion").status_code == 404


def test_an_authority_with_bodies_is_not_deleted(sign_in):
    operator = sign_in("operator")
    page = operator.get("/operator/spaces/northam/deletion").text
    assert (
        "Northam District Council cannot be deleted, since 3 bodies of its district have a place here" in page
    )
    answer = operator.post("/operator/spaces/northam/deletion", data={"address": "northam"})
    assert answer.status_code == 409


def test_the_list_outside_the_database_knows_it(app, world, two_full):
    delete(app, world)
    with app.app_context():
        ledger.keep_up()
        entry = ledger.Entry.of_space(world.space["ash"])
        assert entry in ledger.kept()
        assert str(entry) in ledger.path().read_text()


def test_a_restore_from_an_older_backup_deletes_it_again(app, world, two_full, elsewhere, run, tmp_path):
    file = tmp_path / "before.zip"
    assert run(app, "backup", file).exit_code == 0
    delete(app, world)
    with app.app_context():
        ledger.keep_up()
        kept = ledger.path().read_text()
    with elsewhere.app_context():
        ledger.path().write_text(kept)
    result = run(elsewhere, "restore", file)
    assert result.exit_code in (0, 1), result.output
    with elsewhere.app_context():
        left = {table for table, number in counted(world.space["ash"]).items() if number}
        assert left == {cls.__tablename__ for cls, _ in classes() if emptying.stays(cls)}
        assert counted(world.space["beck"])["plan"] == 1
        assert db.session.get_one(Space, world.space["ash"]).deleted
        assert db.session.scalars(sa.select(Deletion.done)).one()
