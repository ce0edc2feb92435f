"""What was written is never changed, whoever asks: the database itself refuses."""

import pytest
import sqlalchemy as sa

from consult import catalogue
from consult.database import db, unit_of_work
from tests.tenancy.planted import plant

INSERT_ONLY = {
    "access", "answer", "area_version", "authority_copy", "closing", "deed", "delivery", "extension", "notice",
    "opening", "operator_deed", "place", "redaction", "response", "snapshot", "clearance",
}  # fmt: skip


@pytest.mark.parametrize("act", ["UPDATE {t} SET id = id", "DELETE FROM {t}"])
@pytest.mark.parametrize("table", ["deed", "response", "answer"])
def test_the_owner_of_the_tables_cannot_change_them_either(app, working, table, act):
    with working("ash"):
        plant("kestrel")
    refused = pytest.raises(sa.exc.DBAPIError, match="never changed")
    with app.app_context(), unit_of_work(), refused, db.engine.begin() as connection:
        connection.exec_driver_sql(act.format(t=table))


def test_replacing_a_row_does_not_walk_round_the_trigger(app, working):
    with working("ash"):
        plant("kestrel")
    with app.app_context(), unit_of_work():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("INSERT OR REPLACE is SQLite's")
        with pytest.raises(sa.exc.DBAPIError, match="never changed"), db.engine.begin() as connection:
            connection.exec_driver_sql("INSERT OR REPLACE INTO deed SELECT * FROM deed")


def test_every_insert_only_table_has_both_triggers(app):
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with app.app_context(), db.engine.connect() as connection:
        found = set(connection.exec_driver_sql(query[connection.dialect.name]).scalars())
    wanted = {f"{t}_no_{act}" for t in catalogue.insert_only() for act in ("update", "delete")}
    assert wanted <= found
    assert set(catalogue.insert_only()) >= INSERT_ONLY
