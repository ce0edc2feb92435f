"""What a migration could lose, and what two databases of one server share."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from consult import catalogue
from consult.settings import database_url
from tests.databases import GIVEN

pytestmark = pytest.mark.skipif(not GIVEN, reason="roles are PostgreSQL's: set TEST_DATABASE_URL")


@pytest.fixture
def engine():
    return sa.create_engine(database_url(GIVEN, Path()), poolclass=sa.NullPool)


def made_by(connection, name):
    for statement in list(catalogue.role(name))[:2]:
        connection.exec_driver_sql(statement)
    member = "SELECT pg_has_role(CURRENT_USER, %s, 'MEMBER')"
    return connection.exec_driver_sql(member, (name,)).scalar()


def test_two_databases_brought_up_to_date_at_once_make_the_role_once(engine):
    name = f"consult_race_{uuid4().hex[:8]}"
    try:
        with engine.begin() as first, ThreadPoolExecutor() as elsewhere:
            assert made_by(first, name)

            def second():
                with engine.begin() as connection:
                    return made_by(connection, name)

            waiting = elsewhere.submit(second)
            wait_until_it_waits(engine)
            first.commit()
            assert waiting.result(timeout=20)
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP ROLE IF EXISTS {name}")


def wait_until_it_waits(engine):
    asked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'DO %%CREATE ROLE%%'"
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for _ in range(2000):
            if connection.exec_driver_sql(asked).scalar():
                return
            connection.exec_driver_sql("SELECT pg_sleep(0.005)")
    raise AssertionError("the second never came to wait for the first")
