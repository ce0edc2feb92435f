"""What was erased and which spaces were deleted, remembered outside the database: `DATA_DIR/erasures.log`, with ids
alone and nobody's data.

A backup from before an erasure still holds what was erased. A restore reads this list, and that of the database which
it replaces, and erases again: what somebody had removed does not come back because a disk failed.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from consult import jobs
from consult.clearing.models import EVERYTHING, IDENTITY, Erasure
from consult.database import db
from consult.operating.deletions import Deletion

NAME = "erasures.log"
DELETED = "deleted"  # the extent of an entry that is about a whole space
NO_RESPONSE = UUID(int=0)


@dataclass(frozen=True, order=True)
class Entry:
    """One response of which this much was erased; or a space that was deleted."""

    space_id: UUID
    response_id: UUID
    extent: str

    @classmethod
    def of_space(cls, space_id: UUID) -> "Entry":
        return cls(space_id, NO_RESPONSE, DELETED)

    def __str__(self) -> str:
        if self.extent == DELETED:
            return f"{DELETED} {self.space_id.hex}"
        return f"erased {self.space_id.hex} {self.response_id.hex} {self.extent}"

    @classmethod
    def read(cls, line: str) -> "Entry | None":
        """The entry of a line; none for one that was only half written when a machine stopped."""
        words = line.split()
        if len(words) == 2 and words[0] == DELETED:
            words = ["erased", words[1], NO_RESPONSE.hex, DELETED]
        act, *ids, extent = words if len(words) == 4 else ("", "", "", "")
        try:
            space_id, response_id = (UUID(hex=each) for each in ids)
        except ValueError:
            return None
        known = act == "erased" and extent in (EVERYTHING, IDENTITY, DELETED)
        return cls(space_id, response_id, extent) if known else None


def path() -> Path:
    return Path(current_app.config["SETTINGS"].data_dir) / NAME


def kept() -> set[Entry]:
    """What the file says."""
    if not path().exists():
        return set()
    return of_lines(path().read_text("ascii", "replace").splitlines())


def of_lines(lines: Iterable[str]) -> set[Entry]:
    return {entry for line in lines if (entry := Entry.read(line))}


def in_database(connection: sa.Connection) -> set[Entry]:
    """What the database says, whatever version it is of."""
    found, there = set(), sa.inspect(connection)
    if there.has_table("erasure"):
        asked = sa.select(Erasure.space_id, Erasure.response_id, Erasure.extent)
        found |= {Entry(*row) for row in connection.execute(asked.where(Erasure.done.is_not(None)))}
    if there.has_table("deletion"):
        deleted = connection.execute(sa.select(Deletion.space_id).where(Deletion.done.is_not(None)))
        found |= {Entry.of_space(space_id) for space_id in deleted.scalars()}
    return found


def add(entries: Iterable[Entry]) -> None:
    """Writes them at the end of the file, on the disk before this returns."""
    lines = "".join(f"{entry}\n" for entry in sorted(entries))
    if not lines:
        return
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        os.write(handle, f"\n{lines}".encode())  # a line that was left half written ends here
        os.fsync(handle)
    finally:
        os.close(handle)


@jobs.every_round
def keep_up() -> None:
    """The file knows all that the database knows, about a minute later."""
    with db.engine.connect() as connection:
        add(in_database(connection) - kept())
