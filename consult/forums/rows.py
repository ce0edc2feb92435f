"""The private list as a table to paste or to bring as a file: all of it is taken, or none; mistakes are named row by
row."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from consult.web import cells
from consult.web.forms import one_line

COLUMNS = ("name", "address", "live", "work", "elected")
LONGEST = {"name": 150, "address": 300}
KINDS = {"live": "lives", "work": "works", "elected": "elected"}
YES = {"yes", "y", "x", "1", "true", "✓"}
NO = {"", "no", "n", "0", "false", "-"}
MOST_CHARACTERS = 200_000
MOST_ROWS = 1000
MOST_FAULTS = 50


@dataclass
class Read:
    """What a table says: members, or what is wrong with it."""

    members: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(text: str) -> Read:
    """Reads commas, semicolons or tabs (as a spreadsheet pastes). Never raises: a fault is a sentence with its row."""
    if len(text) > MOST_CHARACTERS:
        return Read(faults=[f"The list is longer than {MOST_CHARACTERS:,} characters. Send it in two parts."])
    text = text.removeprefix("\ufeff").replace("\x00", "")
    if not text.strip():
        return Read(faults=["There is nothing in the list yet."])
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)
    try:
        return rows_of(lines)
    except csv.Error:
        return Read(faults=[f"Row {lines.line_num} is not readable as a table. Check its quotation marks."])


def separator(text: str) -> str:
    first = text.strip().splitlines()[0]
    return max(",;\t", key=first.count)


def rows_of(lines: Any) -> Read:
    found = Read()
    seen: dict[tuple[str, str], int] = {}
    heading = [cells.plain(one_line(cell)).casefold() for cell in next(lines, [])]
    if problem := wrong_heading(heading):
        return Read(faults=[problem])
    for number, line in enumerate(lines, 2):
        if not any(cell.strip() for cell in line):
            continue
        if len(found.members) >= MOST_ROWS:
            return Read(faults=[f"The list has more than {MOST_ROWS:,} members. Leave out those beyond."])
        row = {name: cells.plain(one_line(cell)) for name, cell in zip(heading, line, strict=False)}
        member, faults = member_of(row)
        if len(line) > len(heading) and any(cell.strip() for cell in line[len(heading) :]):
            faults.append(f"it has {len(line)} cells, and there are {len(heading)} columns.")
        who = (member["name"].casefold(), member["address"].casefold())
        if member["name"] and who in seen:
            faults.append(f"“{member['name'][:60]}” is in row {seen[who]} already.")
        seen.setdefault(who, number)
        found.members.append(member)
        found.faults += [f"Row {number}: {fault}" for fault in faults]
        if len(found.faults) >= MOST_FAULTS:
            found.faults.append("There may be more: these are the first.")
            break
    if not found.members and not found.faults:
        return Read(faults=["There are no members below the first line."])
    return found


def wrong_heading(heading: list[str]) -> str:
    named = [name for name in heading if name]
    strange = next((name for name in named if name not in COLUMNS), None)
    if strange is not None:
        return f"“{strange[:60]}” is not one of the columns. The first line must name them: {', '.join(COLUMNS)}."
    if len(named) != len(set(named)):
        return "A column is there twice."
    if "name" not in named or not set(KINDS) & set(named):
        return f"The first line must name the columns: {', '.join(COLUMNS)}."
    return ""


def member_of(row: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    member: dict[str, Any] = {name: row.get(name, "") for name in LONGEST}
    faults = [
        f"its {name} is longer than {most} characters."
        for name, most in LONGEST.items()
        if len(member[name]) > most
    ]
    if not member["name"]:
        faults.append("it has no name.")
    for column, attribute in KINDS.items():
        said = row.get(column, "").casefold()
        if said not in YES | NO:
            faults.append(f"“{said[:40]}” under {column} is neither yes nor no.")
        member[attribute] = said in YES
    if not (faults or member["lives"] or member["works"] or member["elected"]):
        faults.append("say yes to at least one of live, work and elected: else they do not count.")
    return member, faults


def table_of(members: Iterable[Any]) -> bytes:
    return cells.table(COLUMNS, [row_of(member) for member in members])


def row_of(member: Any) -> list[str]:
    kinds = ["yes" if getattr(member, attribute) else "no" for attribute in KINDS.values()]
    return [member.name, member.address, *kinds]
