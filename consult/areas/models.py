"""The neighbourhood area: its drafts, the application, the register that everyone can read."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.database import Base
from consult.tenancy import Decided, Handed, Owned, Posted, link_to, linked


class Area(Owned, Base):
    """The area that a space draws. One a space; its outlines are versions."""

    __tablename__ = "area"
    name: Mapped[str]
    begun: Mapped[datetime] = mapped_column(default=clock.now)


class AreaVersion(Owned, Base):
    """One saved outline: never edited, only followed by the next."""

    __tablename__ = "area_version"
    area_id: Mapped[UUID] = link_to("area")
    number: Mapped[int]
    outline: Mapped[bytes]  # canonical WKB, EPSG:27700
    hectares: Mapped[float]
    source: Mapped[str]  # drawn, pasted, uploaded, imported, repaired
    original: Mapped[bytes | None]  # the file or text as it came
    original_name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    area: Mapped[Area] = linked("AreaVersion.area_id", "Area")


class Application(Handed, Base):
    """An area application under regulation 5, handed to the authority with its outline."""

    __tablename__ = "application"
    area_version_id: Mapped[UUID] = link_to("area_version")
    name: Mapped[str]
    outline: Mapped[bytes]
    hectares: Mapped[float]
    why_appropriate: Mapped[str]  # regulation 5(1)(b)
    relevant_body: Mapped[str]  # regulation 5(1)(c)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    withdrawn: Mapped[datetime | None]


class Contest(Handed, Base):
    """An application clashes with an entry of the register: received all the same, and kept off it."""

    __tablename__ = "contest"
    application_id: Mapped[UUID] = link_to("application")
    entry_space_id: Mapped[UUID]
    entry_id: Mapped[UUID]
    area_m2: Mapped[float]
    width_m: Mapped[float]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    settled: Mapped[datetime | None]
    __table_args__ = (
        sa.ForeignKeyConstraint(["entry_space_id", "entry_id"], ["register_entry.space_id", "register_entry.id"]),
    )


class RegisterEntry(Posted, Base):
    """One area on the register, as applied for or as designated. No two that are on it overlap."""

    __tablename__ = "register_entry"
    number: Mapped[int] = mapped_column(unique=True)  # the spatial index's key
    application_id: Mapped[UUID | None] = link_to("application", nullable=True)
    reference: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    body: Mapped[str]
    outline: Mapped[bytes]
    hectares: Mapped[float]
    entered: Mapped[datetime] = mapped_column(default=clock.now)
    designated_on: Mapped[date | None]
    left: Mapped[datetime | None]  # refused, withdrawn or superseded: no longer on the register


class AreaDecision(Decided, Base):
    """The authority's decision on an application: designated, or refused with reasons (regulation 7)."""

    __tablename__ = "area_decision"
    application_id: Mapped[UUID] = link_to("application")
    outcome: Mapped[str]  # designated, refused
    reasons: Mapped[str] = mapped_column(default="")
    slivers: Mapped[str] = mapped_column(default="")  # why slivers were left, when they were
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


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
    features: Mapped[list[dict[str, object]]] = mapped_column(sa.JSON())  # WKB as hex, EPSG:27700, and label
    attribution: Mapped[str] = mapped_column(default="")
