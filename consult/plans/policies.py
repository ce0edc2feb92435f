"""The plan's policies, and the land that each is about."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import shapely
import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Mapped, mapped_column

from consult.database import Base, db, new_id
from consult.plans.keys import free, policy_key
from consult.plans.marks import mark
from consult.plans.sites import Site
from consult.tenancy import Owned, gathered, link_to, linked
from consult.web.errors import Refused

if TYPE_CHECKING:
    from consult.plans.models import PlanVersion
    from consult.plans.sections import Section

MOST_POLICIES: Final = 300
COPIED: Final = ("key", "reference", "title", "summary", "text", "position")


def key_of_row(context: Any) -> str:
    return policy_key(context.get_current_parameters()["reference"])


class Policy(Owned, Base):
    """A policy of one version; `key` is the same policy in every version, and its anchor on a page."""

    __tablename__ = "policy"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "version_id", "reference"),
        sa.UniqueConstraint("space_id", "version_id", "key"),
    )
    version_id: Mapped[UUID] = link_to("plan_version")
    section_id: Mapped[UUID | None] = link_to("section", nullable=True)
    key: Mapped[str] = mapped_column(default=key_of_row)
    reference: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")  # Markdown
    position: Mapped[int]
    lies_on: Mapped[list["PolicySite"]] = gathered(
        "Policy", "PolicySite.policy_id", cascade="all, delete-orphan", overlaps="policy"
    )

    @property
    def sites(self) -> list[Site]:
        """The land that it is about; none: the whole area."""
        return sorted((link.site for link in self.lies_on), key=lambda s: (len(s.reference), s.reference))

    @property
    def area(self) -> BaseGeometry | None:
        """All of its sites together, in EPSG:27700; None where it is about the whole area."""
        return shapely.union_all([site.geometry for site in self.sites]) if self.lies_on else None

    @property
    def name(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def mark(self) -> str:
        """Tells whether somebody has changed it since it was read."""
        lands = sorted(str(site.land_id) for site in self.sites)
        return mark(self.reference, self.title, self.summary, self.text, lands)


class PolicySite(Owned, Base):
    """That a policy is about a site of the same version."""

    __tablename__ = "policy_site"
    __table_args__ = (sa.UniqueConstraint("space_id", "policy_id", "site_id"),)
    version_id: Mapped[UUID] = link_to("plan_version")
    policy_id: Mapped[UUID] = link_to("policy")
    site_id: Mapped[UUID] = link_to("site")
    site: Mapped[Site] = linked("PolicySite.site_id", "Site")


class WithPolicies:
    """What a version does with its policies; whoever changes them holds the plan (`draft_version`)."""

    id: Any  # Mapped, in the model, as are the others
    policies: Any
    sites: Any
    reread: Any
    refuse_frozen: Any
    in_reading_order: Any

    def policy(self, reference: str) -> Policy | None:
        return next((policy for policy in self.policies if policy.reference == reference), None)

    def policy_by_key(self, key: str) -> Policy | None:
        return next((policy for policy in self.policies if policy.key == key), None)

    def add_policy(
        self, reference: str, title: str, summary: str = "", text: str = "",
        section: "Section | None" = None, key: str = "",
    ) -> Policy:  # fmt: skip
        """Raises Refused for a reference that is taken."""
        self.refuse_frozen()
        self.refuse_taken(reference)
        if len(self.policies) >= MOST_POLICIES:
            raise Refused(
                f"A plan holds {MOST_POLICIES} policies at most: remove one before you add another."
            )
        words = {"reference": reference, "title": title, "summary": summary, "text": text}
        last = max((policy.position for policy in self.policies), default=0)
        policy = Policy(
            id=new_id(),
            version_id=self.id,
            section_id=section.id if section else None,
            key=key or free(policy_key(reference), Policy),
            position=last + 1,
            **words,
        )
        db.session.add(policy)
        self.in_reading_order()
        return policy

    def rewrite(self, policy: Policy, reference: str, title: str, summary: str, text: str) -> None:
        self.refuse_frozen()
        if reference != policy.reference:
            self.refuse_taken(reference, policy)
        policy.reference, policy.title, policy.summary, policy.text = reference, title, summary, text
        self.reread()

    def place(self, policy: Policy, section: "Section | None") -> None:
        """Puts a policy in a section, after those that are there, or outside every section."""
        self.refuse_frozen()
        section_id = section.id if section else None
        if policy.section_id != section_id:
            policy.section_id = section_id
            policy.position = len(self.policies) + 1
            self.in_reading_order()

    def link_sites(self, policy: Policy, sites: Iterable[Site]) -> None:
        """Says which land a policy is about; none: the whole area."""
        self.refuse_frozen()
        wanted = {site.id for site in sites}
        kept = [link for link in policy.lies_on if link.site_id in wanted]
        new = wanted - {link.site_id for link in kept}
        more = [PolicySite(version_id=self.id, site_id=site_id) for site_id in new]
        policy.lies_on = kept + more
        db.session.flush()
        db.session.expire(policy, ["lies_on"])

    def refuse_taken(self, reference: str, but: Policy | None = None) -> None:
        """Forms have asked before; this is for two people who save at once."""
        if any(p.reference.casefold() == reference.casefold() for p in self.policies if p is not but):
            raise Refused(f"There is already a policy {reference}. Give this one another reference.")

    def move(self, policy: Policy, places: int) -> None:
        """Moves a policy up (-1) or down (1) among those of its section."""
        self.refuse_frozen()
        order = [each for each in self.policies if each.section_id == policy.section_id]
        positions = [each.position for each in order]
        at = order.index(policy)
        order.insert(min(max(at + places, 0), len(order) - 1), order.pop(at))
        for position, each in zip(positions, order, strict=True):
            each.position = position
        self.reread()

    def policies_of(self, site: Site) -> list[Policy]:
        return [policy for policy in self.policies if any(link.site_id == site.id for link in policy.lies_on)]

    def copy_policies(self, following: "PlanVersion", sections: dict[UUID, UUID]) -> None:
        """The next version's, as they are here, in their sections and on their land."""
        land = {site.land_id: site.id for site in following.sites}
        for policy in self.policies:
            words = {name: getattr(policy, name) for name in COPIED}
            section_id = sections[policy.section_id] if policy.section_id else None
            copy = Policy(id=new_id(), version_id=following.id, section_id=section_id, **words)
            ids = (land[link.site.land_id] for link in policy.lies_on)
            copy.lies_on = [PolicySite(version_id=following.id, site_id=site_id) for site_id in ids]
            db.session.add(copy)
        following.reread()
