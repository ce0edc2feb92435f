"""The draft plan: versions with their policies, their documents and (`sites.py`) their sites."""

import hashlib
import re
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.database import Base, alone, db
from consult.plans.sites import Site, WithSites
from consult.spaces.models import standing
from consult.tenancy import Owned, gathered, here, link_to, linked
from consult.web.errors import Refused


class Plan(Owned, Base):
    __tablename__ = "plan"
    title: Mapped[str]
    begun: Mapped[datetime] = mapped_column(default=clock.now)
    versions: Mapped[list["PlanVersion"]] = gathered(
        "Plan", "PlanVersion.plan_id", order_by="PlanVersion.number"
    )


class PlanVersion(WithSites, Owned, Base):
    """One version; once a consultation on it has opened, it is frozen and the next change makes a new one."""

    __tablename__ = "plan_version"
    __table_args__ = (sa.UniqueConstraint("space_id", "plan_id", "number"),)
    plan_id: Mapped[UUID] = link_to("plan")
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    frozen: Mapped[datetime | None]
    plan: Mapped[Plan] = linked("PlanVersion.plan_id", "Plan", overlaps="versions")
    policies: Mapped[list["Policy"]] = gathered(
        "PlanVersion", "Policy.version_id", order_by="Policy.position"
    )
    documents: Mapped[list["Document"]] = gathered(
        "PlanVersion", "Document.version_id", order_by="Document.title"
    )
    sites: Mapped[list[Site]] = gathered(
        "PlanVersion", "Site.version_id", order_by="(func.length(Site.reference), Site.reference)"
    )

    def policy(self, reference: str) -> "Policy | None":
        return next((policy for policy in self.policies if policy.reference == reference), None)

    def document(self, name: str) -> "Document | None":
        return next((document for document in self.documents if document.name == name), None)

    def freeze(self, now: datetime | None = None) -> None:
        """From here on this version stays as it is."""
        change_alone()
        self.frozen = self.frozen or now or clock.now()
        db.session.flush()

    def add_policy(self, reference: str, title: str, summary: str = "", text: str = "") -> "Policy":
        self.refuse_taken(reference)
        position = max((policy.position for policy in self.policies), default=0) + 1
        policy = Policy(
            version_id=self.id,
            reference=reference,
            title=title,
            summary=summary,
            text=text,
            position=position,
        )
        db.session.add(policy)
        self.reread()
        return policy

    def rewrite(self, policy: "Policy", reference: str, title: str, summary: str, text: str) -> None:
        if reference != policy.reference:
            self.refuse_taken(reference, policy)
        policy.reference, policy.title, policy.summary, policy.text = reference, title, summary, text
        self.reread()

    def refuse_taken(self, reference: str, but: "Policy | None" = None) -> None:
        """Forms have asked before; this is for two people who save at once."""
        if any(p.reference.casefold() == reference.casefold() for p in self.policies if p is not but):
            raise Refused(f"There is already a policy {reference}. Give this one another reference.")

    def add_document(self, name: str, title: str, media_type: str, content: bytes) -> "Document":
        if self.document(name):
            raise Refused(f"There is already a file called {name}. Remove it first, or rename yours.")
        sha256 = hashlib.sha256(content).hexdigest()
        document = Document(
            version_id=self.id, name=name, title=title, media_type=media_type, sha256=sha256, content=content
        )
        db.session.add(document)
        self.reread()
        return document

    def remove(self, row: "Policy | Document") -> None:
        db.session.delete(row)
        self.reread()

    def move(self, policy: "Policy", places: int) -> None:
        """Moves a policy up (-1) or down (1) in the order people read."""
        order = list(self.policies)
        at = order.index(policy)
        order.insert(min(max(at + places, 0), len(order) - 1), order.pop(at))
        for position, each in enumerate(order, 1):
            each.position = position
        self.reread()

    def reread(self) -> None:
        db.session.flush()
        db.session.expire(self, ["policies", "documents", "sites"])

    def next(self) -> "PlanVersion":
        """The version after this one, with the same policies, documents and sites."""
        following = PlanVersion(plan_id=self.plan_id, number=self.number + 1)
        db.session.add(following)
        db.session.flush()
        for policy in self.policies:
            following.add_policy(policy.reference, policy.title, policy.summary, policy.text)
        for document in self.documents:
            following.add_document(document.name, document.title, document.media_type, document.content)
        self.copy_sites(following)
        return following


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
    __table_args__ = (sa.UniqueConstraint("space_id", "version_id", "name"),)
    version_id: Mapped[UUID] = link_to("plan_version")
    name: Mapped[str]
    title: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


def latest_version() -> PlanVersion | None:
    """The newest version of the plan of the space we stand in."""
    return db.session.scalar(sa.select(PlanVersion).order_by(PlanVersion.number.desc()).limit(1))


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
