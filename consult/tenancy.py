"""Whose rows these are. No scope, no query.

Four kinds of wall, each a mixin; a table that has none of them belongs to everybody (people, spaces, jobs):

- `Owned`: one space's own rows;
- `Handed`: made in one space and handed to its authority, which may read and answer them (`Decided`: the other
  way, the authority's word on a body);
- `Held`: one space's, and readable by the person whom they concern, wherever that person stands;
- `Posted`: handed to everyone; written only from the space or its authority.

A scope is entered once per request, from the URL. Inside, every ORM statement carries the criterion; outside, a
statement on a walled table raises. Foreign keys between walled rows carry the space (`link_to`), and on PostgreSQL
row-level security says the same again (`row_security`).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    mapped_column,
    relationship,
    with_loader_criteria,
)
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.sql import visitors

from consult.database import Base, db, native, new_id, on_postgresql

logger = logging.getLogger("consult")
ROLE = "consult_app"  # the PostgreSQL role of every request: it owns nothing and cannot bypass row security


class NoSpace(RuntimeError):
    """A statement on walled rows outside any space."""


class WallBreach(RuntimeError):
    """Something reached, or tried to write, another space's row."""


@dataclass(frozen=True)
class Scope:
    """Where a request stands: in a space, nowhere but as a person, or (the operator's commands) everywhere."""

    space_id: UUID | None = None
    person_id: UUID | None = None
    everywhere: str = ""


_scope: ContextVar[Scope] = ContextVar("scope", default=Scope())


def scope() -> Scope:
    """Where this request, command or job stands."""
    return _scope.get()


def here() -> UUID:
    """The space this request stands in."""
    space_id = _scope.get().space_id
    if space_id is None:
        raise NoSpace("This belongs to a space, and none has been entered.")
    return space_id


class Walled:
    """What every walled row has: the space in its primary key, so that no key of another space can even be written."""

    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("space.id"), primary_key=True, default=here, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-1)


class Owned(Walled):
    """One space's own."""


class Handed(Walled):
    authority_id: Mapped[UUID] = mapped_column(sa.ForeignKey("space.id"), index=True)


class Decided(Handed):
    """Handed the other way: written by the authority alone, read by the body that it is about."""


class Held(Walled):
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)


class Posted(Walled):
    authority_id: Mapped[UUID] = mapped_column(sa.ForeignKey("space.id"), index=True)


FILTERED = (Owned, Handed, Held)


# Links within a space: the id is what one writes, the space comes with it.


def link_to(table: str, **options: Any) -> Any:
    """A column that links to another row of the same space; the composite foreign key follows from it."""
    return mapped_column(sa.Uuid(), info={"within": table}, index=True, **options)


def linked(key: str, parent: str, **options: Any) -> Any:
    """The row that `Child.key` links to. Only the id is written: sharing `space_id` between two foreign keys would
    have the second link overwrite the first one's space."""
    child = key.partition(".")[0]
    join = f"and_(foreign({key}) == {parent}.id, {child}.space_id == {parent}.space_id)"
    return relationship(parent, primaryjoin=join, **options)


def gathered(parent: str, key: str, **options: Any) -> Any:
    """The rows whose `Child.key` links here; for parents and children of one subject."""
    child = key.partition(".")[0]
    join = f"and_({parent}.id == foreign({key}), {parent}.space_id == {child}.space_id)"
    return relationship(child, primaryjoin=join, **options)


@event.listens_for(sa.Table, "after_parent_attach")
def carry_the_space(table: sa.Table, parent: Any) -> None:
    """Gives each `link_to` column its composite foreign key (only in the models: migrations spell theirs out)."""
    if parent is not Base.metadata:
        return
    for column in list(table.columns):
        target = column.info.get("within")
        if target:
            table.append_constraint(
                sa.ForeignKeyConstraint(["space_id", column.name], [f"{target}.space_id", f"{target}.id"])
            )


# Entering and leaving.


@contextmanager
def entered(scope: Scope) -> Iterator[None]:
    """Stands in a scope. Leaving forgets the walled rows that were read, and refuses to drop unsaved ones."""
    if _scope.get() not in (Scope(), scope, Scope(person_id=scope.person_id)):
        raise WallBreach("One space at a time: leave the first before entering another.")
    token = _scope.set(scope)
    try:
        announce(db.session())
        yield
        leave(db.session())
    except BaseException:
        db.session.rollback()
        forget(db.session())
        raise
    finally:
        _scope.reset(token)
        announce(db.session())


@contextmanager
def inside(space_id: UUID, person_id: UUID | None = None) -> Iterator[None]:
    with entered(Scope(space_id, person_id)):
        yield


@contextmanager
def everywhere(why: str) -> Iterator[None]:
    """The operator's commands only: reads every space. A test lists the callers."""
    logger.info("everywhere: %s", why)
    with entered(Scope(everywhere=why)):
        yield


def leave(session: OrmSession) -> None:
    unsaved = [row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, Walled)]
    if unsaved:
        raise WallBreach(f"Leaving a space with unsaved work: {unsaved[0]!r}")
    forget(session)


def forget(session: OrmSession) -> None:
    for row in list(session.identity_map.values()) + list(session.new):
        if isinstance(row, Walled):
            session.expunge(row)


def announce(session: OrmSession) -> None:
    """Tells PostgreSQL where we stand; the settings end with the transaction, so a pooled connection keeps nothing."""
    if on_postgresql() and session.in_transaction():
        native(sa.select(*settings_of(_scope.get())))


def settings_of(scope: Scope) -> list[Any]:
    values = {
        "role": ROLE,
        "consult.space": str(scope.space_id or ""),
        "consult.person": str(scope.person_id or ""),
        "consult.everywhere": "on" if scope.everywhere else "",
    }
    return [sa.func.set_config(name, value, True) for name, value in values.items()]


# The guard.


def guard(state: ORMExecuteState) -> None:
    if state.execution_options.get("native"):
        return
    if not state.is_orm_statement or state.is_insert or state.is_from_statement:
        raise WallBreach("Only ORM statements pass the walls: no raw SQL, no Core tables, no ORM insert().")
    if isinstance(state.parameters, list):
        raise WallBreach("An update by a list of keys passes no criterion: change the objects.")
    stands = _scope.get()
    if stands.everywhere and state.is_select:
        return
    if not stands.space_id:
        refuse_unscoped(state, stands)
    state.statement = state.statement.options(*criteria(stands))


def criteria(scope: Scope) -> list[Any]:
    space_id, person_id = scope.space_id, scope.person_id
    return [
        with_loader_criteria(Owned, lambda cls: cls.space_id == space_id, include_aliases=True),
        with_loader_criteria(
            Handed, lambda cls: (cls.space_id == space_id) | (cls.authority_id == space_id), include_aliases=True
        ),
        with_loader_criteria(
            Held, lambda cls: (cls.space_id == space_id) | (cls.person_id == person_id), include_aliases=True
        ),
    ]


def refuse_unscoped(state: ORMExecuteState, scope: Scope) -> None:
    allowed = (Held,) if scope.person_id else ()
    walled = walled_tables(tuple(kind for kind in FILTERED if kind not in allowed))
    for part in visitors.iterate(state.statement):
        if getattr(part, "name", None) in walled and isinstance(part, sa.Table):
            raise NoSpace(f"“{part.name}” belongs to spaces, and none has been entered.")
    writes = walled_tables((Posted,))
    if not state.is_select and any(isinstance(p, sa.Table) and p.name in writes for p in visitors.iterate(state.statement)):
        raise NoSpace("Only a space writes what it hands to everyone.")


_tables: dict[tuple[type, ...], frozenset[str]] = {}


def walled_tables(kinds: tuple[type, ...]) -> frozenset[str]:
    if kinds not in _tables:
        _tables[kinds] = frozenset(
            str(mapper.class_.__tablename__) for mapper in Base.registry.mappers if issubclass(mapper.class_, kinds)
        )
    return _tables[kinds]


def may_see(row: Any, scope: Scope) -> bool:
    if scope.everywhere or isinstance(row, Posted):
        return True
    seen = {row.space_id}
    if isinstance(row, Handed):
        seen.add(row.authority_id)
    return scope.space_id in seen or (isinstance(row, Held) and row.person_id == scope.person_id)


def check_loaded(row: Any, context: Any) -> None:
    if not may_see(row, _scope.get()):
        raise WallBreach("A row of another space was loaded.")


def check_flush(session: OrmSession, context: Any, instances: Any) -> None:
    stands = _scope.get()
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Walled):
            check_write(row, stands)


def check_write(row: Any, scope: Scope) -> None:
    if row.space_id is None:
        row.space_id = here()
    whose = {getattr(row, "authority_id", None)}
    if not isinstance(row, Decided):
        whose.add(row.space_id)
    if scope.space_id is None or scope.space_id not in whose:
        raise WallBreach("A row of another space would be written.")
    moved = sa.inspect(row).attrs.space_id.history
    if moved.deleted and moved.added:
        raise WallBreach("A row never moves from one space to another.")


def init_app() -> None:
    session_class = db.session.session_factory.class_
    event.listen(session_class, "do_orm_execute", guard)
    event.listen(session_class, "before_flush", check_flush)
    event.listen(session_class, "after_begin", lambda session, transaction, connection: after_begin(connection))
    event.listen(Walled, "load", check_loaded, propagate=True)


def after_begin(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(*settings_of(_scope.get())))


# The last lock: the same four walls as PostgreSQL policies.


def row_security(metadata: sa.MetaData = Base.metadata) -> Iterator[str]:
    """Idempotent statements that put the walls into PostgreSQL. `NULLIF`: an ended setting is '', not NULL."""
    for mapper in sorted(Base.registry.mappers, key=lambda m: str(m.class_.__name__)):
        if issubclass(mapper.class_, Walled):
            yield from policies(mapper.class_)


def policies(cls: Any) -> Iterator[str]:
    table = f'"{cls.__tablename__}"'
    space = "NULLIF(current_setting('consult.space', true), '')::uuid"
    person = "NULLIF(current_setting('consult.person', true), '')::uuid"
    mine = f"space_id = {space}"
    if issubclass(cls, Handed | Posted):
        mine += f" OR authority_id = {space}"
    read = mine + (f" OR person_id = {person}" if issubclass(cls, Held) else "")
    if issubclass(cls, Decided):
        mine = f"authority_id = {space}"
    read = "true" if issubclass(cls, Posted) else f"{read} OR current_setting('consult.everywhere', true) = 'on'"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    for name, what in (
        ("see", f"FOR SELECT USING ({read})"),
        ("add", f"FOR INSERT WITH CHECK ({mine})"),
        ("change", f"FOR UPDATE USING ({mine}) WITH CHECK ({mine})"),
        ("remove", f"FOR DELETE USING ({mine})"),
    ):
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
        yield f"CREATE POLICY {name} ON {table} {what}"
