"""The guard of the walls in `tenancy.py`: no statement leaves the session without the criterion of the space that it
stands in, no row of another space is loaded or written."""

from functools import lru_cache
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.sql import visitors

from consult.database import Base, Session
from consult.tenancy import (
    Decided,
    Handed,
    Held,
    NoSpace,
    Owned,
    Posted,
    Scope,
    Tenant,
    WallBreach,
    Walled,
    here,
    scope,
    settings_of,
)

FILTERED = (Owned, Handed, Held)
NOBODY = UUID(int=0)  # the id of no space and no person


def guard(state: ORMExecuteState) -> None:
    if state.execution_options.get("native"):
        return
    if not state.is_orm_statement or state.is_insert or state.is_from_statement:
        raise WallBreach("Only ORM statements pass the walls: no raw SQL, no Core tables, no ORM insert().")
    if isinstance(state.parameters, list):
        raise WallBreach("An update by a list of keys passes no criterion: change the objects.")
    stands = scope()
    if stands.everywhere and state.is_select:
        return
    if not state.is_select and state.bind_mapper and issubclass(state.bind_mapper.class_, Tenant):
        raise WallBreach("A space is changed by changing the object, which is looked at when it is written.")
    if not stands.space_id:
        refuse_unscoped(state, stands)
    state.statement = state.statement.options(*criteria(stands))


@lru_cache(maxsize=1024)
def criteria(stands: Scope) -> tuple[Any, ...]:
    """The criterion of each kind of wall. Never None: SQLAlchemy keeps each lambda's first form, and a value that is
    None then and an id later would be bound as the wrong type."""
    space_id, person_id = stands.space_id or NOBODY, stands.person_id or NOBODY
    return (
        with_loader_criteria(Owned, lambda cls: cls.space_id == space_id, include_aliases=True),
        with_loader_criteria(
            Handed,
            lambda cls: (cls.space_id == space_id) | (cls.authority_id == space_id),
            include_aliases=True,
        ),
        with_loader_criteria(
            Held, lambda cls: (cls.space_id == space_id) | (cls.person_id == person_id), include_aliases=True
        ),
    )


def refuse_unscoped(state: ORMExecuteState, stands: Scope) -> None:
    named = {part.name for part in visitors.iterate(cast(Any, state.statement)) if isinstance(part, sa.Table)}
    walls: tuple[type[Walled], ...] = (Owned, Handed) if stands.person_id else FILTERED
    for table in named & walled_tables(walls):
        raise NoSpace(f"“{table}” belongs to spaces, and none has been entered.")
    if not state.is_select and named & walled_tables((Posted,)):
        raise NoSpace("Only a space writes what it hands to everyone.")


_tables: dict[tuple[type[Walled], ...], frozenset[str]] = {}


def walled_tables(kinds: tuple[type[Walled], ...]) -> frozenset[str]:
    if kinds not in _tables:
        _tables[kinds] = frozenset(
            cast(sa.Table, mapper.local_table).name
            for mapper in Base.registry.mappers
            if issubclass(mapper.class_, kinds)
        )
    return _tables[kinds]


def may_see(row: Any, stands: Scope) -> bool:
    if stands.everywhere or isinstance(row, Posted):
        return True
    seen = {row.space_id}
    if isinstance(row, Handed):
        seen.add(row.authority_id)
    return stands.space_id in seen or (isinstance(row, Held) and row.person_id == stands.person_id)


def check_loaded(row: Any, context: Any) -> None:
    if not may_see(row, scope()):
        raise WallBreach("A row of another space was loaded.")


def check_flush(session: OrmSession, context: Any, instances: Any) -> None:
    stands = scope()
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Walled):
            check_write(row, stands)
        elif isinstance(row, Tenant) and row not in session.new:
            check_tenant(row, stands)


def check_write(row: Any, stands: Scope) -> None:
    if row.space_id is None:
        row.space_id = here()
    whose = {getattr(row, "authority_id", None)}
    if not isinstance(row, Decided):
        whose.add(row.space_id)
    if stands.space_id is None or stands.space_id not in whose:
        raise WallBreach("A row of another space would be written.")
    moved = sa.inspect(row).attrs.space_id.history
    if moved.deleted and moved.added:
        raise WallBreach("A row never moves from one space to another.")


def check_tenant(space: Any, stands: Scope) -> None:
    if stands.space_id not in (None, space.id, space.authority_id):
        raise WallBreach("Another space would be changed.")


def after_begin(session: OrmSession, transaction: Any, connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(*settings_of(scope())))


# The walls stand from the moment this is imported, once: a second application in the same process adds no second guard.
event.listen(Session, "do_orm_execute", guard, propagate=True)
event.listen(Session, "before_flush", check_flush, propagate=True)
event.listen(Session, "after_begin", after_begin, propagate=True)
event.listen(Walled, "load", check_loaded, propagate=True)
