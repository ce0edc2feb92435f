"""The draft plan: versions with their policies and documents, and the sites that policies are about."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.database import Base
from consult.tenancy import Owned, gathered, link_to, linked


class Plan(Owned, Base):
    __tablename__ = "plan"
    title: Mapped[str]
    begun: Mapped[datetime] = mapped_column(default=clock.now)
    versions: Mapped[list["PlanVersion"]] = gathered("Plan", "PlanVersion.plan_id", order_by="PlanVersion.number")


class PlanVersion(Owned, Base):
    """One version; once a consultation on it has opened, it is frozen and the next change makes a new one."""

    __tablename__ = "plan_version"
    plan_id: Mapped[UUID] = link_to("plan")
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    frozen: Mapped[datetime | None]
    plan: Mapped[Plan] = linked("PlanVersion.plan_id", "Plan", overlaps="versions")
    policies: Mapped[list["Policy"]] = gathered("PlanVersion", "Policy.version_id", order_by="Policy.position")
    documents: Mapped[list["Document"]] = gathered("PlanVersion", "Document.version_id", order_by="Document.name")


class Policy(Owned, Base):
    __tablename__ = "policy"
    version_id: Mapped[UUID] = link_to("plan_version")
    reference: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    __table_args__ = (sa.UniqueConstraint("space_id", "version_id", "reference"),)


class Document(Owned, Base):
    """A file to read or download, kept in the database so that every web worker has it."""

    __tablename__ = "document"
    version_id: Mapped[UUID] = link_to("plan_version")
    name: Mapped[str]
    title: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Site(Owned, Base):
    """A piece of land that the plan says something about."""

    __tablename__ = "site"
    plan_id: Mapped[UUID] = link_to("plan")
    reference: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]  # housing allocation, local green space, heritage, other
    outline: Mapped[bytes]  # canonical WKB, EPSG:27700
    notes: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
