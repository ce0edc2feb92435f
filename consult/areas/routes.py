"""The area of a space as everyone sees it, and what its maps are made of."""

import gzip
from hashlib import sha256

from flask import Flask, Response, g, render_template, request

from consult.access import Act, public
from consult.areas import as_of_pages as as_of_pages
from consult.areas import backdrop, maps, register
from consult.areas import pack_pages as pack_pages
from consult.areas import panels as panels
from consult.areas import road as road
from consult.areas.application import applying as applying
from consult.areas.application import consents as consents
from consult.areas.decisions import deciding as deciding
from consult.areas.decisions import settling_pages as settling_pages
from consult.areas.decisions import telling as telling
from consult.areas.drawing import clicking as clicking
from consult.areas.drawing import drafting as drafting
from consult.areas.drawing import overlap_pages as overlap_pages
from consult.areas.drawing import shaping as shaping
from consult.areas.drawing import starting as starting
from consult.areas.from_file import uploading as uploading
from consult.areas.models import latest_version
from consult.areas.pages import around_of, body_only, geojson, neighbours, pages, the_map
from consult.areas.registering import contested as contested
from consult.areas.registering import history as history
from consult.areas.registering import register_pages as register_pages
from consult.areas.saved import version_files as version_files
from consult.areas.saved import version_pages as version_pages
from consult.areas.steps import steps
from consult.spaces import doors, home
from consult.web.days import day_words
from consult.web.languages import speaks

AN_HOUR = 3600


@pages.get("/<space:space>/base-map.geojson")
@public
def base_geojson() -> Response:
    """The district's base map within `?bounds=`; a browser that has it already is told so."""
    authority_id = g.space.authority_id or g.space.id
    stamp = maps.base_stamp(authority_id)
    window = backdrop.window_of(request.args.get("bounds", ""), authority_id)
    response = Response(mimetype="application/geo+json")
    response.set_etag(sha256(repr((authority_id, stamp, window)).encode()).hexdigest()[:32])
    response.cache_control.public = True
    response.cache_control.max_age = AN_HOUR
    response.make_conditional(request)
    response.vary.add("Accept-Encoding")
    if response.status_code == 200:
        squeezed = backdrop.squeezed(authority_id, stamp, window)
        if request.accept_encodings["gzip"]:
            response.content_encoding = "gzip"
        response.set_data(squeezed if response.content_encoding else gzip.decompress(squeezed))
    return response


@pages.get("/<space:space>/area")
@public
@speaks
def show() -> str:
    """The area on the register; to members also what is drafted and applied for."""
    body_only()
    entry = register.entry_of(g.space.id)
    member = doors.may(Act.LOOK)
    version, application = (latest_version(), register.application_now()) if member else (None, None)
    around = around_of(entry, version)
    return render_template(
        "areas/show.html",
        entry=entry,
        version=version,
        application=application,
        steps=steps(version, application, entry, around) if member else [],
        changed=version is not None and (entry is None or version.outline != entry.outline),
        panels=home.panels("area"),
        map=the_map(entry, version, around),
    )


@pages.get("/<space:space>/area.geojson")
@public
def outline_geojson() -> Response:
    """The area on the register; nothing that is only drafted."""
    body_only()
    entry = register.entry_of(g.space.id)
    return geojson(maps.as_geojson([entry] if entry else []))


@pages.get("/<space:space>/area/neighbours.geojson")
@public
def neighbours_geojson() -> Response:
    """The other areas on the register of this district, to draw along."""
    body_only()
    return geojson(maps.as_geojson(neighbours()))


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.add_template_global(history.modifications_here)
    app.add_template_global(day_words)
