"""The register as open data, in the house style of planning.data.gov.uk: hyphens, ISO days, WKT in WGS84.

There is no national standard for neighbourhood areas (its `neighbourhood-forum` dataset is an alpha, its
`neighbourhood-plan-area` a field): the names are those that its other datasets share. An entry is a version: an area
that is modified leaves the register, and what follows it has a reference of its own.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import Response, abort, render_template, url_for
from sqlalchemy.orm import joinedload

from consult import clock
from consult.access import public
from consult.areas import maps
from consult.areas.models import RegisterEntry
from consult.areas.pages import pages
from consult.database import db
from consult.spaces.models import Space
from consult.web import open_data
from geodata import writing

WHOSE = "register of neighbourhood areas of the authorities named in it"
COLUMNS = {
    "reference": "Names the entry for good. It is the address of the entry’s page, too.",
    "name": "What the area is called.",
    "organisation": "The local planning authority.",
    "geometry": "The outline, WGS84, longitude first: a MULTIPOLYGON. No two that are on the register overlap.",
    "point": "A point inside it.",
    "start-date": "The day on which it was designated; empty while it is applied for.",
    "end-date": "The day on which the entry left the register: modified, refused or withdrawn.",
    "entry-date": "The day on which this record last changed.",
    "documentation-url": "The entry’s page.",
    "notes": "Whether it is designated or applied for, and whose area it is.",
    "body": "The forum or council whose area it is.",
    "status": "designated or applied.",
    "hectares": "Its size on the National Grid.",
}
AT = "/register/<reference>"


def row(entry: RegisterEntry) -> dict[str, Any]:
    shape = entry.geometry
    return {
        "reference": entry.reference,
        "name": entry.name,
        "organisation": entry.authority.name,
        "geometry": shape,
        "point": shape.representative_point(),
        "start-date": iso(entry.designated_on),
        "end-date": iso(clock.uk(entry.left).date() if entry.left else None),
        "entry-date": iso(clock.uk(entry.last_changed).date()),
        "documentation-url": url_for("areas.entry", reference=entry.reference, _external=True),
        "notes": f"{entry.status}; {entry.body}",
        "body": entry.body,
        "status": entry.status,
        "hectares": round(entry.hectares, 2),
    }


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def as_csv(entries: Iterable[RegisterEntry]) -> bytes:
    return writing.csv_table([row(entry) for entry in entries], tuple(COLUMNS))


def as_geojson(entries: Iterable[RegisterEntry]) -> bytes:
    features = (feature(row(entry)) for entry in entries)
    return writing.geojson(features, name="neighbourhood-area", about=open_data.about(WHOSE))


def feature(said: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    words = {name: said[name] for name in COLUMNS if name != "geometry"}
    return said["geometry"], words | {"point": writing.wkt(said["point"])}


def whole(entries: Any) -> Any:
    """The statement with all that a row needs."""
    return entries.options(joinedload(RegisterEntry.space), joinedload(RegisterEntry.authority))


def stamp() -> tuple[list[Any], datetime | None]:
    """What changes whenever anything on the register does, read without an outline, and when that last was."""
    last = sa.func.coalesce(RegisterEntry.changed, RegisterEntry.left, RegisterEntry.entered)
    latest = db.session.scalar(sa.select(last.label("last")).order_by(last.desc()).limit(1))
    number = db.session.scalar(sa.select(sa.func.count()).select_from(RegisterEntry))
    names = db.session.execute(
        sa.select(Space.name).where(Space.kind == "authority").order_by(Space.name)
    ).scalars()
    return [number, latest, list(names)], latest


# One entry, at an address that stays.


@pages.get(AT)
@public
def entry(reference: str) -> str:
    """An entry, on the register now or not any more."""
    found = entry_at(reference)
    seen = [maps.Seen(found.geometry, "area" if found.designated_on else "draft", "", found.name)]
    extent = maps.extent_of([found.geometry], None)
    drawn = maps.on_map(extent, seen, caption=found.name, ground=found.space)
    changed = clock.uk(found.left or found.last_changed)
    return render_template("areas/entry.html", entry=found, changed=changed, map=drawn)


@pages.get(f"{AT}.geojson")
@public
def entry_geojson(reference: str) -> Response:
    found = entry_at(reference)
    stamp = [found.last_changed, found.authority.name]
    name = f"{found.reference}.geojson"
    return open_data.served(
        name, "application/geo+json", stamp, found.last_changed, lambda: as_geojson([found])
    )


def entry_at(reference: str) -> RegisterEntry:
    found = db.session.scalar(whole(sa.select(RegisterEntry).where(RegisterEntry.reference == reference)))
    if found is None:
        abort(404)
    return found
