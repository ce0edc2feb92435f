"""Where an outline may begin: a parish, a ward, the outline on the register, or an earlier outline of one's own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import shapely
from flask import Response, abort, g, render_template, request, url_for
from shapely.geometry import MultiPolygon

from consult.access import Act, needs
from consult.areas.forms import StartForm
from consult.areas.loaded import boundaries
from consult.areas.loaded.boundaries import Boundary
from consult.areas.models import AreaVersion, latest_version
from consult.areas.pages import body_only, geojson, pages
from consult.areas.saved import versions
from consult.database import db
from geodata import writing
from geodata.boundary import hectares

KINDS = {"parish": "Parish", "ward": "Ward", "version": "Earlier outline"}
MOST_NEAR = 6
SMALLEST_SHARE = 0.01
MOST_EARLIER = 5
MOST_FOUND = 40


@dataclass(frozen=True)
class Start:
    """An outline to begin with, in EPSG:27700; `kind` and `key` name it in addresses."""

    kind: str
    key: str
    name: str
    geometry: MultiPolygon

    @property
    def words(self) -> str:
        return f"{KINDS[self.kind]}: {self.name}" if self.kind != "version" else self.name

    @property
    def address(self) -> str:
        return f"{self.kind}/{self.key}"

    @property
    def geojson(self) -> str:
        if self.kind == "version":
            return url_for("areas.start_version", number=int(self.key))
        return url_for("areas.start_boundary", boundary_id=self.key)

    @property
    def hectares(self) -> float:
        return hectares(self.geometry)


@pages.get("/<space:space>/area/start")
@needs(Act.DRAW)
def start() -> str:
    """Parishes, wards and earlier outlines to choose from; nothing is saved by choosing."""
    body_only()
    form = StartForm(request.args)
    words = form.q.data or ""
    found = [of_boundary(each) for kind in ("parish", "ward") for each in named(kind, words)] if words else []
    return render_template(
        "areas/start.html",
        form=form,
        words=words,
        found=found,
        nearby=nearby(),
        loaded=any(boundaries.loaded(kind) for kind in ("parish", "ward")),
    )


@pages.get("/<space:space>/area/start/boundary/<uuid:boundary_id>.geojson")
@needs(Act.DRAW)
def start_boundary(boundary_id: UUID) -> Response:
    found = db.session.get(Boundary, boundary_id)
    return as_geojson(of_boundary(found) if found is not None and found.kind in KINDS else None)


@pages.get("/<space:space>/area/start/version/<int:number>.geojson")
@needs(Act.DRAW)
def start_version(number: int) -> Response:
    return as_geojson(chosen(f"version/{number}"))


def as_geojson(found: Start | None) -> Response:
    body_only()
    if found is None:
        abort(404)
    return geojson(writing.geojson([(found.geometry, {"name": found.name})]))


def chosen(text: str) -> Start | None:
    """What an address names, as in `parish/<id>` or `version/3`; None where there is no such thing."""
    kind, _, key = text.partition("/")
    if kind == "version":
        version = versions.called(key)
        return of_version(version) if version else None
    try:
        found = db.session.get(Boundary, UUID(key)) if kind in KINDS else None
    except ValueError:
        return None
    return of_boundary(found) if found is not None and found.kind == kind else None


def named(kind: Any, words: str) -> list[Boundary]:
    return boundaries.named(kind, words, limit=MOST_FOUND)


def nearby() -> list[Start]:
    """What is most likely meant: the council's own parish, what the last outline lies in, the outlines before it."""
    latest = latest_version()
    found = boundaries.own(g.space, "parish")
    if latest is not None:
        found += [each for each in covering(latest) if each not in found][: MOST_NEAR - len(found)]
    return [
        *map(of_boundary, found),
        *map(of_version, versions.earlier_than(latest, MOST_EARLIER) if latest else []),
    ]


def covering(version: AreaVersion) -> list[Boundary]:
    """Parishes and wards that an outline lies in, those that have most of it first."""
    shape = version.geometry
    near = [*boundaries.near(shape, "parish"), *boundaries.near(shape, "ward")]
    shares = [(shapely.intersection(each.geometry, shape).area / shape.area, each) for each in near]
    found = [pair for pair in shares if pair[0] > SMALLEST_SHARE]
    return [each for _, each in sorted(found, key=lambda pair: -pair[0])]


def of_boundary(found: Boundary) -> Start:
    return Start(found.kind, str(found.id), found.name, found.geometry)


def of_version(version: AreaVersion) -> Start:
    return Start("version", str(version.number), f"Outline {version.number}", version.geometry)
