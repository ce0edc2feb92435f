"""CSV that no spreadsheet can run. Every text cell is quoted; one that would be read as a formula gets a ' before it,
and `plain` takes exactly that away again."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from geodata import longcells
from geodata.writing import FORMULA


def safe(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def plain(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, which Excel asks for; numbers stay numbers."""
    return b"".join(lines(columns, rows))


def lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same table, a line at a time."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([safe(column) for column in columns])
    yield text.getvalue().encode("utf-8-sig", "replace")
    for row in rows:
        text.seek(0)
        text.truncate()
        writer.writerow([cell if isinstance(cell, int) else safe(cell) for cell in row])
        yield text.getvalue().encode("utf-8", "replace")


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of such a table, by column; empty where it is not one."""
    read = longcells.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    columns = [plain(name) for name in next(read, [])]
    return [dict(zip(columns, map(plain, row), strict=True)) for row in read]
