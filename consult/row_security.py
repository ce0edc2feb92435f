"""The last lock, on PostgreSQL: the walls of `tenancy.py` again, as row-level security policies."""

from collections.abc import Iterator
from typing import cast

import sqlalchemy as sa

from consult.database import Base
from consult.tenancy import Decided, Handed, Held, Posted, Tenant, Walled


def row_security(metadata: sa.MetaData = Base.metadata) -> Iterator[str]:
    """Idempotent statements that put the walls into PostgreSQL. `NULLIF`: an ended setting is '', not NULL."""
    for mapper in sorted(Base.registry.mappers, key=lambda m: str(m.class_.__name__)):
        if issubclass(mapper.class_, Walled):
            yield from policies(mapper.class_, cast(sa.Table, mapper.local_table).name)
        elif issubclass(mapper.class_, Tenant):
            yield from of_tenants(cast(sa.Table, mapper.local_table).name)


SPACE = "NULLIF(current_setting('consult.space', true), '')::uuid"


def of_tenants(name: str) -> Iterator[str]:
    """Everyone reads a space; it is changed where it or its authority stands, or where nobody does."""
    own = f"id = {SPACE} OR authority_id = {SPACE} OR {SPACE} IS NULL"
    yield from put_up(
        f'"{name}"',
        see="FOR SELECT USING (true)",
        add="FOR INSERT WITH CHECK (true)",
        change=f"FOR UPDATE USING ({own}) WITH CHECK ({own})",
        remove=f"FOR DELETE USING ({SPACE} IS NULL)",
    )


def put_up(table: str, **acts: str) -> Iterator[str]:
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    for act, what in acts.items():
        yield f"DROP POLICY IF EXISTS {act} ON {table}"
        yield f"CREATE POLICY {act} ON {table} {what}"


def policies(cls: type, name: str) -> Iterator[str]:
    person = "NULLIF(current_setting('consult.person', true), '')::uuid"
    mine = f"space_id = {SPACE}"
    if issubclass(cls, Handed | Posted):
        mine += f" OR authority_id = {SPACE}"
    read = mine + (f" OR person_id = {person}" if issubclass(cls, Held) else "")
    if issubclass(cls, Decided):
        mine = f"authority_id = {SPACE}"
    read = (
        "true" if issubclass(cls, Posted) else f"{read} OR current_setting('consult.everywhere', true) = 'on'"
    )
    yield from put_up(
        f'"{name}"',
        see=f"FOR SELECT USING ({read})",
        add=f"FOR INSERT WITH CHECK ({mine})",
        change=f"FOR UPDATE USING ({mine}) WITH CHECK ({mine})",
        remove=f"FOR DELETE USING ({mine})",
    )
