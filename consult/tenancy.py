"""Whose rows these are. No scope, no query.

Four kinds of wall, each a mixin; a table that has none of them belongs to everybody (people, jobs), and the spaces
themselves are `Tenant`s:

- `Owned`: one space's own rows;
- `Handed`: made in one space and handed to its authority, which may read and answer them (`Decided`: the other
  way, the authority's word on a body);
- `Held`: one space's, and readable by the person whom they concern, wherever that person stands;
- `Posted`: handed to everyone; written only from the space or its authority.

A scope is entered once per request, from the URL. Inside, every ORM statement carries the criterion; outside, a
statement on a walled table raises (`guard.py`). Foreign keys between walled rows carry the space (`link_to`), and
on PostgreSQL row-level security says the same again (`row_security.py`).
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
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm import Session as OrmSession

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


NOWHERE = Scope()
_scope: ContextVar[Scope] = ContextVar("scope", default=NOWHERE)


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

    space_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("space.id"), primary_key=True, default=here, sort_order=-2
    )
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


class Tenant:
    """A space itself: read by everyone, and changed where it stands or where its authority does; where nobody stands,
    by whoever founds one, and by the operator."""


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
    if _scope.get() not in (NOWHERE, scope, Scope(person_id=scope.person_id)):
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
def everywhere(why: str, person_id: UUID | None = None) -> Iterator[None]:
    """The operator's commands, and the operator's pages for counts alone: reads every space. A test lists the
    callers."""
    logger.info("everywhere: %s", why)
    with entered(Scope(person_id=person_id, everywhere=why)):
        yield


def leave(session: OrmSession) -> None:
    unsaved = [row for row in (*session.new, *session.dirty, *session.deleted) if isinstance(row, Walled)]
    if unsaved:
        raise WallBreach(f"Leaving a space with unsaved work: {unsaved[0]!r}")
    forget(session)


def forget(session: OrmSession) -> None:
    for row in list(session.identity_map.values()) + list(session.new):
        if isinstance(row, Walled) and row in session:  # one that hangs on another may have gone with it
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
