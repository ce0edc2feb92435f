"""A table of responses received elsewhere, its columns matched to the consultation's questions."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consult.consultations.models import Consultation
from consult.responses.form.fields import change_name, reason_name, stance_name
from consult.responses.tables import workbook
from consult.responses.tables.decoding import SAVE_AGAIN, Decoded, Undecodable, decoded
from consult.responses.tables.written_places import place_columns
from consult.web.forms import one_line, tidy
from geodata import longcells

LINES = (  # each a line of text
    "external_id",
    "received",
    "channel",
    "kind",
    "name",
    "organisation",
    "email",
    "postcode",
    "connection",
)
ABOUT = (
    *LINES,
    "people",
    "lon",
    "lat",
    "place_words",
)
MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 100_000


class Unreadable(ValueError):
    """The file as a whole cannot be taken; `str()` is one plain sentence."""


@dataclass(frozen=True)
class Row:
    """One line of the table; `number` is the one a spreadsheet shows."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def rows(content: bytes, consultation: Consultation) -> Iterator[Row]:
    """The rows that are not empty, of a CSV table or of the first sheet of an Excel workbook. Raises Unreadable."""
    lines = lines_of(content)
    heading = [one_line(name) for name in next(lines, (1, []))[1]]
    check_heading(heading, consultation)
    for count, (number, line) in enumerate(lines):
        if count == MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows: split it, and import each part.")
        cells = [tidy(cell) for cell in line]
        if any(cells):
            yield whole(number, heading, cells)


def lines_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each line with its number. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("The file is larger than 50 MB: split it, and import each part.")
    if not content.startswith(workbook.START):
        yield from lines_of_text(text_of(content).text)
        return
    try:
        yield from workbook.rows(content)
    except workbook.NotAWorkbook as problem:
        raise Unreadable(str(problem)) from None


def lines_of_text(text: str) -> Iterator[tuple[int, list[str]]]:
    """Commas stand between the cells, or tabs, as Excel saves “Unicode Text”."""
    first = text.partition("\n")[0]
    between = "\t" if "\t" in first and "," not in first else ","
    lines = longcells.reader(io.StringIO(text, newline=""), strict=True, delimiter=between)
    try:
        yield from enumerate(lines, 1)
    except csv.Error as problem:
        raise Unreadable(f"Line {lines.line_num} of the file is not readable as CSV: {problem}.") from None


def whole(number: int, heading: list[str], cells: list[str]) -> Row:
    if len(cells) > len(heading) and any(cells[len(heading) :]):
        return Row(number, {"": f"it has {len(cells)} cells, and there are {len(heading)} columns"})
    named = zip(heading, cells, strict=False)
    return Row(number, {name: one_line(cell) if name in LINES else cell for name, cell in named if name})


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"The file {path} cannot be read: {problem.strerror or problem}.") from None


def text_of(content: bytes) -> Decoded:
    try:
        found = decoded(content)
    except Undecodable as problem:
        raise Unreadable(str(problem)) from None
    if not found.text.strip():
        raise Unreadable("The file is empty.")
    if "\x00" in found.text:
        raise Unreadable(f"The file is not a CSV table: {SAVE_AGAIN}")
    return found


def told_of(content: bytes) -> str:
    """What was taken for granted when it was read; often nothing."""
    return "" if content.startswith(workbook.START) else text_of(content).told


def check_heading(heading: list[str], consultation: Consultation) -> None:
    known = set(ABOUT) | set(columns_of(consultation))
    strange = [name for name in heading if name and name not in known]
    if len(heading) == 1 and ";" in heading[0]:
        raise Unreadable(f"The columns are not separated by commas: {SAVE_AGAIN}")
    if "external_id" not in heading:
        raise Unreadable("The first line must name the columns, and one of them must be external_id.")
    if strange:
        asked = ", ".join(question.reference for question in consultation.questions) or "none"
        raise Unreadable(
            f"“{strange[0][:60]}” is no column of ours and no question here (the questions: {asked})."
        )
    twice = next((name for name in heading if name and heading.count(name) > 1), None)
    if twice:
        raise Unreadable(f"The column {twice} is there twice.")


def columns_of(consultation: Consultation) -> Iterator[str]:
    """Every column that a question may have: itself; for a place, each way to give it; for a stance, each policy with
    its reason and change."""
    for question in consultation.questions:
        yield question.reference
        if question.kind == "place":
            yield from place_columns(question)
        for policy in consultation.policies if question.kind == "stance" else ():
            for name_of in (stance_name, reason_name, change_name):
                yield name_of(question.reference, policy.reference)
