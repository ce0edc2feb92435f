"""The register as everyone sees it: a page with its map, and two files to build on."""

from typing import Any

import sqlalchemy as sa
from flask import Response, render_template, request
from flask_babel import gettext

from consult.access import public
from consult.areas import maps, open_register
from consult.areas.forms import FilterForm
from consult.areas.models import RegisterEntry
from consult.areas.pages import pages
from consult.database import db
from consult.spaces.models import Space
from consult.web import open_data
from consult.web.languages import speaks
from consult.web.paging import page_asked_for

A_PAGE = 50


@pages.get("/register")
@public
@speaks
def register_page() -> str:
    form = the_filter()
    page = db.paginate(
        open_register.whole(chosen(form)), page=page_asked_for(), per_page=A_PAGE, error_out=False
    )
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
    return as_file("register.geojson", "application/geo+json", open_register.as_geojson)


@pages.get("/register.csv")
@public
def register_csv() -> Response:
    return as_file("register.csv", "text/csv", open_register.as_csv)


def as_file(name: str, media_type: str, make: Any) -> Response:
    """Those that are on the register now, or with `?versions=all` every entry there ever was."""
    form, ended = the_filter(), request.args.get("versions") == "all"
    entries = open_register.whole(chosen(form, ended))
    asked = (form.authority.data, form.status.data, ended)
    stamp, changed = open_register.stamp()
    return open_data.served(
        name, media_type, stamp, changed, lambda: make(db.session.scalars(entries)), asked
    )


def the_filter() -> FilterForm:
    form = FilterForm(request.args)
    authorities = db.session.scalars(sa.select(Space).where(Space.kind == "authority").order_by(Space.name))
    form.authority.choices = [("", gettext("All")), *((space.slug, space.name) for space in authorities)]
    for field in (form.authority, form.status):
        if field.data not in {value for value, _ in field.choices}:
            field.data = ""
    return form


def chosen(form: FilterForm, ended: bool = False) -> Any:
    found = sa.select(RegisterEntry).order_by(RegisterEntry.name, RegisterEntry.number)
    if not ended:
        found = found.where(RegisterEntry.left.is_(None))
    if form.authority.data:
        found = found.join(RegisterEntry.authority).where(Space.slug == form.authority.data)
    if form.status.data:
        designated = RegisterEntry.designated_on.is_not(None)
        found = found.where(designated if form.status.data == "designated" else ~designated)
    return found


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
    caption = gettext("The areas in this list")
    return maps.on_map(extent, maps.together(seen), caption=caption, ground=ground)
