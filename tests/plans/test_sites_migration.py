"""Sites that belonged to a plan come into each of its versions, and are one piece of land."""

from uuid import uuid4

import shapely
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade

from consult import clock
from consult.database import Base, Moment, db, unit_of_work
from tests.areas.ground import square
from tests.house.test_migrations import MIGRATIONS

BEFORE = ScriptDirectory(str(MIGRATIONS)).get_revision("0005").down_revision


def plant(connection, ash, plan, site):
    """A plan of two versions with a site, as they were before."""
    known = Base.metadata.tables
    connection.execute(
        sa.insert(known["plan"]), {"space_id": ash, "id": plan, "title": "P", "begun": clock.now()}
    )
    for number in (1, 2):
        version = {"space_id": ash, "id": uuid4(), "plan_id": plan, "number": number, "at": clock.now()}
        connection.execute(sa.insert(known["plan_version"]), version)
    ids, words = ("space_id", "id", "plan_id"), ("reference", "name", "kind", "notes")
    old = sa.table(
        "site",
        *(sa.column(name, sa.Uuid()) for name in ids),
        *(sa.column(name) for name in (*words, "outline")),
        sa.column("at", Moment()),
    )
    row = dict(zip(words, ("H1", "The Yard", "other", ""), strict=True)) | {
        "outline": shapely.to_wkb(square())
    }
    connection.execute(
        sa.insert(old), row | dict(zip(ids, (ash, site, plan), strict=True)) | {"at": clock.now()}
    )


def test_a_site_comes_into_each_version_and_back(app, world):
    site = uuid4()
    with app.app_context():
        downgrade(revision=BEFORE)
        with unit_of_work(), db.engine.begin() as connection:
            plant(connection, world.space["ash"], uuid4(), site)
        upgrade()
        with db.engine.begin() as connection:
            columns = Base.metadata.tables["site"].c["id", "first_id", "hectares", "name"]
            found = connection.execute(sa.select(columns)).all()
        assert {(each.name, each.hectares) for each in found} == {("The Yard", 100.0)}
        assert sorted((each.id == site, each.first_id) for each in found) == [(False, site), (True, None)]
        downgrade(revision=BEFORE)
        with db.engine.begin() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM site").scalar() == 1
        upgrade()
