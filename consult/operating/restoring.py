"""`flask restore`: a backup put in place of what the database holds, whole or not at all.

All that can be wrong with a backup is found in a database beside ours (`scratch.py`); then ours takes it over in one
transaction, while nobody writes: SQLite by its online backup, PostgreSQL emptied and filled. What was erased since the
backup was made is erased again, and everybody signs in anew.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app
from flask_migrate import upgrade

from consult import catalogue
from consult.database import Moment, alone, db, file_lock, on_postgresql, unit_of_work
from consult.operating import archive, backing_up, ledger, rows, scratch
from consult.web.errors import Refused

KEPT_BY_ITSELF = ("register_index", "response_search")  # PostgreSQL's tables that are made from others


@dataclass(frozen=True)
class Restored:
    made: str  # when the backup was
    rows: int
    erased_again: int  # responses
    faults: list[str]  # of the audit log, a sentence each


def restore(path: Path, replacing: bool) -> Restored:
    """Puts the backup at `path` in place. Raises Refused, with nothing changed, for a database that holds something,
    unless `replacing`; for a file that is no whole backup; for one of a newer version than the code."""
    with archive.reading(path) as backup:
        refuse_newer(backup)
        refuse_where_something_is(replacing)
        backup.check()
        ready_for_it()
        known = known_erasures(backup)
        data_dir = Path(current_app.config["SETTINGS"].data_dir)
        with scratch.beside() as (folder, app):
            with app.app_context():
                put = scratch.put_together(backup, known)
            (into_postgresql if on_postgresql() else into_sqlite)(folder / "consult.db", replacing)
            bring_mail(folder / "mail", data_dir / "mail")
            ledger.add(known - ledger.kept())
        return Restored(str(backup.about.get("made", "")), put.rows, put.erased_again, put.faults)


def refuse_newer(backup: archive.Archive) -> None:
    known = {revision.revision for revision in backing_up.script().walk_revisions()}
    if backup.about["revision"] not in known:
        raise Refused(
            f"“{backup.path}” is of version {backup.about['revision'][:40]} of the database, which this Consult does "
            "not know: restore it with the Consult that made it, or a newer one. Nothing was changed."
        )


def refuse_where_something_is(replacing: bool) -> None:
    if not replacing and (full := first_with_rows()):
        raise Refused(
            f"The database is not empty (there are rows in “{full}”). To put the backup in place of all that it holds, "
            "add --replace. Nothing was changed."
        )


def first_with_rows() -> str:
    with db.engine.connect() as connection:
        there = set(sa.inspect(connection).get_table_names())
        for table in rows.tables():
            if table.name in there and connection.scalar(
                sa.select(sa.literal(1)).select_from(table).limit(1)
            ):
                return table.name
    return ""


def ready_for_it() -> None:
    """PostgreSQL is filled and not replaced, so its tables have to be those of the code."""
    if not on_postgresql():
        return
    with db.engine.connect() as connection:
        revision = backing_up.revision_of(connection)
    if not revision:
        upgrade()
    elif revision != backing_up.script().get_current_head():
        raise Refused("The database is not up to date: run “flask db upgrade” first. Nothing was changed.")


def known_erasures(backup: archive.Archive) -> set[ledger.Entry]:
    known = ledger.kept()
    with db.engine.connect() as connection:
        known |= ledger.in_database(connection)
    if ledger.NAME in backup.parts:
        known |= ledger.of_lines(line.decode("ascii", "replace") for line in backup.lines(ledger.NAME))
    return known


def into_sqlite(built: Path, replacing: bool) -> None:
    """One transaction: whoever reads meanwhile reads what was there before, and whoever would write waits in turn."""
    target = str(db.engine.url.database)
    turn = file_lock(Path(f"{target}.lock"))
    try:
        refuse_where_something_is(replacing)
        db.session.remove()
        db.engine.dispose()
        with closing(sqlite3.connect(built)) as new, closing(sqlite3.connect(target, timeout=30)) as ours:
            ours.execute("PRAGMA journal_mode=WAL")
            ours.execute("PRAGMA synchronous=FULL")
            new.backup(ours)
            ours.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        os.close(turn)


def into_postgresql(built: Path, replacing: bool) -> None:
    with unit_of_work():
        alone("register")  # as every writer of the register must
        refuse_where_something_is(replacing)
        with closing(sqlite3.connect(built)) as new, db.engine.begin() as connection:
            names = [f'"{table.name}"' for table in rows.tables()]
            connection.exec_driver_sql("SET LOCAL lock_timeout = '20s'")
            connection.exec_driver_sql(f"TRUNCATE {', '.join([*names, *KEPT_BY_ITSELF])}")
            for table in rows.tables():
                connection.exec_driver_sql(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
                copy(table, new, connection)
                connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')
                go_on_counting(table, connection)
            boxes(new, connection)
            catalogue.apply(connection)


def copy(table: sa.Table, new: sqlite3.Connection, connection: sa.Connection) -> None:
    named = ", ".join(f'"{column.name}"' for column in table.columns)
    moments = [isinstance(column.type, Moment) for column in table.columns]
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({named}) FROM STDIN') as out:
        for row in new.execute(f'SELECT {named} FROM "{table.name}"'):  # noqa: S608 (names of ours)
            out.write_row([f"{v}+00" if moment and v else v for v, moment in zip(row, moments, strict=True)])


def go_on_counting(table: sa.Table, connection: sa.Connection) -> None:
    column = table.autoincrement_column
    if column is not None and isinstance(column.type, sa.Integer):
        last = f'SELECT setval(pg_get_serial_sequence(%s, %s), max("{column.name}")) FROM "{table.name}"'  # noqa: S608
        connection.exec_driver_sql(last, (table.name, column.name))


def boxes(new: sqlite3.Connection, connection: sa.Connection) -> None:
    add = "INSERT INTO register_index (number, extent) VALUES (%s, box(point(%s, %s), point(%s, %s)))"
    for box in new.execute("SELECT number, west, south, east, north FROM register_index"):
        connection.exec_driver_sql(add, tuple(box))


def bring_mail(built: Path, ours: Path) -> None:
    """Mail that waits as files stands beside what is there: each has a name of its own."""
    ours.mkdir(mode=0o700, exist_ok=True)
    for file in built.glob("*.eml"):
        shutil.copyfile(file, ours / file.name)
        (ours / file.name).chmod(0o600)
