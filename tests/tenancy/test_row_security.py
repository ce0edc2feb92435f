"""The last lock, on PostgreSQL: raw SQL as the requests' own role, with the ORM's guard out of the way."""

import pytest
import sqlalchemy as sa

from consult import catalogue, tenancy
from consult.database import Base, db, native, unit_of_work
from consult.tenancy import Decided, Handed, Posted, Walled
from tests.databases import GIVEN
from tests.tenancy.planted import plant

pytestmark = pytest.mark.skipif(not GIVEN, reason="row-level security is PostgreSQL's: set TEST_DATABASE_URL")


def walled_tables(but=()):
    classes = [m.class_ for m in Base.registry.mappers if issubclass(m.class_, Walled)]
    return sorted(c.__tablename__ for c in classes if not issubclass(c, but))


@pytest.fixture
def planted(working):
    with working("ash"):
        plant("kestrel")
    with working("beck"):
        return plant("heron")


def rows(sql, **values):
    return native(sa.text(sql), values).all()


def test_raw_sql_sees_only_the_space_it_stands_in(app, world, planted):
    with app.app_context(), unit_of_work(), tenancy.inside(world.space["beck"]):
        for table in walled_tables(but=(Posted, Handed)):
            seen = {r[0] for r in rows(f"SELECT space_id FROM {table}")}
            assert seen <= {world.space["beck"]}, table
        assert rows("SELECT title FROM plan") == [("heron plan",)]


def test_raw_sql_outside_every_space_sees_nothing(app, planted):
    with app.app_context(), unit_of_work():
        for table in walled_tables(but=(Posted,)):
            assert rows(f"SELECT 1 FROM {table}") == [], table


def test_raw_sql_cannot_write_into_a_neighbour(app, world, planted):
    with app.app_context(), unit_of_work(), tenancy.inside(world.space["beck"]):
        assert native(sa.text("UPDATE plan SET title = 'taken' WHERE title LIKE 'kestrel%'")).rowcount == 0
        assert native(sa.text("DELETE FROM policy WHERE title LIKE 'kestrel%'")).rowcount == 0
    with (
        app.app_context(),
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
        unit_of_work(),
        tenancy.inside(world.space["beck"]),
    ):
        native(
            sa.text(
                "INSERT INTO plan (space_id, id, title, begun) VALUES (:s, gen_random_uuid(), 'taken', now())"
            ),
            {"s": world.space["ash"]},
        )


def test_a_body_cannot_write_its_authoritys_decision(app, world):
    with (
        app.app_context(),
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
        unit_of_work(),
        tenancy.inside(world.space["beck"]),
    ):
        native(
            sa.text(
                "INSERT INTO admission (space_id, id, authority_id, at, by) "
                "VALUES (:s, gen_random_uuid(), :a, now(), 'myself')"
            ),
            {"s": world.space["beck"], "a": world.space["northam"]},
        )


def test_everywhere_reads_and_never_writes(app, world, planted):
    with app.app_context(), unit_of_work(), tenancy.everywhere("a test of the operator's way in"):
        assert len(rows("SELECT 1 FROM plan")) == 2
        assert native(sa.text("UPDATE plan SET title = 'taken'")).rowcount == 0


def test_the_role_of_requests_cannot_step_out_of_its_walls(app, world, planted):
    with app.app_context(), unit_of_work(), tenancy.inside(world.space["beck"]):
        current = rows(
            "SELECT current_user, (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
        )
        assert current == [(tenancy.ROLE, False)]


def test_a_pooled_connection_keeps_nothing(app, world, planted):
    with app.app_context():
        with unit_of_work(), tenancy.inside(world.space["beck"]):
            rows("SELECT 1 FROM plan")
        with db.engine.connect() as connection:
            assert (
                connection.exec_driver_sql(
                    "SELECT NULLIF(current_setting('consult.space', true), '')"
                ).scalar()
                is None
            )


def test_every_walled_table_has_its_policies_and_they_are_on(app):
    with app.app_context(), db.engine.connect() as connection:
        on = set(
            connection.exec_driver_sql(
                "SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'"
            ).scalars()
        )
        found = connection.exec_driver_sql("SELECT tablename, count(*) FROM pg_policies GROUP BY 1").all()
    # No model maps the index of words.
    tables = [*walled_tables(), "space", "response_search"]
    assert set(tables) <= on
    assert {table: 4 for table in tables} == dict(found)


def test_the_decided_kinds_are_the_authoritys():
    decided = {m.class_.__name__ for m in Base.registry.mappers if issubclass(m.class_, Decided)}
    assert {"Admission", "ForumDesignation", "AreaDecision"} <= decided


def test_the_catalogue_can_be_applied_twice(app):
    with app.app_context(), unit_of_work(), db.engine.begin() as connection:
        catalogue.apply(connection)
        catalogue.apply(connection)


def test_raw_sql_cannot_change_a_neighbouring_space(app, world):
    rename = sa.text("UPDATE space SET name = 'taken' WHERE slug = :slug")
    with app.app_context(), unit_of_work(), tenancy.inside(world.space["beck"]):
        assert native(rename, {"slug": "ash"}).rowcount == 0
        assert native(rename, {"slug": "northam"}).rowcount == 0
        assert native(sa.text("DELETE FROM space WHERE slug = 'ash'")).rowcount == 0
        assert native(rename, {"slug": "beck"}).rowcount == 1
    with app.app_context(), unit_of_work(), tenancy.inside(world.space["northam"]):
        assert native(rename, {"slug": "ash"}).rowcount == 1
