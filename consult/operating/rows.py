"""Every row of every table, in one form whichever database holds it: the same content makes the same bytes, so the
checksum of a table is its digest on SQLite and on PostgreSQL alike.

A table is a line that names its columns, then one line a row, in the order of its key. Cells are as SQLite keeps them:
ids as hexadecimal, moments in UTC, JSON as the text that was stored, bytes in base 64.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import sqlalchemy as sa

from consult.database import Base, Moment

PIECE = 500  # rows held at a time

AS_SQLITE_KEEPS_THEM: tuple[tuple[type[Any], str], ...] = (
    (Moment, "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"),
    (sa.Uuid, "replace({}::text, '-', '')"),
    (sa.Date, "to_char({}, 'YYYY-MM-DD')"),
    (sa.Boolean, "{}::int"),
    (sa.JSON, "{}::text"),
)


def tables() -> list[sa.Table]:
    """Each after those that it links to. Indexes that the database keeps by itself are not among them."""
    return list(Base.metadata.sorted_tables)


def said(table: sa.Table, connection: sa.Connection, only: str = "") -> Iterator[bytes]:
    """The table, line by line; `only` is a condition of ours on its rows."""
    yield line([column.name for column in table.columns])
    options = {"stream_results": True, "max_row_buffer": PIECE}
    statement = asked(table, connection.dialect.name, only)
    with closing(connection.exec_driver_sql(statement, execution_options=options)) as result:
        for piece in result.partitions(PIECE):
            for row in piece:
                yield line([cell(value) for value in row])


def asked(table: sa.Table, dialect: str, only: str) -> str:
    postgresql = dialect == "postgresql"
    columns = ", ".join(form(column) if postgresql else f'"{column.name}"' for column in table.columns)
    order = ", ".join(
        f'"{key.name}"' + (' COLLATE "C"' if postgresql and isinstance(key.type, sa.Text) else "")
        for key in table.primary_key.columns
    )
    return f'SELECT {columns} FROM "{table.name}" {only} ORDER BY {order}'  # noqa: S608 (names of ours)


def form(column: sa.Column[Any]) -> str:
    wanted = next((words for kind, words in AS_SQLITE_KEEPS_THEM if isinstance(column.type, kind)), "{}")
    return wanted.format(f'"{column.name}"')


def line(cells: list[Any]) -> bytes:
    return (
        json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
    )


def cell(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def read(content: bytes) -> list[Any]:
    """One line again. Raises ValueError for anything else."""
    row = json.loads(content.decode("utf-8", "surrogatepass"))
    return [value_of(each) for each in row] if isinstance(row, list) else refuse()


def value_of(said: Any) -> Any:
    if isinstance(said, dict):
        return base64.b64decode(said["base64"], validate=True) if set(said) == {"base64"} else refuse()
    return refuse() if isinstance(said, list) else said


def refuse() -> Any:
    raise ValueError("a row is a list of words, numbers and bytes")


def digests(connection: sa.Connection) -> dict[str, str]:
    """The digest of each table: equal where two databases hold the same, whatever they are."""
    found = {}
    for table in tables():
        digest = hashlib.sha256()
        for each in said(table, connection):
            digest.update(each)
        found[table.name] = digest.hexdigest()
    return found
