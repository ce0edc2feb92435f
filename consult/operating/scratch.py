"""A database beside ours, in which a backup is put together and looked at before anything of ours is touched.

It is SQLite whatever the service stands on: it needs nothing but room, and every version of the tables can be made in
it, so that an older backup is brought up to date here.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, current_app
from flask_migrate import Migrate, upgrade

from consult import audit, clock, database, tenancy
from consult.accounts import sessions
from consult.areas import index, register
from consult.clearing.erasing import erase_one, remove_above
from consult.database import db, unit_of_work
from consult.operating import archive, deletions, emptying, ledger, rows
from consult.responses.models import Response
from consult.settings import ROOT
from consult.spaces.models import Space
from consult.web.errors import Refused
from geodata.register import audit as audit_of

DELETED_BEFORE = "It had been deleted before; the backup was older, so it was deleted again."
AGAIN = "It had been erased before; the backup was older, so it was erased again."


@dataclass(frozen=True)
class Put:
    rows: int
    erased_again: int
    faults: list[str]


@contextmanager
def beside() -> Iterator[tuple[Path, Flask]]:
    """A folder, and an application with nothing but a database in it; both go when it is left."""
    settings = current_app.config["SETTINGS"]
    folder = Path(tempfile.mkdtemp(dir=settings.data_dir, prefix="restoring-"))  # readable by its owner alone
    url = f"sqlite:///{folder / 'consult.db'}"
    app = Flask("consult", root_path=str(ROOT))
    app.config.from_mapping(
        SETTINGS=replace(settings, data_dir=folder, database_url=url), SQLALCHEMY_DATABASE_URI=url
    )
    try:
        database.init_app(app)
        Migrate(app, db, directory=str(ROOT / "migrations"))
        yield folder, app
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_together(backup: archive.Archive, known: set[ledger.Entry]) -> Put:
    """All that can go wrong happens here. To be called where the application beside ours is the current one."""
    try:
        number = fill(backup)
        bring_mail(backup)
        again = erase_again(known)
        sign_everyone_out()
        found = faults()
        with unit_of_work():
            made = str(backup.about.get("made", ""))[:40]
            audit.record_operator("backup.restored", made=made, rows=number, erased_again=again)
        return Put(number, again, found)
    finally:
        path = str(db.engine.url.database)
        db.session.remove()
        db.engine.dispose()
        tidy(path)


def tidy(path: str) -> None:
    """What was erased again is not to stay in pages that are free."""
    with closing(sqlite3.connect(path)) as built:
        built.execute("VACUUM")
        built.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def fill(backup: archive.Archive) -> int:
    """Puts the backup in, in the version that it was made in, and brings that up to date; how many rows. Raises Refused
    for a backup of another schema."""
    to_version(backup, backup.about["revision"])
    with db.engine.connect() as connection:
        connection.rollback()
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("PRAGMA query_only=OFF")
        driver.execute("BEGIN IMMEDIATE")
        names = driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            driver.execute(f'DROP TRIGGER "{name}"')  # they come back with the last version
        known = tables_there(driver)
        if known != set(backup.tables()):
            raise of_another_schema(backup)
        number = sum(put_in(backup, table, driver) for table in sorted(known))
        driver.execute("COMMIT")
        connection.invalidate()  # the next one keeps its links again
    to_version(backup, "head")
    whole(backup)
    index_register()
    return number


def to_version(backup: archive.Archive, revision: str) -> None:
    try:
        upgrade(revision=revision)
    except SystemExit as problem:  # what Flask-Migrate makes of every failure
        raise of_another_schema(backup) from problem


def of_another_schema(backup: archive.Archive) -> Refused:
    return archive.wrong(backup.path, "its tables are not those of the version that it names")


def tables_there(driver: Any) -> set[str]:
    ours = {table.name for table in rows.tables()}
    named = driver.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    kept_by_itself = ("sqlite_", "register_index", "response_search", "alembic_version")
    return {name for name, _ in named if name in ours or not name.startswith(kept_by_itself)}


def put_in(backup: archive.Archive, table: str, driver: Any) -> int:
    number = 0
    lines = backup.lines(f"tables/{table}.jsonl")
    try:
        columns = rows.read(next(lines, b""))
        there = [row[1] for row in driver.execute(f'PRAGMA table_info("{table}")')]
        if sorted(map(str, columns)) != sorted(there):
            raise of_another_schema(backup)
        named, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
        statement = f'INSERT INTO "{table}" ({named}) VALUES ({marks})'  # noqa: S608 (names of the schema)
        while piece := [rows.read(each) for each in islice(lines, rows.PIECE)]:
            driver.executemany(statement, piece)
            number += len(piece)
    except (ValueError, KeyError, RecursionError, sqlite3.Error) as problem:
        raise archive.wrong(backup.path, f"the rows of “{table}” do not fit it") from problem
    return number


def whole(backup: archive.Archive) -> None:
    """Every link leads somewhere, and the file is sound."""
    with db.engine.connect() as connection:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        named = ", ".join(sorted({f"{table} to {parent}" for table, _, parent, _ in broken}))
        raise archive.wrong(backup.path, f"links in it lead nowhere ({named})")


def index_register() -> None:
    """The register's spatial index keeps no rows of its own worth a backup."""
    with unit_of_work():
        for entry in register.entries():
            index.add(entry.number, entry.geometry)


def bring_mail(backup: archive.Archive) -> None:
    folder = Path(current_app.config["SETTINGS"].data_dir) / "mail"
    folder.mkdir(mode=0o700, exist_ok=True)
    for name in backup.parts:
        if name.startswith("mail/"):
            file = folder / Path(name).name
            file.touch(mode=0o600)
            with file.open("wb") as out:
                out.writelines(backup.lines(name))


def erase_again(known: set[ledger.Entry]) -> int:
    """Erases here what was erased since the backup; how many responses."""
    with db.engine.connect() as connection:
        still_there = known - ledger.in_database(connection)
    for space_id in sorted({entry.space_id for entry in still_there}):
        if ledger.Entry.of_space(space_id) in still_there:
            delete_again(space_id)
            continue
        with unit_of_work(), tenancy.inside(space_id):
            erase_in_space(sorted(entry for entry in still_there if entry.space_id == space_id))
            db.session.flush()
    return len({entry.response_id for entry in still_there} - {ledger.NO_RESPONSE})


def delete_again(space_id: UUID) -> None:
    with unit_of_work():
        space = db.session.get(Space, space_id)
        if space is None:
            return  # it was founded after the backup
        deletion = deletions.deletion_of(space)
        if deletion is None:
            words = {"asked_by": deletions.OPERATOR, "why": DELETED_BEFORE, "on": clock.today()}
            deletion = deletions.Deletion(space_id=space_id, **words)
            db.session.add(deletion)
            db.session.flush()
        emptying.empty(deletion)


def erase_in_space(entries: list[ledger.Entry]) -> None:
    of = {}
    for entry in entries:
        response = db.session.get(Response, (entry.space_id, entry.response_id))
        if response is not None:  # it may have come after the backup
            erase_one(response, entry.extent, AGAIN, None)
            of[response.consultation_id] = response.consultation
    for consultation in of.values():
        remove_above(consultation, None)


def sign_everyone_out() -> None:
    """A session that has ended since the backup would begin again, and a token that was revoked would work."""
    with unit_of_work():
        sessions.end_all()


def faults() -> list[str]:
    """What is wrong with the records of what was done, a sentence each. Raises Refused where areas on the register
    overlap: nothing ever writes that."""
    found = []
    for space_id, slug in db.session.execute(sa.select(Space.id, Space.slug).order_by(Space.slug)).all():
        with tenancy.inside(space_id):
            found += [f"{slug}: {fault}" for fault in audit.verify()]
    areas = audit_of([entry.geometry for entry in register.entries()])
    if areas.overlaps:
        raise Refused(
            "Areas on the register of this backup overlap, which no register may. Nothing was changed."
        )
    return found
