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
        yield REFUSE_UNLESS_ERASED
        yield REFUSE_UNLESS_DELETED
        yield from row_security.row_security()
    for table in insert_only():
        yield from never_changed(table, dialect)


def insert_only() -> list[str]:
    return sorted(insert_only_classes())


def insert_only_classes() -> dict[str, type[InsertOnly]]:
    found = [m for m in Base.registry.mappers if issubclass(m.class_, InsertOnly)]
    return {cast(sa.Table, mapper.local_table).name: mapper.class_ for mapper in found}


def never_changed(table: str, dialect: str) -> Iterator[str]:
    kind = insert_only_classes()[table]
    act_erased, column = kind.__erased__ or ("", "")
    for act in ("UPDATE", "DELETE"):
        name = f"{table}_no_{act.lower()}"
        erased = column if act == act_erased else ""
        deleted = act == "DELETE" and issubclass(kind, tenancy.Walled)
        if dialect == "postgresql":
            unless = "consult_refuse_unless_deleted()" if deleted else "consult_refuse()"
            refuse = f"consult_refuse_unless_erased('{column}')" if erased else unless
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {refuse}"
        else:
            doors = [f"NOT EXISTS ({being_erased(column)})"] if erased else []
            doors += [UNLESS_DELETED] if deleted else []
            unless = f"WHEN {' AND '.join(doors)} " if doors else ""
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} {unless}"
                f"BEGIN SELECT RAISE(ABORT, 'what was written here is never changed'); END"
            )


def being_erased(column: str) -> str:
    """The erasure that has begun, in this space, of the response whose row it is, and is not done: no commit leaves
    one so."""
    return (
        "SELECT 1 FROM erasure WHERE erasure.space_id = OLD.space_id "  # noqa: S608 (a column of ours)
        f"AND erasure.response_id = OLD.{column} AND erasure.done IS NULL"
    )


# The other door: a deletion of the whole space that has begun and is not done, which no commit leaves so either. For
# whatever refuses that a row goes.
UNLESS_DELETED = (
    "NOT EXISTS (SELECT 1 FROM deletion WHERE deletion.space_id = OLD.space_id "
    "AND deletion.begun IS NOT NULL AND deletion.done IS NULL)"
)

REFUSE = """
CREATE OR REPLACE FUNCTION consult_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'what was written here is never changed'; END$$
"""
REFUSE_UNLESS_ERASED = f"""
CREATE OR REPLACE FUNCTION consult_refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql AS
$$DECLARE response uuid;
BEGIN
  EXECUTE format('SELECT ($1).%%I', TG_ARGV[0]) INTO response USING OLD;
  IF EXISTS (SELECT 1 FROM erasure WHERE space_id = OLD.space_id AND response_id = response AND done IS NULL) THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN IF NOT ({UNLESS_DELETED}) THEN RETURN OLD; END IF; END IF;
  RAISE EXCEPTION 'what was written here is never changed';
END$$
"""  # noqa: S608 (a condition of ours)
REFUSE_UNLESS_DELETED = f"""
CREATE OR REPLACE FUNCTION consult_refuse_unless_deleted() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN
  IF {UNLESS_DELETED} THEN RAISE EXCEPTION 'what was written here is never changed'; END IF;
  RETURN OLD;
END$$
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
