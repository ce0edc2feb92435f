"""All that a space holds about one person (Article 15 of the UK GDPR): by email address, or by a response's reference.

Every table of the space is looked through, whichever floor made it, so that a new one is not forgotten. Rows that are
the person's are given whole; where somebody else's words only mention the address, that is said and no more.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from consult.audit import Deed
from consult.clearing import hanging, outbox
from consult.database import Base, db
from consult.responses.form.files import HeldFile
from consult.responses.models import Response
from consult.tenancy import Walled, here

ADDRESS_COLUMNS = ("email", "to", "contact_email")
LEFT_OUT = (  # keys of ours (that of a form leads to its receipt), and other people
    *("space_id", "key", "token_hash", "salt", "by", "by_id", "person_id", "entered_by_id", "ended_by_id"),
)
Row = dict[str, Any]


@dataclass
class Holdings:
    """`rows` by table; `files` by name; `mentions` says where else the address stands."""

    asked: str
    responses: list[Response] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    mentions: list[str] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not self.rows and not self.mentions

    @property
    def references(self) -> list[str]:
        return [response.reference for response in self.responses]


def held_about(asked: str) -> Holdings:
    """`asked` is an email address, or a reference as it stands on a receipt."""
    asked = asked.strip()
    found = Holdings(asked)
    found.responses = responses_of(asked)
    emails = {asked} if "@" in asked else {each.email for each in found.responses if each.email}
    for response in found.responses:
        add(found, "response", response)
        for table in sorted(hanging.tables()):
            for row in hanging.rows(response, table):
                add(found, table, row)
        for table, row in beside(response):
            add(found, table, row)
    for email in sorted(emails):
        by_address(found, email)
    return found


def beside(response: Response) -> Iterator[tuple[str, Any]]:
    """What is known by the response's key or reference: files that wait with it, and who did what with it."""
    for held in db.session.scalars(sa.select(HeldFile).where(HeldFile.key == response.key)):
        yield "held_file", held
    named = sa.cast(Deed.detail, sa.Text).contains(response.reference, autoescape=True)
    acts = sa.select(Deed).where(sa.or_(Deed.subject == response.reference, named)).order_by(Deed.at)
    for deed in db.session.scalars(acts):
        yield "deed", deed


def responses_of(asked: str) -> list[Response]:
    column = Response.email if "@" in asked else Response.reference
    first = db.session.scalars(sa.select(Response).where(sa.func.lower(column) == asked.lower()))
    everyone = {each.id: each for one in first for each in hanging.same_person(one)}
    return sorted(everyone.values(), key=lambda each: (each.received, each.reference))


def by_address(found: Holdings, email: str) -> None:
    for table, kind in sorted(walled()):
        theirs = [row for row in mentioning(kind, email) if is_theirs(row, email)]
        for row in theirs:
            add(found, table, row)
        known = {row["id"] for row in found.rows.get(table, ())}
        others = [row for row in mentioning(kind, email) if str(row.id) not in known]
        if others:
            found.mentions.append(f"{table.replace('_', ' ')}: {len(others)}")
    for job in outbox.mails_to(email):
        found.rows.setdefault("mail", []).append(outbox.told(job))


def walled() -> Iterator[tuple[str, type[Any]]]:
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Walled):
            yield cast(sa.Table, mapper.local_table).name, mapper.class_


def mentioning(kind: type[Any], email: str) -> list[Any]:
    """The rows of this space in which the address stands anywhere."""
    texts = [column for column in sa.inspect(kind).columns if isinstance(column.type, sa.Text | sa.JSON)]
    if not texts:
        return []
    anywhere = sa.or_(*(sa.cast(column, sa.Text).icontains(email, autoescape=True) for column in texts))
    return list(
        db.session.scalars(sa.select(kind).where(kind.space_id == here(), anywhere).order_by(kind.id))
    )


def is_theirs(row: Any, email: str) -> bool:
    """Whose address it is, in a column of its own or in what was typed into a form."""
    if any(str(getattr(row, name, "") or "").casefold() == email.casefold() for name in ADDRESS_COLUMNS):
        return True
    fields = getattr(row, "fields", None)
    typed = fields.get("email", []) if isinstance(fields, dict) else []
    return any(str(value).casefold() == email.casefold() for value in typed)


def add(found: Holdings, table: str, row: Any) -> None:
    told = as_told(found, table, row)
    rows = found.rows.setdefault(table, [])
    if all(known["id"] != told["id"] for known in rows):
        rows.append(told)


def as_told(found: Holdings, table: str, row: Any) -> Row:
    told: Row = {}
    for column in sa.inspect(type(row)).columns:
        value = getattr(row, column.key)
        if column.name in LEFT_OUT:
            continue
        if isinstance(value, bytes) and table in ("answer_file", "scan", "held_file"):
            name = f"files/{row.id}-{row.name}"
            found.files[name] = value
            told[column.name] = name
        else:
            told[column.name] = plain(value)
    return told


def plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value
