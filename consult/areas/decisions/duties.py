"""What the law asks of an authority with an application for an area: publicity first, and a decision in time; or, for
the whole of a parish, to designate it as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import shapely
from shapely.geometry.base import BaseGeometry

from consult import clock
from consult.areas.decisions.proposing import without_scraps
from consult.areas.loaded import boundaries
from consult.areas.loaded.boundaries import Boundary
from consult.areas.models import Application, RegisterEntry
from consult.spaces.models import Space

PUBLICISED_FOR = timedelta(weeks=6)  # at least: regulation 6(c)
WEEKS, WEEKS_OF_SEVERAL = (
    13,
    20,
)  # regulation 6A(2): of one authority, and where several have part of the area


@dataclass(frozen=True)
class Duties:
    """`parish` names the parish that was applied for as a whole, which regulation 5A asks to designate; else it is
    empty, and the other two say when."""

    parish: str
    earliest: date  # six weeks from the day of the application: publicity cannot have begun before it
    weeks: int


def of(application: Application, met: Iterable[RegisterEntry]) -> Duties:
    """`met` are the entries of the register that it overlaps. Asked where the body or its authority stands."""
    return Duties(
        whole_parish(application.space, application.geometry, met),
        clock.uk(application.at).date() + PUBLICISED_FOR,
        WEEKS_OF_SEVERAL if application.spans else WEEKS,
    )


def whole_parish(space: Space, shape: BaseGeometry, met: Iterable[RegisterEntry] = ()) -> str:
    """The name of the parish, where a council's area is the whole of its own and no designated area in it reaches out
    of it (regulation 5A(1), Neighbourhood Planning (General) Regulations 2012); else empty. Slivers aside."""
    return whole(boundaries.own(space, "parish") if space.kind == "council" else [], shape, met)


def whole(own: list[Boundary], shape: BaseGeometry, met: Iterable[RegisterEntry] = ()) -> str:
    """The same where the council's `own` parishes are known."""
    if not own:
        return ""
    ground = shapely.union_all([parish.geometry for parish in own])
    designated = [entry.geometry for entry in met if entry.designated_on]
    beyond = [shapely.difference(other, ground) for other in designated]
    differ = [shapely.symmetric_difference(shape, ground), *beyond]
    whole = all(without_scraps(land).is_empty for land in differ)
    return " and ".join(parish.name for parish in own) if whole else ""
