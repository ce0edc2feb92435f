"""What a migration could lose, since rebuilding a table drops it silently: triggers, policies, grants, indexes
that SQLAlchemy has no words for. One idempotent list, applied after every upgrade and tested."""

from collections.abc import Callable, Iterator
from typing import cast

import sqlalchemy as sa

from consult import row_security, tenancy
from consult.database import Base, InsertOnly

_more: list[Callable[[str], Iterator[str]]] = []


def also(statements: Callable[[str], Iterator[str]]) -> Callable[[str], Iterator[str]]:
    """Registers a subject's own statements; they are given the name of the database."""
    _more.append(statements)
    return statements


def apply(connection: sa.Connection) -> None:
    dialect = connection.dialect.name
    for statement in everything(dialect):
        connection.exec_driver_sql(statement)


def everything(dialect: str) -> Iterator[str]:
    for statements in _more:
        yield from statements(dialect)
    if dialect == "postgresql":
        yield from role()
        yield REFUSE
        yield from row_security.row_security()
    for table in insert_only():
        yield from never_changed(table, dialect)


def insert_only() -> list[str]:
    return sorted(
        cast(sa.Table, m.local_table).name for m in Base.registry.mappers if issubclass(m.class_, InsertOnly)
    )


def never_changed(table: str, dialect: str) -> Iterator[str]:
    for act in ("UPDATE", "DELETE"):
        name = f"{table}_no_{act.lower()}"
        if dialect == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION consult_refuse()"
        else:
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'what was written here is never changed'); END"
            )


REFUSE = """
CREATE OR REPLACE FUNCTION consult_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'what was written here is never changed'; END$$
"""


def role(name: str = tenancy.ROLE) -> Iterator[str]:
    """The role that every request takes on: it owns nothing, so row security binds it.

    A role belongs to the whole server, whose other databases may be brought up to date at this very moment: whoever
    comes second waits for the first, and finds it made.
    """
    yield made_once(f"CREATE ROLE {name} NOLOGIN", "duplicate_object OR unique_violation")
    yield made_once(f"GRANT {name} TO CURRENT_USER", "unique_violation OR internal_error")
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}"


def made_once(statement: str, there_already: str) -> str:
    return f"DO $$BEGIN {statement}; EXCEPTION WHEN {there_already} THEN NULL; END$$"
