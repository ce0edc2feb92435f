"""Who downloaded what: a space's own log for whoever answers for its data, and every space's for the operator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Response, render_template, request, url_for

from consult import audit, clock
from consult.access import Act, needs, operator_only
from consult.accounts import sessions
from consult.accounts.models import Person
from consult.audit import Access
from consult.database import db
from consult.operating import measures
from consult.operating.pages import pages
from consult.spaces.models import Space
from consult.web import cells

MOST_SHOWN = 200
COLUMNS = ("at", "space", "person", "what")


@dataclass(frozen=True)
class Wanted:
    """What is looked for: one space's, one person's, one day's. What names none of these asks for all."""

    space: str = ""
    person: str = ""
    day: str = ""

    @classmethod
    def asked(cls) -> "Wanted":
        given = (request.values.get(name, "")[:100] for name in ("space", "person", "day"))
        return cls(*("".join(filter(str.isprintable, each)) for each in given))

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        wanted: list[sa.ColumnElement[bool]] = []
        if self.space:
            wanted.append(Access.space_id.in_(sa.select(Space.id).where(Space.slug == self.space)))
        if self.person:
            wanted.append(Access.person_id == id_of(self.person))
        if day := day_of(self.day):
            wanted += [Access.at >= clock.start_of(day), Access.at < clock.start_of(day + timedelta(days=1))]
        return wanted

    def but(self, **changed: str) -> dict[str, str]:
        """The address of the same list with another filter."""
        return {name: value for name, value in (vars(self) | changed).items() if value}


def id_of(text: str) -> UUID:
    try:
        return UUID(hex=text)
    except ValueError:
        return UUID(int=0)  # nobody's


def day_of(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found <= date(2200, 1, 1) else None


@dataclass(frozen=True)
class Line:
    """One download, in words."""

    at: Any
    slug: str
    space: str
    person_id: str
    person: str
    what: str

    @property
    def day(self) -> str:
        return clock.uk(self.at).date().isoformat()

    @property
    def when(self) -> str:
        return f"{clock.uk(self.at):%-d %B %Y, %H:%M}"


def lines(wanted: Wanted, most: int | None = None) -> list[Line]:
    """The latest first."""
    asked = (
        sa.select(Access.at, Space.slug, Space.name, Person.id, Person.name, Person.email, Access.what)
        .join(Space, Space.id == Access.space_id)
        .outerjoin(Person, Person.id == Access.person_id)
        .where(*wanted.conditions())
        .order_by(Access.at.desc(), Access.id)
    )
    found = db.session.execute(asked.limit(most) if most else asked)
    return [
        Line(at, slug, space, who.hex if who else "", name or email or "nobody signed in", what)
        for at, slug, space, who, name, email, what in found
    ]


def page(found: Sequence[Line], wanted: Wanted, **addresses: str) -> str:
    shown = {"lines": found[:MOST_SHOWN], "more": len(found) > MOST_SHOWN, "most": MOST_SHOWN}
    return render_template("operating/downloads.html", wanted=wanted, **shown, **addresses)


def as_csv(found: Sequence[Line]) -> Response:
    rows = [(line.at.isoformat(timespec="seconds"), line.space, line.person, line.what) for line in found]
    response = Response(cells.table(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="downloads.csv")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.cache_control.no_store = True
    return response


@pages.get("/operator/downloads")
@operator_only
def downloads() -> str:
    wanted = Wanted.asked()
    with measures.of_every_space("who downloaded what", sessions.me().id):
        found = lines(wanted, MOST_SHOWN + 1)
    return page(found, wanted, endpoint="operating.downloads", table=url_for("operating.downloads_table"))


@pages.post("/operator/downloads/table")
@operator_only
def downloads_table() -> Response:
    """The same as CSV: a list of what people did, so its making is on record."""
    wanted, person = Wanted.asked(), sessions.me()
    with measures.of_every_space("who downloaded what, as a table", person.id):
        found = lines(wanted)
    audit.record_operator("downloads.listed", by=person.display_name, rows=len(found), **wanted.but())
    return as_csv(found)


@pages.get("/<space:space>/record/downloads")
@needs(Act.ANSWER_FOR_DATA)
def space_downloads() -> str:
    wanted = Wanted.asked()
    table = url_for("operating.space_downloads_table")
    return page(lines(wanted, MOST_SHOWN + 1), wanted, endpoint="operating.space_downloads", table=table)


@pages.post("/<space:space>/record/downloads/table")
@needs(Act.ANSWER_FOR_DATA)
def space_downloads_table() -> Response:
    wanted = Wanted.asked()
    found = lines(wanted)
    audit.record("downloads.listed", "Who downloaded what", by=sessions.me(), rows=len(found), **wanted.but())
    return as_csv(found)
