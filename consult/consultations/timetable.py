"""The timetable of consultations as open data, in the pattern of planning.data.gov.uk's `plan-timetable`: an event a
row, with the day that is meant, or the day on which it was. Its events are of local plans; ours, of neighbourhood
plans, are named alike. Read from announcements alone, which everyone may know."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import Response, render_template, url_for
from sqlalchemy.orm import aliased

from consult import clock
from consult.access import public
from consult.areas import open_register
from consult.consultations.pages import pages
from consult.consultations.records import Announcement
from consult.consultations.stages import STAGES
from consult.database import db
from consult.spaces.models import Space
from consult.web import open_data
from geodata import writing

WHOSE = "consultations announced by the bodies and authorities named in it"
START, END = "start", "end"
COLUMNS = {
    "reference": "Names the event for good.",
    "plan": "Whose neighbourhood plan it is: the body’s name in addresses.",
    "plan-event": "What happens, as in regulation-14-consultation-start; always a start or an end.",
    "event-date": "The day: the actual one where it has come, else the predicted one.",
    "predicted-date": "The day on which it is meant to happen; empty once it has.",
    "actual-date": "The day on which it happened; empty before.",
    "name": "What the consultation is called.",
    "organisation": "The local planning authority.",
    "body": "Who consults.",
    "documentation-url": "The consultation’s page.",
    "notes": "The regulation that it stands on, where there is one.",
    "entry-date": "The day on which this record last changed.",
}


def events(rows: Any, now: datetime) -> Iterator[dict[str, str]]:
    """Two rows of each announcement; one where no day was set for its opening. `rows` are of `announced()`."""
    for found, space, authority, plan in rows:
        for which, day, happened in days_of(found, now):
            yield about(found, space, authority, plan or space) | {
                "reference": f"{space.slug}/{found.reference}/{which}",
                "plan-event": f"{found.stage.replace('_', '-')}-consultation-{which}",
                "event-date": day.isoformat(),
                "predicted-date": "" if happened else day.isoformat(),
                "actual-date": day.isoformat() if happened else "",
            }


def days_of(found: Announcement, now: datetime) -> Iterator[tuple[str, date, bool]]:
    """UK days: a consultation that closes at midnight closes on the day before."""
    opens = found.opened or found.scheduled or found.opens
    if opens:
        yield START, clock.uk(opens).date(), found.state(now) != "announced"
    closes = found.closed or found.closes
    yield END, clock.last_day(closes), found.state(now) == "closed"


def about(found: Announcement, space: Space, authority: Space, plan: Space) -> dict[str, str]:
    stage = STAGES.get(found.stage)
    address = url_for("consultations.show", space=space, reference=found.reference, _external=True)
    return {
        "plan": plan.slug,
        "name": found.title,
        "organisation": authority.name,
        "body": space.name,
        "documentation-url": address,
        "notes": stage.regulation if stage else "",
        "entry-date": clock.uk(found.changed or found.at).date().isoformat(),
    }


def announced() -> Any:
    """Each announcement with who consults, its authority, and the body whose plan it is where that is another."""
    authority, plan = aliased(Space), aliased(Space)
    return (
        sa.select(Announcement, Space, authority, plan)
        .join(Space, Space.id == Announcement.space_id)
        .join(authority, authority.id == Announcement.authority_id)
        .outerjoin(plan, plan.id == Announcement.about_id)
        .order_by(Announcement.at, Announcement.id)
    )


def in_order(row: dict[str, str]) -> tuple[str, str]:
    return row["event-date"], row["reference"]


def timetable() -> tuple[list[dict[str, str]], datetime | None]:
    """Every event, the earliest first, and when anything of it last changed: by somebody, or by a day that came."""
    rows, now = db.session.execute(announced()).all(), clock.now()
    moments = [
        moment
        for found, *_ in rows
        for moment in (found.changed or found.at, found.opened, found.closed or found.closes)
        if moment and moment <= now
    ]
    return sorted(events(rows, now), key=in_order), max(moments, default=None)


@pages.get("/consultations.csv")
@public
def timetable_csv() -> Response:
    found, changed = timetable()
    return open_data.served(
        "consultations.csv", "text/csv", found, changed, lambda: writing.csv_table(found, tuple(COLUMNS))
    )


@pages.get("/consultations.json")
@public
def timetable_json() -> Response:
    found, changed = timetable()
    return open_data.served("consultations.json", "application/json", found, changed, lambda: as_json(found))


def as_json(found: list[dict[str, str]]) -> bytes:
    rows = [{name: row[name] for name in COLUMNS} for row in found]
    said = open_data.about(WHOSE) | {"timetable": rows}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


@pages.get("/open-data")
@public
def open_data_page() -> str:
    """What there is for everyone to build on: fields, licence, addresses."""
    sets = {"register": open_register.COLUMNS, "timetable": COLUMNS}
    whose = {"register": open_register.WHOSE, "timetable": WHOSE}
    return render_template("consultations/open_data.html", sets=sets, whose=whose, open_data=open_data)
