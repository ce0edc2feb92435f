"""The application under regulation 5 of the Neighbourhood Planning (General) Regulations 2012, to print or to send: (a)
a map that identifies the area, (b) the statement why the area is appropriate, (c) the statement that the body is a
relevant body (section 61G(2), Town and Country Planning Act 1990)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from shapely.geometry import MultiPolygon

from consult import clock
from consult.areas import maps, register
from consult.areas.models import Application, AreaVersion, ParishConsent
from consult.settings import ROOT
from consult.spaces.models import Space
from consult.web import typesetting
from geodata import boundary, writing
from geodata.drawing import Layer, Shape

SHEET = ROOT / "templates" / "areas" / "application.typ"
MAP_WIDE, MAP_HIGH = 640, 720
KEY_SHARE = 0.16  # of the area's height, left free under it: the key must not hide its edge
AROUND_M = 500
NOT_WRITTEN = "This statement is not written yet."
MEDIA_TYPES = {"pdf": "application/pdf", "gpkg": "application/geopackage+sqlite3"}


@dataclass(frozen=True)
class Pack:
    """What an application says, sent or not. `outline` is canonical, EPSG:27700."""

    space: Space
    name: str
    state: str
    reference: str
    at: datetime
    outline: bytes
    why_appropriate: str
    relevant_body: str
    spans: str
    consents: tuple[str, ...]

    @property
    def geometry(self) -> MultiPolygon:
        return boundary.from_wkb(self.outline)

    @property
    def authority(self) -> str:
        return self.space.authority.name if self.space.authority else ""

    def file(self, form: str) -> bytes:
        return pdf(self) if form == "pdf" else geopackage(self)


def sent(application: Application, consents: list[ParishConsent]) -> Pack:
    """As it was handed to the authority; its outline is what was applied for, whatever was designated since."""
    on = clock.uk(application.at)
    return Pack(
        space=application.space,
        name=application.name,
        state=f"Sent on {on:%-d %B %Y}" + (", withdrawn since" if application.withdrawn else ""),
        reference=application.entry.reference if application.entry else "",
        at=application.at,
        outline=application.outline,
        why_appropriate=application.why_appropriate,
        relevant_body=application.relevant_body,
        spans=application.spans,
        consents=tuple(map(in_words, consents)),
    )


def draft(
    space: Space, version: AreaVersion, consents: list[ParishConsent], spans: str, answers: dict[str, str]
) -> Pack:
    """As it would be handed over now."""
    return Pack(
        space=space,
        name=answers["name"] or space.name,
        state="A draft: not sent to the authority yet",
        reference="",
        at=clock.now(),
        outline=version.outline,
        why_appropriate=answers["why_appropriate"] or NOT_WRITTEN,
        relevant_body=answers["relevant_body"] or NOT_WRITTEN,
        spans=spans,
        consents=tuple(map(in_words, consents)),
    )


def in_words(consent: ParishConsent) -> str:
    return f"{consent.parish_name}: {consent.by_whom}, {consent.on:%-d %B %Y}, {consent.evidence}"


def facts(pack: Pack) -> list[tuple[str, str]]:
    shape = pack.geometry
    west, south, east, north = (round(edge) for edge in shape.bounds)
    rows = [
        ("Name of the area", pack.name),
        ("Applicant", pack.space.name),
        ("Local planning authority", pack.authority),
        ("Application", pack.state),
        ("Reference on the register", pack.reference),
        ("Size", f"{boundary.hectares(shape):,.2f} hectares"),
        (
            "Where",
            f"Eastings {west:,} to {east:,}, northings {south:,} to {north:,} metres (British National Grid)",
        ),
        ("Authorities that decide", pack.spans),
        ("Consent of other parishes", "\n".join(pack.consents)),
    ]
    return [(name, words) for name, words in rows if words]


def pdf(pack: Pack) -> bytes:
    says = (
        f"Map of {pack.name}, {boundary.hectares(pack.geometry):,.1f} hectares, with its outline, the areas on the "
        "register around it, a scale bar, a north arrow and National Grid lines."
    )
    given = {
        "title": f"Neighbourhood area application: {pack.name}",
        "name": pack.name,
        "body": pack.space.name,
        "authority": pack.authority,
        "state": pack.state,
        "dated": f"{clock.uk(pack.at):%-d %B %Y}",
        "facts": [list(row) for row in facts(pack)],
        "map": picture(pack, says),
        "says": says,
        "attribution": attribution(pack.space),
        "why": pack.why_appropriate,
        "relevant": pack.relevant_body,
    }
    return typesetting.pdf(SHEET, "application", given, pack.at)


def picture(pack: Pack, says: str) -> str:
    """The district's base map, what is on the register around the area, and the area."""
    shape, space = pack.geometry, pack.space
    seen = shapely.box(*shape.bounds).buffer(AROUND_M)
    others = [
        Shape(entry.geometry, entry.name, entry.name)
        for entry in register.around(seen, apart_from=space.id)
        if entry.geometry.intersects(seen)
    ]
    above = [Layer(others, "neighbour", "Areas on the register")] if others else []
    above.append(Layer([Shape(shape, pack.name, pack.name)], "area", "The area applied for"))
    layers = [*maps.base_layers(space.authority_id or space.id), *above]
    west, south, east, north = shape.bounds
    extent = shapely.box(west, south - KEY_SHARE * (north - south), east, north)
    drawn = maps.picture(extent, layers, title=pack.name, description=says, width=MAP_WIDE, height=MAP_HIGH)
    return str(drawn)


def attribution(space: Space) -> str:
    """Whom the base map is from; without one nothing but the outline and the grid is drawn."""
    rows = maps.base_rows(space.authority_id or space.id)
    said = sorted({row.attribution for row in rows if row.attribution})
    grid = "Eastings and northings of the British National Grid (EPSG:27700)."
    return f"Base map: {'; '.join(said).rstrip('.')}. {grid}" if said else grid


def geopackage(pack: Pack) -> bytes:
    """One area in EPSG:27700, with what the application says of it."""
    words: dict[str, Any] = {
        "name": pack.name,
        "reference": pack.reference,
        "body": pack.space.name,
        "organisation": pack.authority,
        "status": pack.state,
        "hectares": round(boundary.hectares(pack.geometry), 4),
        "why_appropriate": pack.why_appropriate,
        "relevant_body": pack.relevant_body,
        "spans": pack.spans,
        "consents": "; ".join(pack.consents),
    }
    return writing.written("GeoPackage", [(pack.geometry, words)])
