"""Many rows that wait to be stored: on disk, since a file may hold more of them than a process should."""

import pickle
import tempfile
import weakref
from collections.abc import Iterator
from typing import Any


class Pile:
    """What was put on it, the first first, a portion at a time; the file goes with the pile."""

    def __init__(self) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115
        weakref.finalize(self, self.file.close)
        self.rows = 0

    def __len__(self) -> int:
        return self.rows

    def add(self, rows: list[Any]) -> None:
        self.rows += len(rows)
        pickle.dump(rows, self.file)

    def portions(self) -> Iterator[list[Any]]:
        self.file.seek(0)
        left = self.rows
        while left:
            portion = pickle.load(self.file)  # noqa: S301  # what was written above
            left -= len(portion)
            if portion:
                yield portion

    def __iter__(self) -> Iterator[Any]:
        return (row for portion in self.portions() for row in portion)
