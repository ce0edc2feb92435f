"""Councils' areas that were their parish, and are not any more since the parish's boundary was loaded again."""

from dataclasses import dataclass

import shapely
import sqlalchemy as sa

from consult.areas.decisions.proposing import without_scraps
from consult.areas.loaded.boundaries import Boundary
from consult.areas.models import RegisterEntry
from consult.database import db

NEARLY_ALL = 0.95  # of both: an area that was drawn as the parish, and not as a part of it or around it


@dataclass(frozen=True)
class Drift:
    """`area_m2` lies in one of the two and not in the other, in places more than 1 m wide."""

    entry: RegisterEntry
    parish: Boundary
    area_m2: float

    def __str__(self) -> str:
        called = f"{self.entry.name} ({self.entry.reference})"
        return f"drift: {called} no longer follows the parish of {self.parish.name}: {self.area_m2:,.0f} m² differ"


def drifted() -> list[Drift]:
    """Every council's area on the register that is nearly its parish's loaded boundary, but differs from it."""
    pairs = (
        sa.select(RegisterEntry, Boundary)
        .join(Boundary, Boundary.body_id == RegisterEntry.space_id)
        .where(RegisterEntry.left.is_(None), Boundary.kind == "parish")
        .order_by(RegisterEntry.number)
    )
    found = [drift_of(entry, parish) for entry, parish in db.session.execute(pairs)]
    return [drift for drift in found if drift is not None]


def drift_of(entry: RegisterEntry, parish: Boundary) -> Drift | None:
    area, ground = entry.geometry, parish.geometry
    shared = shapely.intersection(area, ground).area
    if min(shared / area.area, shared / ground.area) <= NEARLY_ALL:
        return None
    differ = without_scraps(shapely.symmetric_difference(area, ground)).area
    return Drift(entry, parish, float(differ)) if differ else None
