"""The neighbourhood area: its drafts, the application, the register that everyone can read."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import audit, clock
from consult.database import Base, InsertOnly, alone, db
from consult.spaces.models import Space, standing
from consult.tenancy import Decided, Handed, Owned, Posted, gathered, here, link_to, linked
from geodata.boundary import canonical, from_wkb, hectares

HANDED = "handed"  # the source of an outline that an authority publicises: a body's, not its own


class Area(Owned, Base):
    """The area that a space draws. One a space; its outlines are versions."""

    __tablename__ = "area"
    name: Mapped[str]
    begun: Mapped[datetime] = mapped_column(default=clock.now)


class Outlined:
    """Whatever carries an outline: canonical WKB, EPSG:27700."""

    outline: Mapped[bytes]
    hectares: Mapped[float]

    @property
    def geometry(self) -> MultiPolygon:
        return from_wkb(self.outline)


class AreaVersion(Owned, Outlined, InsertOnly, Base):
    """One saved outline: never edited, only followed by the next."""

    __tablename__ = "area_version"
    __table_args__ = (sa.UniqueConstraint("space_id", "area_id", "number"),)
    area_id: Mapped[UUID] = link_to("area")
    number: Mapped[int]
    source: Mapped[str]  # drawn, pasted, uploaded, imported, repaired
    original: Mapped[bytes | None] = mapped_column(deferred=True)  # the file or text as it came
    original_name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    area: Mapped[Area] = linked("AreaVersion.area_id", "Area")


class Application(Handed, Outlined, Base):
    """An area application under regulation 5, handed to the authority with its outline."""

    __tablename__ = "application"
    area_version_id: Mapped[UUID] = link_to("area_version", nullable=True)  # null once the space is deleted
    name: Mapped[str]
    why_appropriate: Mapped[str]  # regulation 5(1)(b)
    relevant_body: Mapped[str]  # regulation 5(1)(c)
    spans: Mapped[str] = mapped_column(default="")  # which authorities it lies in, where there are several
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    withdrawn: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    contests: Mapped[list["Contest"]] = gathered(
        "Application", "Contest.application_id", order_by="Contest.at"
    )
    decision: Mapped["AreaDecision | None"] = gathered(
        "Application", "AreaDecision.application_id", uselist=False
    )
    entries: Mapped[list["RegisterEntry"]] = gathered(
        "Application", "RegisterEntry.application_id", order_by="RegisterEntry.number"
    )
    space: Mapped[Space] = relationship(
        primaryjoin="foreign(Application.space_id) == Space.id", viewonly=True
    )

    @property
    def entry(self) -> "RegisterEntry | None":
        """Its entry; after a modification the one that followed."""
        return self.entries[-1] if self.entries else None

    @property
    def state(self) -> str:
        """withdrawn, designated, refused, contested (received, and kept off the register) or applied."""
        if self.withdrawn:
            return "withdrawn"
        if self.decision:
            return self.decision.outcome
        return "applied" if self.entry else "contested"

    @property
    def is_live(self) -> bool:
        return self.state in ("applied", "contested")

    @property
    def standing_contests(self) -> list["Contest"]:
        """The contests whose other area is still on the register."""
        return [contest for contest in self.contests if contest.entry.left is None]


class Contest(Handed, Base):
    """An application clashes with an entry of the register: received all the same, and kept off it. It stands for
    as long as that entry is on the register."""

    __tablename__ = "contest"
    application_id: Mapped[UUID] = link_to("application")
    entry_space_id: Mapped[UUID]
    entry_id: Mapped[UUID]
    area_m2: Mapped[float]
    width_m: Mapped[float]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    entry: Mapped["RegisterEntry"] = relationship(
        primaryjoin="and_(foreign(Contest.entry_space_id) == RegisterEntry.space_id, "
        "foreign(Contest.entry_id) == RegisterEntry.id)",
        viewonly=True,
    )
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["entry_space_id", "entry_id"], ["register_entry.space_id", "register_entry.id"]
        ),
    )


class RegisterEntry(Posted, Outlined, Base):
    """One area on the register, as applied for or as designated. No two that are on it overlap."""

    __tablename__ = "register_entry"
    number: Mapped[int] = mapped_column(unique=True)  # the spatial index's key
    application_id: Mapped[UUID | None] = link_to("application", nullable=True)
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    body: Mapped[str]
    entered: Mapped[datetime] = mapped_column(default=clock.now)
    designated_on: Mapped[date | None]
    left: Mapped[datetime | None]  # refused, withdrawn or superseded: no longer on the register
    changed: Mapped[datetime | None] = mapped_column(
        default=clock.now, onupdate=clock.now
    )  # whatever of it changed; none where that was before this was kept
    space: Mapped[Space] = relationship(
        primaryjoin="foreign(RegisterEntry.space_id) == Space.id", viewonly=True
    )
    authority: Mapped[Space] = relationship(
        primaryjoin="foreign(RegisterEntry.authority_id) == Space.id", viewonly=True
    )

    @property
    def status(self) -> str:
        return "designated" if self.designated_on else "applied"

    @property
    def last_changed(self) -> datetime:
        return self.changed or self.left or self.entered


class AreaDecision(Decided, Base):
    """The authority's decision on an application: designated, or refused with reasons (regulation 7). What is
    designated is some or all of what was applied for (s61G(5), Town and Country Planning Act 1990): an outline of its
    own."""

    __tablename__ = "area_decision"
    __table_args__ = (sa.UniqueConstraint("space_id", "application_id"),)
    application_id: Mapped[UUID] = link_to("application")
    outcome: Mapped[str]  # designated, refused
    reasons: Mapped[str] = mapped_column(default="")
    slivers: Mapped[str] = mapped_column(default="")  # why slivers were left, when they were
    how: Mapped[str] = mapped_column(default="")  # as applied, snapped, smaller; empty: before this was kept
    outline: Mapped[bytes | None]  # as designated
    hectares: Mapped[float | None]
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    application: Mapped[Application] = linked("AreaDecision.application_id", "Application", viewonly=True)

    @property
    def geometry(self) -> MultiPolygon | None:
        return from_wkb(self.outline) if self.outline else None


class ParishConsent(Handed, Base):
    """Another parish's council consents to an area that reaches into its parish (s61F(2), Town and Country Planning Act
    1990), as the applying council recorded it. Withdrawn, never removed."""

    __tablename__ = "parish_consent"
    parish: Mapped[str]  # the reference of its boundary
    parish_name: Mapped[str]
    by_whom: Mapped[str]  # who consented: the council, and who wrote for it
    on: Mapped[date]
    evidence: Mapped[str]  # the minute or the letter
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    withdrawn: Mapped[datetime | None]


class Postcode(Base):
    """A unit postcode's point, from Code-Point Open or the ONS Postcode Directory; metres, EPSG:27700."""

    __tablename__ = "postcode"
    code: Mapped[str] = mapped_column(primary_key=True)  # without its space
    easting: Mapped[int]
    northing: Mapped[int]


class BaseMapLayer(Base):
    """One layer of the offline base map of an authority's district, drawn under every map of its bodies."""

    __tablename__ = "base_map_layer"
    authority_id: Mapped[UUID] = mapped_column(sa.ForeignKey("space.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    style: Mapped[str]
    features: Mapped[list[dict[str, Any]]]  # {"wkb": hex, EPSG:27700, "label": words or null}
    attribution: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)


def latest_version() -> AreaVersion | None:
    """The outline last saved in the space we stand in."""
    return db.session.scalar(sa.select(AreaVersion).order_by(AreaVersion.number.desc()).limit(1))


def save_version(
    outline_geometry: BaseGeometry,
    *,
    source: str,
    by: Any,
    original: bytes | None = None,
    original_name: str = "",
) -> AreaVersion:
    """Keeps an outline, valid and in EPSG:27700, as the next version; saving the same twice keeps it once."""
    space = standing()
    alone(f"area of {space.id}")
    outline, last = canonical(outline_geometry), latest_version()
    if last is not None and last.outline == outline:
        return last
    version = AreaVersion(
        area_id=last.area_id if last else begin_area(space).id,
        number=last.number + 1 if last else 1,
        outline=outline,
        hectares=hectares(from_wkb(outline)),
        source=source,
        original=original,
        original_name=original_name,
        by_id=by.id if by is not None else None,
    )
    db.session.add(version)
    audit.record(
        "area.saved", f"outline {version.number}", by=by, source=source, hectares=round(version.hectares, 2)
    )
    db.session.flush()
    return version


def take_in(outline: bytes, name: str) -> AreaVersion:
    """An outline that was handed to the authority we stand in, as it came: the map of what it publicises."""
    area = Area(name=name)
    db.session.add(area)
    db.session.flush()
    version = AreaVersion(
        area_id=area.id, number=1, outline=outline, hectares=hectares(from_wkb(outline)), source=HANDED
    )
    db.session.add(version)
    db.session.flush()
    return version


def begin_area(space: Space) -> Area:
    area = Area(name=space.name)
    db.session.add(area)
    db.session.flush()
    return area


def area_version_in_force() -> UUID | None:
    """The outline that homes are counted against: as designated or applied for or, before that, as last saved. What was
    designated with another outline than applied for has a version of its own (`settling.py`)."""
    entered = sa.select(RegisterEntry.outline).where(
        RegisterEntry.left.is_(None), RegisterEntry.space_id == here()
    )
    same = (
        sa.select(AreaVersion.id)
        .where(AreaVersion.outline.in_(entered))
        .order_by(AreaVersion.number.desc())
        .limit(1)
    )
    applied = sa.select(Application.area_version_id).where(
        Application.id == RegisterEntry.application_id, Application.space_id == here()
    )
    on_it = applied.where(RegisterEntry.left.is_(None), RegisterEntry.space_id == here())
    own = sa.select(AreaVersion.id).where(AreaVersion.source != HANDED)
    newest = own.order_by(AreaVersion.number.desc()).limit(1)
    return db.session.scalar(same) or db.session.scalar(on_it) or db.session.scalar(newest)
