"""Shapes and applications for tests of the areas: squares of whole metres on the National Grid."""

import json
from typing import Any

import shapely
import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry

from consult.accounts.models import Person
from consult.areas import register
from consult.areas.models import Application, save_version
from consult.database import db
from geodata import crs

EAST, NORTH = 450_000, 200_000


def square(east: float = 0, north: float = 0, metres: float = 1000) -> BaseGeometry:
    """A square whose south-west corner lies that far from a corner in Oxfordshire."""
    return shapely.box(EAST + east, NORTH + north, EAST + east + metres, NORTH + north + metres)


def drawn(shape: BaseGeometry) -> str:
    """The shape as the map editor sends it."""
    return json.dumps(shapely.geometry.mapping(crs.to_wgs84(shape)))


def person(person_id: Any) -> Person:
    return db.session.get_one(Person, person_id)


def apply_here(shape: BaseGeometry, name: str = "An area", by: Any = None) -> Application:
    """Saves an outline and applies for it, in the space we stand in."""
    version = save_version(shape, source="drawn", by=by)
    return register.apply_for(
        version, name=name, why_appropriate="It is one place.", relevant_body="We live here.", by=by
    )


def application_of(space_id: Any) -> Application:
    found = db.session.scalar(
        sa.select(Application)
        .where(Application.space_id == space_id)
        .order_by(Application.at.desc())
        .limit(1)
    )
    assert found is not None
    return found
