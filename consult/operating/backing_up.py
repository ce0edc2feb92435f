"""`flask backup`: one moment of the whole service in a file, while everybody goes on working.

All tables are read in one transaction, whose view no writer changes (SQLite's write-ahead log, PostgreSQL's REPEATABLE
READ), and nobody waits for it. Mail that no server takes is a file, and goes with them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from consult import audit, clock, mail
from consult.database import db, unit_of_work
from consult.operating import archive, ledger, rows
from consult.settings import ROOT
from consult.web.errors import Refused

MADE = "backup.made"


@dataclass(frozen=True)
class Made:
    tables: int
    rows: int
    bytes: int
    mails: int


def script() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))


def revision_of(connection: sa.Connection) -> str:
    """The version that the database was brought up to; empty before any."""
    return MigrationContext.configure(connection).get_current_revision() or ""


@contextmanager
def one_moment() -> Iterator[sa.Connection]:
    """Reads with one view of everything, as the owner: row security would hide every space."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def back_up(path: Path) -> Made:
    """Writes the backup to `path` in place of what may stand there. Raises Refused for a database that is not up to
    date, and where no file can be written."""
    with one_moment() as connection, archive.writing(path) as file:
        revision, head = revision_of(connection), script().get_current_head()
        if revision != head:
            raise Refused(
                "The database is not up to date: run “flask db upgrade” first, then make the backup."
            )
        parts = [
            file.add(f"tables/{table.name}.jsonl", rows.said(table, connection)) for table in rows.tables()
        ]
        erased = sorted(ledger.kept() | ledger.in_database(connection))
        file.add(ledger.NAME, (f"{entry}\n".encode() for entry in erased))
        mails = sum(add_mail(file, each) for each in sorted(mail.folder().glob("*.eml")))
        file.close({"made": clock.now().isoformat(), "from": connection.dialect.name, "revision": revision})
    made = Made(len(parts), sum(part.lines - 1 for part in parts), path.stat().st_size, mails)
    with unit_of_work():
        audit.record_operator(MADE, rows=made.rows, bytes=made.bytes)
    return made


def add_mail(file: archive.Writing, path: Path) -> bool:
    """False where it has gone in the meantime: an erasure takes what it told."""
    if not archive.PARTS.fullmatch(f"mail/{path.name}"):
        return False
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return False
    file.add(f"mail/{path.name}", content.splitlines(keepends=True))
    return True
