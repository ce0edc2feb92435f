"""A space exported whole: every row that is its own, every file, an index that people can read, and checksums.

It is made by a job, since it may take minutes, and lies under DATA_DIR for a week. An erasure in the space takes every
export with it: the words would stay in there.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from consult import audit, clock, jobs
from consult.clearing.erasing import erasing
from consult.clearing.models import Erasure
from consult.consultations.models import Consultation
from consult.database import Base, alone, db, take_turn
from consult.jobs import Job
from consult.operating import rows
from consult.operating.backing_up import one_moment
from consult.spaces.models import Space, standing
from consult.tenancy import Walled, here

KIND = "export a space"
KEPT_FOR = timedelta(days=7)
SECRETS = ("token_hash",)  # what opens a door is nobody's record
# The key of a form leads to its receipt, and so to a withdrawal in its sender's name; what was typed and not sent
# belongs to the secret in its address alone, and what was sent is in the response.
OF_WHO_WRITES = {
    "response": ("key",),
    "draft": ("key", "fields"),
    "held_file": ("key", "name", "sha256", "content"),
}
README = "README.txt"
ABOUT = """{name}: everything of its space in Consult, as of {at} (UTC).

tables/    one file a table. The first line names the columns, and each line after it is one row, as JSON. Ids are in
           hexadecimal, moments in UTC. Where a row holds a file, the name of that file stands in its place.
files/     those files, by table
MANIFEST.sha256   checksums of all of them

What somebody has begun to write and not sent is not in it, nor is what opens a door: those cells are empty.

It holds personal data: keep it as carefully as the service does, and no longer than your privacy notice says.

"""


def folder() -> Path:
    return Path(current_app.config["SETTINGS"].data_dir) / "exports"


def ask(by: Any) -> Job:
    """Has the space that we stand in exported; the job's result names the file."""
    audit.record("space.export_asked", standing().name, by=by)
    return jobs.post(KIND, {})


def latest() -> Job | None:
    asked = sa.select(Job).where(Job.kind == KIND, Job.space_id == here()).order_by(Job.posted.desc())
    return db.session.scalar(asked.limit(1))


def file_of(job: Job | None) -> Path | None:
    """What the job made, while it is kept."""
    if job is None or job.space_id != here() or not job.result:
        return None
    path = folder() / f"{here().hex}-{job.id.hex}.zip"
    return path if path.is_file() else None


@jobs.handler(KIND)
def export(job: Job) -> dict[str, Any]:
    """Written under another name, and kept under its own only if nothing was erased meanwhile: it would still hold
    that. The job is then tried again."""
    space, before = standing(), erasures()
    folder().mkdir(mode=0o700, exist_ok=True)
    path = folder() / f"{space.id.hex}-{job.id.hex}.zip"
    handle, name = tempfile.mkstemp(dir=folder(), prefix=".export-")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            counts = Export(archive, space.id, job.progress).fill(space.name)
        alone(f"exports of {here()}")  # an erasure waits here, and then finds the file
        if erasures() != before:
            raise RuntimeError("words were erased while the space was exported")
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
    number = sum(counts.values())
    audit.record("space.exported", standing().name, rows=number)
    return {"rows": number, "bytes": path.stat().st_size}


def erasures() -> int:
    return db.session.scalar(sa.select(sa.func.count(Erasure.id))) or 0


class Export:
    """One that is being written; `told` is called with each step, and keeps the job’s lease."""

    def __init__(self, archive: zipfile.ZipFile, space_id: UUID, told: Callable[[str], None]) -> None:
        self.archive, self.space_id, self.told, self.sums = archive, space_id, told, dict[str, str]()

    def fill(self, name: str) -> dict[str, int]:
        counts = {}
        with one_moment() as connection:
            for table, _ in own_tables():
                counts[table.name] = self.add_table(table, connection, self.only("space_id", connection))
                self.told(f"{table.name.replace('_', ' ')} written")
            counts["space"] = self.add_table(
                cast(sa.Table, Space.__table__), connection, self.only("id", connection)
            )
        told = {**dict(own_tables_in_words()), "space": "The space itself."}
        index = "".join(
            f"{number:>9,}  {table}: {told[table]}\n" for table, number in counts.items() if number
        )
        at = f"{clock.now():%d/%m/%Y %H:%M}"
        self.add(README, (ABOUT.format(name=name, at=at) + index).encode())
        sums = "".join(f"{digest}  {file}\n" for file, digest in sorted(self.sums.items()))
        self.archive.writestr("MANIFEST.sha256", sums)
        return counts

    def only(self, column: str, connection: sa.Connection) -> str:
        whose = str(self.space_id) if connection.dialect.name == "postgresql" else self.space_id.hex
        return f"WHERE {column} = '{whose}'"

    def add_table(self, table: sa.Table, connection: sa.Connection, only: str) -> int:
        """Line by line: a large space is not held in memory. Its files follow, one at a time."""
        file, digest, number = f"tables/{table.name}.jsonl", hashlib.sha256(), -1
        names = [column.name for column in table.columns]
        with tempfile.TemporaryFile() as held:
            for line in rows.said(table, connection, only):
                number += 1
                said = (
                    line if number == 0 else rows.line(list(self.cells(table.name, names, rows.read(line))))
                )
                held.write(said)
                digest.update(said)
            held.seek(0)
            with self.archive.open(file, "w", force_zip64=True) as out:
                while piece := held.read(1_000_000):
                    out.write(piece)
        self.sums[file] = digest.hexdigest()
        return number

    def cells(self, table: str, names: list[str], row: list[Any]) -> Iterator[Any]:
        key = row[names.index("id")]
        for name, value in zip(names, row, strict=True):
            if name in SECRETS or name in OF_WHO_WRITES.get(table, ()):
                yield ""
            elif isinstance(value, bytes):
                yield self.add(f"files/{table}/{key}-{name}", value)
            else:
                yield value

    def add(self, name: str, content: bytes) -> str:
        self.archive.writestr(name, content)
        self.sums[name] = hashlib.sha256(content).hexdigest()
        return name


def own_tables() -> list[tuple[sa.Table, type[Any]]]:
    """All that has the space in its key, whatever wall it stands behind."""
    walled = {cast(sa.Table, m.local_table).name: m.class_ for m in Base.registry.mappers}
    return [(table, walled[table.name]) for table in rows.tables() if issubclass(walled[table.name], Walled)]


def own_tables_in_words() -> Iterator[tuple[str, str]]:
    for table, kind in own_tables():
        yield table.name, " ".join((kind.__doc__ or "").split("\n\n")[0].split())


@erasing
def forget_exports(consultation: Consultation, by: Any) -> None:
    db.session.flush()
    take_turn(f"exports of {here()}")
    for path in folder().glob(f"{here().hex}-*.zip"):
        path.unlink(missing_ok=True)


@jobs.every_round
def forget_old() -> None:
    """An export that nobody fetched is not to lie about."""
    before = (clock.now() - KEPT_FOR).timestamp()
    for path in folder().glob("*.zip"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
