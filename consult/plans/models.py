"""The draft plan: versions with their sections, policies, sites and documents, each in a module of its own."""

import re
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.database import Base, alone, db
from consult.plans.documents import Document, WithDocuments
from consult.plans.freezing import Freezes
from consult.plans.policies import Policy, PolicySite, WithPolicies
from consult.plans.sections import Section, WithSections
from consult.plans.sites import Site, WithSites
from consult.spaces.models import standing
from consult.tenancy import Owned, gathered, here, link_to, linked

__all__ = ["Document", "Plan", "PlanVersion", "Policy", "PolicySite", "Section", "latest_version"]


class Plan(Owned, Base):
    __tablename__ = "plan"
    title: Mapped[str]  # as it is written now; a frozen version keeps the one that it had
    begun: Mapped[datetime] = mapped_column(default=clock.now)
    versions: Mapped[list["PlanVersion"]] = gathered(
        "Plan", "PlanVersion.plan_id", order_by="PlanVersion.number"
    )


class PlanVersion(WithSections, WithPolicies, WithDocuments, WithSites, Freezes, Owned, Base):
    """One version; once a consultation on it has opened, it is frozen and the next change makes a new one."""

    __tablename__ = "plan_version"
    __table_args__ = (sa.UniqueConstraint("space_id", "plan_id", "number"),)
    plan_id: Mapped[UUID] = link_to("plan")
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    frozen: Mapped[datetime | None]
    frozen_title: Mapped[str | None]
    plan: Mapped[Plan] = linked("PlanVersion.plan_id", "Plan", overlaps="versions")
    sections: Mapped[list[Section]] = gathered(
        "PlanVersion", "Section.version_id", order_by="Section.position"
    )
    policies: Mapped[list[Policy]] = gathered("PlanVersion", "Policy.version_id", order_by="Policy.position")
    documents: Mapped[list[Document]] = gathered(
        "PlanVersion", "Document.version_id", order_by="Document.title"
    )
    sites: Mapped[list[Site]] = gathered(
        "PlanVersion", "Site.version_id", order_by="(func.length(Site.reference), Site.reference)"
    )

    @property
    def title(self) -> str:
        """What the plan was called when people were asked about this version, or is called now."""
        return self.frozen_title or self.plan.title

    def retitle(self, title: str) -> None:
        self.refuse_frozen()
        self.plan.title = title

    def freeze(self, now: datetime | None = None) -> None:
        """From here on this version stays as it is."""
        change_alone()
        if self.frozen is None:
            self.frozen, self.frozen_title = now or clock.now(), self.plan.title
        db.session.flush()

    def remove(self, row: Policy | Document) -> None:
        self.refuse_frozen()
        db.session.delete(row)
        self.reread()

    def reread(self) -> None:
        db.session.flush()
        db.session.expire(self, ["sections", "policies", "documents", "sites"])

    def next(self) -> "PlanVersion":
        """The version after this one, with the same sections, policies, documents and sites."""
        following = PlanVersion(plan_id=self.plan_id, number=self.number + 1)
        db.session.add(following)
        db.session.flush()
        self.copy_sites(following)
        self.copy_policies(following, self.copy_sections(following))
        self.copy_documents(following)
        return following


def latest_version() -> PlanVersion | None:
    """The newest version of the plan of the space we stand in."""
    return db.session.scalar(sa.select(PlanVersion).order_by(PlanVersion.number.desc()).limit(1))


def find_version(number: int) -> PlanVersion | None:
    return db.session.scalar(sa.select(PlanVersion).where(PlanVersion.number == number))


def draft_version() -> PlanVersion:
    """The version to change: from here to the end of the transaction nobody else changes or freezes the plan.

    Where the newest is frozen it makes the next; where there is no plan it begins one.
    """
    change_alone()
    version = latest_version()
    if version is None:
        return begin(f"{place_of(standing().name)} neighbourhood plan")
    return version.next() if version.frozen else version


def change_alone() -> None:
    db.session.flush()  # `alone` reads everything afresh
    alone(f"plan of {here()}")


def place_of(body: str) -> str:
    """“Ash Hill” of “Ash Hill Neighbourhood Forum”."""
    return re.sub(r"\s+(Neighbourhood(\s+Planning)?\s+Forum|(Parish|Town)\s+Council)$", "", body, flags=re.I)


def begin(title: str) -> PlanVersion:
    plan = Plan(title=title)
    db.session.add(plan)
    db.session.flush()
    version = PlanVersion(plan_id=plan.id, number=1)
    db.session.add(version)
    db.session.flush()
    return version
