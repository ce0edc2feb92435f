"""The sites of the demo's plans, put there as a member would: drawn, described, their owners written to."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from consult import audit, clock
from consult.accounts.models import Person
from consult.database import db
from consult.demo.district import Area, District
from consult.demo.library import shelf
from consult.plans.models import PlanVersion
from consult.plans.sites import OwnerContact

KINDS: Final = {"housing": "housing allocation", "local green space": "local green space"}
CORNERS: Final = 8  # of the ground drawn round a landmark


def lay_out(version: PlanVersion, area: Area, place: District, by: Person) -> None:
    known = shelf("land").get(area.slug, {})
    for reference, name, kind, shape in pieces(area, place, known):
        written = known.get(reference, {})
        site = version.add_site(
            shape, reference=reference, name=name, kind=kind, notes=written.get("notes", "").strip(), by=by
        )
        audit.record("plan.site_written", site.title, by=by, version=version.number)
        for told in written.get("owners", ()):
            on = clock.today() - timedelta(days=told["days_before"])
            words = {name: told[name] for name in ("how", "whom", "answer")}
            db.session.add(OwnerContact(site_id=site.land_id, on=on, by_id=by.id, **words))
            audit.record("plan.owner_contacted", site.title, by=by)


def pieces(
    area: Area, place: District, known: dict[str, Any]
) -> Iterator[tuple[str, str, str, BaseGeometry]]:
    """The district's own sites, and what is drawn round a landmark."""
    for site in place.sites:
        if site.area_slug == area.slug:
            yield site.reference, site.name, KINDS[site.kind], site.outline
    for reference, written in known.items():
        if "landmark" in written:
            around = round_about(place, written["landmark"], written["metres"])
            yield reference, written["name"], written["kind"], around


def round_about(place: District, landmark: str, metres: float) -> Polygon:
    at = next(label.at for label in place.labels if label.text == landmark)
    return at.buffer(metres / 2, quad_segs=CORNERS // 4)
