"""The last lock, on PostgreSQL: the walls of `tenancy.py` again, as row-level security policies."""

from collections.abc import Iterator
from typing import cast

import sqlalchemy as sa

from consult.database import Base
from consult.tenancy import Decided, Handed, Held, Posted, Walled


def row_security(metadata: sa.MetaData = Base.metadata) -> Iterator[str]:
    """Idempotent statements that put the walls into PostgreSQL. `NULLIF`: an ended setting is '', not NULL."""
    for mapper in sorted(Base.registry.mappers, key=lambda m: str(m.class_.__name__)):
        if issubclass(mapper.class_, Walled):
            yield from policies(mapper.class_, cast(sa.Table, mapper.local_table).name)


def policies(cls: type, name: str) -> Iterator[str]:
    table = f'"{name}"'
    space = "NULLIF(current_setting('consult.space', true), '')::uuid"
    person = "NULLIF(current_setting('consult.person', true), '')::uuid"
    mine = f"space_id = {space}"
    if issubclass(cls, Handed | Posted):
        mine += f" OR authority_id = {space}"
    read = mine + (f" OR person_id = {person}" if issubclass(cls, Held) else "")
    if issubclass(cls, Decided):
        mine = f"authority_id = {space}"
    read = (
        "true" if issubclass(cls, Posted) else f"{read} OR current_setting('consult.everywhere', true) = 'on'"
    )
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    for act, what in (
        ("see", f"FOR SELECT USING ({read})"),
        ("add", f"FOR INSERT WITH CHECK ({mine})"),
        ("change", f"FOR UPDATE USING ({mine}) WITH CHECK ({mine})"),
        ("remove", f"FOR DELETE USING ({mine})"),
    ):
        yield f"DROP POLICY IF EXISTS {act} ON {table}"
        yield f"CREATE POLICY {act} ON {table} {what}"
