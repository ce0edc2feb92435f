"""The files that sites came from, as they came. A file may hold many sites; it is kept once, and goes with the last of
them."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Response, abort
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.areas.outline.uploads import file_name
from consult.areas.pages import body_only
from consult.areas.saved.version_files import attached
from consult.database import Base, db
from consult.plans.models import latest_version
from consult.plans.pages import pages, site_of
from consult.plans.sites import Site
from consult.tenancy import Owned, link_to, linked


class SiteFile(Owned, Base):
    """A file of sites as it was uploaded."""

    __tablename__ = "site_file"
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class SiteOriginal(Owned, Base):
    """A site's outline came from a file. The copies of the site in later versions have it as long as they keep that
    outline."""

    __tablename__ = "site_original"
    site_id: Mapped[UUID] = link_to("site")
    file_id: Mapped[UUID] = link_to("site_file")
    outline: Mapped[str]  # the SHA-256 of what was saved
    file: Mapped[SiteFile] = linked("SiteOriginal.file_id", "SiteFile", viewonly=True)
    site: Mapped[Site] = linked("SiteOriginal.site_id", "Site", viewonly=True)


def keep(sites: list[Site], content: bytes, name: str, by: Any) -> None:
    """Keeps the file that the outlines of these sites, as they are saved now, were read from."""
    kept = SiteFile(name=file_name(name), content=content, by_id=by.id if by is not None else None)
    db.session.add(kept)
    db.session.flush()
    for site in sites:
        forget(site)
        db.session.add(SiteOriginal(site_id=site.id, file_id=kept.id, outline=mark_of(site)))
    db.session.flush()


def original_of(site: Site) -> SiteFile | None:
    """The file that a site's present outline came from."""
    ours = sa.select(Site.id).where(sa.or_(Site.id == site.land_id, Site.first_id == site.land_id))
    found = (
        sa.select(SiteFile)
        .join(SiteOriginal, SiteOriginal.file_id == SiteFile.id)
        .where(SiteOriginal.site_id.in_(ours), SiteOriginal.outline == mark_of(site))
        .order_by(SiteFile.at.desc())
        .limit(1)
    )
    return db.session.scalar(found)


def forget(site: Site) -> None:
    """Before a site goes, or comes from another file."""
    for original in db.session.scalars(sa.select(SiteOriginal).where(SiteOriginal.site_id == site.id)).all():
        kept = original.file
        db.session.delete(original)
        db.session.flush()
        others = sa.select(SiteOriginal.id).where(SiteOriginal.file_id == kept.id).limit(1)
        if db.session.scalar(others) is None:
            db.session.delete(kept)
    db.session.flush()


def mark_of(site: Site) -> str:
    return hashlib.sha256(site.outline).hexdigest()


@pages.get("/<space:space>/plan/sites/<reference>/original")
@needs(Act.LOOK)
def site_original(reference: str) -> Response:
    """The file as it came, whatever it is: to be kept, never shown as a page of ours."""
    body_only()
    site = site_of(latest_version(), reference)
    found = original_of(site) or abort(404)
    answer = attached(found.content, "application/octet-stream", found.name or f"{reference}-as-it-came")
    audit.note_download(f"original of site {site.reference}", me())
    return answer
