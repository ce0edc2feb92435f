"""The plan's sites: land that it says something about, and what the owners of it were told.

A site belongs to one version of the plan, as policies do, so that a consultation keeps the sites that it showed. A
copy in a later version knows the site that it continues: letters to an owner are about the land, whichever version is
being written.
"""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.areas.models import Outlined
from consult.database import Base, db, new_id
from consult.plans.ground import Ground, Neighbour, area_now
from consult.tenancy import Owned, link_to
from consult.web.errors import Refused
from geodata.boundary import NotABoundary, canonical, from_wkb, hectares

GREEN: Final = "local green space"
KINDS: Final = ("housing allocation", GREEN, "heritage", "other")
MOST_SITES = 300
NO_AREA = "Draw the neighbourhood area first: a site lies inside it."
COPIED = ("reference", "name", "kind", "notes", "outline", "hectares", "source", "at", "by_id")


class ReferenceTaken(Refused):
    """Another site of this version has the reference."""


class Site(Owned, Outlined, Base):
    """A piece of land in one version of the plan: inside the area, and clear of the others of its kind."""

    __tablename__ = "site"
    __table_args__ = (sa.UniqueConstraint("space_id", "version_id", "reference"),)
    version_id: Mapped[UUID] = link_to("plan_version")
    first_id: Mapped[UUID | None] = link_to("site", nullable=True)  # the site that it continues
    reference: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]  # one of KINDS
    notes: Mapped[str] = mapped_column(default="")  # the evidence, which residents read
    source: Mapped[str] = mapped_column(default="drawn")  # drawn, uploaded, repaired, handed
    at: Mapped[datetime] = mapped_column(default=clock.now)  # when the outline was saved, and by whom
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def title(self) -> str:
        return f"{self.reference} {self.name}"

    @property
    def land_id(self) -> UUID:
        """The same in every version."""
        return self.first_id or self.id

    @property
    def is_green(self) -> bool:
        return self.kind == GREEN

    @property
    def contacts(self) -> list["OwnerContact"]:
        found = sa.select(OwnerContact).where(OwnerContact.site_id == self.land_id)
        return list(db.session.scalars(found.order_by(OwnerContact.on, OwnerContact.at)))

    def contact(self, contact_id: UUID) -> "OwnerContact | None":
        return next((contact for contact in self.contacts if contact.id == contact_id), None)


class OwnerContact(Owned, Base):
    """That an owner of the land was written to or spoken with. It names people, and is for those who draw alone."""

    __tablename__ = "owner_contact"
    site_id: Mapped[UUID] = link_to("site")  # the first of its land
    on: Mapped[date]
    how: Mapped[str]
    whom: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class WithSites:
    """What a version of the plan does with its sites; whoever changes them holds the plan (`draft_version`)."""

    id: Any  # Mapped, in the model, as are the others
    sites: Any
    reread: Any
    refuse_frozen: Any
    link_sites: Any
    policies_of: Any

    def site(self, reference: str) -> Site | None:
        return next((site for site in self.sites if site.reference == reference), None)

    def sites_of(self, kind: str) -> list[Site]:
        return [site for site in self.sites if site.kind == kind]

    def ground_for(self, kind: str, but: Site | None = None) -> Ground:
        """Where a site of this kind may lie, `but` being the one that is moved. Refused where there is no area."""
        area = area_now()
        if area is None:
            raise Refused(NO_AREA)
        others = [Neighbour(site.title, site.geometry) for site in self.sites_of(kind) if site is not but]
        return Ground(area, kind, tuple(others))

    def add_site(
        self, shape: BaseGeometry, *, reference: str, name: str, kind: str, notes: str = "",
        source: str = "drawn", by: Any = None,
    ) -> Site:  # fmt: skip
        """Raises NotFree where the shape may not lie, and Refused for a reference that is taken."""
        self.refuse_frozen()
        self.refuse_site_reference(reference)
        if len(self.sites) >= MOST_SITES:
            raise Refused(f"A plan holds {MOST_SITES} sites at most: remove one before you add another.")
        words = {"reference": reference, "name": name, "kind": kind, "notes": notes, "source": source}
        site = Site(id=new_id(), version_id=self.id, by_id=by.id if by else None, **words)
        self.lay(site, shape)
        db.session.add(site)
        self.reread()
        return site

    def change_site(
        self, site: Site, shape: BaseGeometry, *, reference: str, name: str, kind: str, notes: str = "",
        source: str = "drawn", by: Any = None,
    ) -> None:  # fmt: skip
        self.refuse_frozen()
        self.refuse_site_reference(reference, site)
        before = site.outline
        with db.session.no_autoflush:
            site.reference, site.name, site.kind, site.notes = reference, name, kind, notes
            self.lay(site, shape)
        if site.outline != before:
            site.source, site.at, site.by_id = source, clock.now(), by.id if by else None
        self.reread()

    def lay(self, site: Site, shape: BaseGeometry) -> None:
        """Lays a site on its ground, if it is free there."""
        assert site.kind in KINDS
        try:
            outline = canonical(shape)
        except NotABoundary as problem:
            raise Refused(str(problem)) from problem
        kept = from_wkb(outline)
        self.ground_for(site.kind, but=site).refuse(kept)
        site.outline, site.hectares = outline, hectares(kept)

    def remove_site(self, site: Site) -> None:
        """Takes a site out of this version; what was written to its owners goes with the last that it is in."""
        self.refuse_frozen()
        for policy in self.policies_of(site):
            self.link_sites(policy, [other for other in policy.sites if other is not site])
        if site.first_id is None:
            for contact in site.contacts:
                db.session.delete(contact)
            db.session.flush()
        db.session.delete(site)
        self.reread()

    def refuse_site_reference(self, reference: str, but: Site | None = None) -> None:
        """Forms have asked before; this is for two people who save at once."""
        if any(s.reference.casefold() == reference.casefold() for s in self.sites if s is not but):
            raise ReferenceTaken(f"There is already a site {reference}. Give this one another reference.")

    def copy_sites(self, following: "WithSites") -> None:
        """The next version's, as they are here, each knowing what it continues."""
        for site in self.sites:
            words = {name: getattr(site, name) for name in COPIED}
            db.session.add(Site(version_id=following.id, first_id=site.land_id, **words))
        following.reread()
