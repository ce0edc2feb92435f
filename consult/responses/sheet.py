"""A table of responses received elsewhere: read as UTF-8, its columns matched to the consultation's questions."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consult.consultations.models import Consultation
from consult.responses.fields import change_name, reason_name, stance_name
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
SAVE_AGAIN = (
    "save it again as “CSV UTF-8”: in Excel under Save As, in LibreOffice as Text CSV with the character set "
    "Unicode (UTF-8)."
)


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
    """The rows that are not empty. Raises Unreadable."""
    lines = longcells.reader(io.StringIO(text_of(content), newline=""), strict=True)
    try:
        heading = [name.strip() for name in next(lines, [])]
        check_heading(heading, consultation)
        for number, line in enumerate(lines, 2):
            cells = [cell.replace("\x00", "").strip() for cell in line]
            if any(cells):
                yield whole(number, heading, cells)
    except csv.Error as problem:
        raise Unreadable(f"Line {lines.line_num} of the file is not readable as CSV: {problem}.") from None


def whole(number: int, heading: list[str], cells: list[str]) -> Row:
    if len(cells) > len(heading) and any(cells[len(heading) :]):
        return Row(number, {"": f"it has {len(cells)} cells, and there are {len(heading)} columns"})
    return Row(number, {name: cell for name, cell in zip(heading, cells, strict=False) if name})


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Unreadable(f"The file {path} cannot be read: {problem.strerror or problem}.") from None


def text_of(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Unreadable("The file is larger than 50 MB: split it, and import each part.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"The file is not UTF-8: {SAVE_AGAIN}") from None
    if not text.strip():
        raise Unreadable("The file is empty.")
    if "\x00" in text:
        raise Unreadable(f"The file is not a CSV table: {SAVE_AGAIN}")
    return text


def check_heading(heading: list[str], consultation: Consultation) -> None:
    known = set(ABOUT) | set(columns_of(consultation))
    strange = [name for name in heading if name and name not in known]
    if len(heading) == 1 and (";" in heading[0] or "\t" in heading[0]):
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
    """Every column that a question may have: itself and, for a stance, each policy with its reason and change."""
    for question in consultation.questions:
        yield question.reference
        for policy in consultation.policies if question.kind == "stance" else ():
            for name_of in (stance_name, reason_name, change_name):
                yield name_of(question.reference, policy.reference)
