"""The outlines of an area as they followed one another, what each changed, and who moves in or out by it.

The floors above know who answered, and add what they know to the page of a version (`who_moves`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry

from consult.accounts.models import Person
from consult.areas.models import AreaVersion, Postcode
from consult.database import db
from consult.spaces.home import Panel
from geodata import change
from geodata.crs import Floats
from geodata.woven import TooComplex

SOURCES = {
    "drawn": "Drawn or pasted",
    "pasted": "Pasted",
    "uploaded": "Uploaded",
    "imported": "Imported",
    "repaired": "Repaired",
    "snapped": "Snapped to a neighbour’s edge",
    "gave_way": "Cut back to a neighbour",
    "gap_closed": "Drawn out to a neighbour",
    "returned": "An earlier outline again",
    "designated": "As the authority designated it",
}


@dataclass(frozen=True)
class Step:
    """From one version to a later one."""

    before: AreaVersion
    after: AreaVersion
    change: change.Change

    @classmethod
    def between(cls, before: AreaVersion, after: AreaVersion) -> "Step | None":
        """None where the two outlines cross too often to tell what changed: each can be looked at by itself."""
        try:
            return cls(before, after, change.between(before.geometry, after.geometry))
        except TooComplex:
            return None


@dataclass(frozen=True)
class Moved:
    """How many come in by a step, and how many go out."""

    came: int
    went: int


Moving = Callable[[Step], Panel | None]
_moving: dict[str, tuple[int, Moving]] = {}


def who_moves(order: int) -> Callable[[Moving], Moving]:
    """Marks a function of a floor above as saying who moves in or out; None where it has nothing to say."""

    def add(function: Moving) -> Moving:
        _moving[f"{function.__module__}.{function.__qualname__}"] = (order, function)
        return function

    return add


def moving(step: Step) -> list[Panel]:
    in_order = sorted(_moving.items(), key=lambda item: (item[1][0], item[0]))
    return [panel for _, (_, function) in in_order if (panel := function(step)) is not None]


def postcodes_moved(step: Step) -> Moved | None:
    """Postcodes whose one point moves in or out; None where no postcodes are loaded."""
    if db.session.scalar(sa.select(Postcode.code).limit(1)) is None:
        return None
    came, _ = change.moves(step.change, *points_in(step.change.gained))
    _, went = change.moves(step.change, *points_in(step.change.lost))
    return Moved(int(came.sum()), int(went.sum()))


def points_in(land: BaseGeometry) -> tuple[Floats, Floats]:
    """Eastings and northings of the postcodes in the box of some land."""
    if land.is_empty:
        return np.empty(0), np.empty(0)
    west, south, east, north = land.bounds
    near = sa.select(Postcode.easting, Postcode.northing).where(
        Postcode.easting.between(west, east), Postcode.northing.between(south, north)
    )
    points = np.array(db.session.execute(near).all(), dtype=np.float64).reshape(-1, 2)
    return points[:, 0], points[:, 1]


def numbered(number: int) -> AreaVersion | None:
    return db.session.scalar(sa.select(AreaVersion).where(AreaVersion.number == number))


def called(text: str) -> AreaVersion | None:
    """The version with this number, as somebody wrote it into an address or a form."""
    return numbered(int(text)) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def before(version: AreaVersion) -> AreaVersion | None:
    """The one that it followed."""
    return next(iter(earlier_than(version, 1)), None)


def earlier_than(version: AreaVersion, most: int) -> list[AreaVersion]:
    """Those before it, the latest first."""
    earlier = sa.select(AreaVersion).where(AreaVersion.number < version.number)
    return list(db.session.scalars(earlier.order_by(AreaVersion.number.desc()).limit(most)))


def same_as(version: AreaVersion) -> AreaVersion | None:
    """The first version that had this very outline, where there was one before it."""
    earlier = sa.select(AreaVersion).where(
        AreaVersion.number < version.number, AreaVersion.outline == version.outline
    )
    return db.session.scalar(earlier.order_by(AreaVersion.number).limit(1))


def who_saved(found: list[AreaVersion]) -> dict[object, str]:
    """Names by the ids of those who saved these."""
    ids = {version.by_id for version in found if version.by_id}
    return {
        person.id: person.display_name
        for person in db.session.scalars(sa.select(Person).where(Person.id.in_(ids)))
    }
