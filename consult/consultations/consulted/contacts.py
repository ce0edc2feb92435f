"""Contacts from a CSV file: all of them go in, or none; whoever is on the list already stays as they are."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from consult.accounts.models import Person
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.consulted.schedule import schedule_1
from consult.web import cells
from consult.web.emails import normalised
from consult.web.forms import one_line, tidy

COLUMNS = ("body", "organisation", "name", "email", "address")
LONGEST = {"body": 40, "organisation": 150, "name": 150, "email": 200, "address": 500}
MOST_BYTES = 400_000  # a thousand contacts, with room for long addresses
MOST_ROWS = 1000
MOST_FAULTS = 50  # a file with more than these is looked at again as a whole


@dataclass
class Read:
    """What a file says: contacts, or what is wrong with it, row by row."""

    contacts: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(content: bytes) -> Read:
    """Never raises: whatever is wrong is said in a sentence that names the row."""
    if len(content) > MOST_BYTES:
        return Read(faults=["The file is larger than 400 kB. Split it in two."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Read(faults=["The file is not UTF-8. Save it again as “CSV UTF-8”."])
    if "\x00" in text or not text.strip():
        return Read(faults=["The file is empty, or not a CSV table. Save it again as “CSV UTF-8”."])
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return rows_of(lines)
    except csv.Error:
        return Read(faults=[f"Line {lines.line_num} is not readable as CSV. Check its quotation marks."])


def rows_of(lines: Any) -> Read:
    found = Read()
    heading = [cells.plain(one_line(cell)).casefold() for cell in next(lines, [])]
    if problem := wrong_heading(heading):
        return Read(faults=[problem])
    for number, line in enumerate(lines, 2):
        if not any(cell.strip() for cell in line):
            continue
        if len(found.contacts) >= MOST_ROWS:
            return Read(faults=[f"The file has more than {MOST_ROWS:,} contacts. Split it in two."])
        if len(line) > len(heading) and any(cell.strip() for cell in line[len(heading) :]):
            found.faults.append(f"Row {number} has {len(line)} cells, and there are {len(heading)} columns.")
            continue
        contact, faults = contact_of(dict(zip(heading, line, strict=False)))
        found.contacts.append(contact)
        found.faults += [f"Row {number}: {fault}" for fault in faults]
        if len(found.faults) >= MOST_FAULTS:
            found.faults.append("There may be more: these are the first.")
            break
    if not found.contacts and not found.faults:
        return Read(faults=["There are no contacts in the file."])
    return found


def wrong_heading(heading: list[str]) -> str:
    strange = next((name for name in heading if name and name not in COLUMNS), None)
    if strange is not None:
        return f"“{strange[:60]}” is not one of the columns. They are: {', '.join(COLUMNS)}."
    if len([name for name in heading if name]) != len({name for name in heading if name}):
        return "A column is there twice."
    if not {"organisation", "name"} & set(heading) or not {"email", "address"} & set(heading):
        return "The first line must name the columns: organisation or name, and email or address."
    return ""


def contact_of(row: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    raw = {name: cells.plain(row.get(name, "")) for name in COLUMNS}
    contact = {name: tidy(raw[name]) if name == "address" else one_line(raw[name]) for name in COLUMNS}
    return contact, list(faults_in(contact))


def faults_in(contact: dict[str, str]) -> list[str]:
    faults = [
        f"its {name} is longer than {most} characters."
        for name, most in LONGEST.items()
        if len(contact[name]) > most
    ]
    if not (contact["organisation"] or contact["name"]):
        faults.append("it names neither an organisation nor a person.")
    if not (contact["email"] or contact["address"]):
        faults.append("it has neither an email nor a postal address.")
    if contact["email"]:
        email = normalised(contact["email"])
        if email is None:
            faults.append(f"“{contact['email'][:60]}” is not an email address.")
        contact["email"] = email or ""
    if contact["body"]:
        contact["body"], fault = body_of(contact["body"])
        faults += [fault] if fault else []
    return faults


def body_of(words: str) -> tuple[str, str]:
    """The key of a body, given by its key or its letter."""
    for body in schedule_1().bodies:
        if words.casefold() in (body.key, body.letter, body.letter.strip("()")):
            return body.key, ""
    return "", f"“{words[:60]}” is no body of Schedule 1. Leave it empty for a contact of your own."


def take_in(consultation: Any, contacts: list[dict[str, str]], by: Person) -> tuple[int, int]:
    """Adds those who are not on the list; how many were added, and how many were there already."""
    known = {consultee.identity for consultee in consultation.consultees}
    added = 0
    for contact in contacts:
        identity = Consultee(**contact).identity
        if identity not in known:
            known.add(identity)
            consultation.consult(by, **contact)
            added += 1
    return added, len(contacts) - added


def template() -> bytes:
    """The columns, with a line to fill in for each body of Schedule 1."""
    rows = [(body.key, "" if body.several else body.name, "", "", "") for body in schedule_1().bodies]
    return cells.table(COLUMNS, rows)
