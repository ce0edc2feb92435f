"""The register as everyone sees it: a page with its map, and two files to build on."""

from typing import Any

import sqlalchemy as sa
from flask import Response, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import joinedload

from consult.access import public
from consult.areas import maps
from consult.areas.forms import FilterForm
from consult.areas.models import RegisterEntry
from consult.areas.pages import geojson, pages
from consult.database import db
from consult.spaces.models import Space
from consult.web.languages import speaks
from consult.web.paging import page_asked_for
from geodata import writing

A_PAGE = 50
COLUMNS = (
    "reference",
    "name",
    "organisation",
    "geometry",
    "point",
    "start-date",
    "end-date",
    "entry-date",
    "documentation-url",
    "notes",
)


@pages.get("/register")
@public
@speaks
def register_page() -> str:
    form = the_filter()
    page = db.paginate(chosen(form), page=page_asked_for(), per_page=A_PAGE, error_out=False)
    shown = list(page.items)
    asked = {"authority": form.authority.data, "status": form.status.data}
    return render_template(
        "areas/register.html",
        form=form,
        page=page,
        asked={name: value for name, value in asked.items() if value},
        map=the_map(shown) if shown else None,
    )


@pages.get("/register.geojson")
@public
def register_geojson() -> Response:
    return geojson(maps.as_geojson(db.session.scalars(chosen(the_filter()))))


@pages.get("/register.csv")
@public
def register_csv() -> Response:
    """In the house style of planning.data.gov.uk: hyphens, WKT in WGS84, ISO dates."""
    rows = [a_row(entry) for entry in db.session.scalars(chosen(the_filter()))]
    response = Response(writing.csv_table(rows, COLUMNS), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="register.csv"'
    return response


def the_filter() -> FilterForm:
    form = FilterForm(request.args)
    authorities = db.session.scalars(sa.select(Space).where(Space.kind == "authority").order_by(Space.name))
    form.authority.choices = [("", gettext("All")), *((space.slug, space.name) for space in authorities)]
    for field in (form.authority, form.status):
        if field.data not in {value for value, _ in field.choices}:
            field.data = ""
    return form


def chosen(form: FilterForm) -> Any:
    found = (
        sa.select(RegisterEntry)
        .where(RegisterEntry.left.is_(None))
        .options(joinedload(RegisterEntry.space), joinedload(RegisterEntry.authority))
        .order_by(RegisterEntry.name, RegisterEntry.number)
    )
    if form.authority.data:
        found = found.join(RegisterEntry.authority).where(Space.slug == form.authority.data)
    if form.status.data:
        designated = RegisterEntry.designated_on.is_not(None)
        found = found.where(designated if form.status.data == "designated" else ~designated)
    return found


def a_row(entry: RegisterEntry) -> dict[str, Any]:
    words = maps.properties(entry)
    shape = entry.geometry
    return words | {
        "geometry": shape,
        "point": shape.representative_point(),
        "end-date": "",
        "documentation-url": url_for("areas.show", space=entry.space, _external=True),
        "notes": f"{entry.status}; {entry.body}",
    }


def the_map(entries: list[RegisterEntry]) -> dict[str, Any]:
    """The areas of this page of the list, on their district's base map when they are all of one."""
    authorities = {entry.authority_id: entry.authority for entry in entries}
    ground = next(iter(authorities.values())) if len(authorities) == 1 else None
    seen = [
        maps.Seen(entry.geometry, "area", gettext("Designated"), entry.name)
        if entry.designated_on
        else maps.Seen(entry.geometry, "draft", gettext("Applied for"), entry.name)
        for entry in entries
    ]
    extent = maps.extent_of([thing.geometry for thing in seen], None)
    return maps.on_map(extent, seen, caption=gettext("The areas in this list"), ground=ground)
