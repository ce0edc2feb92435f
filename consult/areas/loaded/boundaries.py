"""Boundaries that belong to everybody: authorities, parishes and wards, loaded by the operator, to begin an area from
and to hold it against. Which rules are checked depends on what is loaded: nobody can be held against a parish that we
do not know."""

import math
import re
from datetime import datetime
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.areas.models import Outlined, ParishConsent
from consult.database import Base, db, new_id
from consult.spaces.models import Space
from geodata.boundary import canonical, from_wkb, hectares

Kind = Literal["authority", "parish", "ward"]
KINDS: tuple[Kind, ...] = ("authority", "parish", "ward")
BODY_KINDS = {"authority": "authority", "parish": "council"}
# What a council's name, or the source of a boundary, adds to the name of the place.
ADDED = re.compile(
    r"\b(unitary authority|london borough of|(city|town|parish|community|district|borough|county) council|council"
    r"|district|borough|civil parish|parish|cp|ca|b)\b"
)


class Boundary(Outlined, Base):
    """The boundary of an authority, a parish or a ward, in canonical WKB (EPSG:27700). Its box is in whole metres."""

    __tablename__ = "boundary"
    __table_args__ = (
        sa.UniqueConstraint("kind", "reference"),
        sa.CheckConstraint("kind IN ('authority', 'parish', 'ward')", name="kind"),
        sa.Index("ix_boundary_kind_west", "kind", "west"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    reference: Mapped[str]  # its GSS code where the file has one, else made of its name
    name: Mapped[str]
    west: Mapped[int]
    south: Mapped[int]
    east: Mapped[int]
    north: Mapped[int]
    attribution: Mapped[str] = mapped_column(default="")
    loaded: Mapped[datetime] = mapped_column(default=clock.now)
    body_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("space.id"), index=True)

    def draw(self, shape: BaseGeometry) -> None:
        """Takes this shape, valid and in EPSG:27700 metres. Raises NotABoundary."""
        self.outline = canonical(shape)
        kept = from_wkb(self.outline)
        self.hectares = hectares(kept)
        west, south, east, north = kept.bounds
        self.west, self.south = math.floor(west), math.floor(south)
        self.east, self.north = math.ceil(east), math.ceil(north)


def plain(name: str) -> str:
    """A place's name without what councils and map makers add to it: “St Mary’s CP” is “st marys”."""
    letters = re.sub(r"[’']", "", name.casefold().replace("&", " and "))
    words = " ".join(re.sub(r"[^\w]+", " ", letters).split())
    return " ".join(ADDED.sub(" ", words).split()) or words


def is_called(name: str, space: Space) -> bool:
    return bool(plain(name)) and plain(name) in (plain(space.name), space.slug.replace("-", " "))


def loaded(kind: Kind) -> bool:
    """Whether there are any of this kind."""
    return db.session.scalar(sa.select(Boundary.id).where(Boundary.kind == kind).limit(1)) is not None


def near(shape: BaseGeometry, kind: Kind) -> list[Boundary]:
    """Those of a kind whose boxes meet the shape's (EPSG:27700 metres), by name. What they share with it is asked of
    geodata."""
    if shape.is_empty:
        return []
    west, south, east, north = shape.bounds
    found = sa.select(Boundary).where(
        Boundary.kind == kind,
        Boundary.west <= east,
        Boundary.east >= west,
        Boundary.south <= north,
        Boundary.north >= south,
    )
    return list(db.session.scalars(found.order_by(Boundary.name, Boundary.reference)))


def named(kind: Kind, text: str, limit: int = 20) -> list[Boundary]:
    """Those of a kind with `text` in their names, what begins with it first."""
    words = " ".join(text.split())
    begins = Boundary.name.istartswith(words, autoescape=True)
    found = (
        sa.select(Boundary)
        .where(Boundary.kind == kind, Boundary.name.icontains(words, autoescape=True))
        .order_by(sa.case((begins, 0), else_=1), Boundary.name, Boundary.reference)
        .limit(limit)
    )
    return list(db.session.scalars(found))


def own(space: Space, kind: Kind) -> list[Boundary]:
    """The boundaries of this kind that are the space's own: those tied to it, else what is called so in its district.
    Nearly always one or none; a council may have several parishes."""
    tied = sa.select(Boundary).where(Boundary.kind == kind, Boundary.body_id == space.id)
    found = list(db.session.scalars(tied.order_by(Boundary.name)))
    if found or BODY_KINDS.get(kind) != space.kind:
        return found
    untied = sa.select(Boundary.id, Boundary.name).where(Boundary.kind == kind, Boundary.body_id.is_(None))
    called = [row.id for row in db.session.execute(untied) if is_called(row.name, space)]
    found = list(db.session.scalars(sa.select(Boundary).where(Boundary.id.in_(called)))) if called else []
    return found if len(found) < 2 else in_district(found, space)


def in_district(found: list[Boundary], space: Space) -> list[Boundary]:
    """There is a Ham in many districts: only those in the space's own, where its outline is known."""
    districts = own(space.authority, "authority") if space.authority else []
    inside = [one for one in found if any(one.geometry.intersects(d.geometry) for d in districts)]
    return inside if districts else found


def consents_of(space: Space) -> set[str]:
    """References of the parishes whose councils have consented to the space's area, as recorded and not withdrawn.
    Asked where the space or its authority stands."""
    recorded = sa.select(ParishConsent.parish).where(
        ParishConsent.space_id == space.id, ParishConsent.withdrawn.is_(None)
    )
    return set(db.session.scalars(recorded))
