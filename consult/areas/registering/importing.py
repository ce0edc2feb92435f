"""A whole file of areas onto the register: one space and one entry a feature, and each clash named."""

import re
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from consult import audit, clock, tenancy
from consult.areas import register
from consult.areas.models import Application, AreaDecision, save_version
from consult.areas.outline import surroundings
from consult.database import db, new_id
from consult.spaces.models import Admission, ForumDesignation, Space
from geodata import boundary
from geodata.findings import Finding
from geodata.reading import Feature

SLUG_AT_MOST = 60
THE_OPERATOR = "the operator"


@dataclass
class Import:
    """What came of a file: how many went in, and a sentence for each that did not."""

    entered: int = 0
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Terms:
    """What is the same for every feature of a file."""

    authority: Space
    kind: str
    designated_on: date | None
    file_name: str


def slug_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:SLUG_AT_MOST].strip("-")


def authority_of(slug: str) -> Space | None:
    """The authority of that slug, made when there is none; None when the slug is somebody else's."""
    found = db.session.scalar(sa.select(Space).where(Space.slug == slug))
    if found is None:
        found = Space(slug=slug, kind="authority", name=slug.replace("-", " ").title())
        db.session.add(found)
        db.session.flush()
        audit.record_operator("authority.founded", slug=slug)
    return found if found.is_authority else None


def enter(features: list[tuple[str, Feature]], terms: Terms) -> Import:
    """Puts each feature on the register, or names what it clashes with; inside a unit of work."""
    done = Import()
    register.hold()
    slugs = Slugs()
    for name, feature in features:
        if trouble := fault(feature) or unlawful(feature, terms.kind):
            done.left_out.append(f"“{name}” is left out: {trouble}")
        elif overlaps := register.overlapping(feature.geometry):
            shares = " and ".join(f"“{other.name}” ({other.area_m2:,.0f} m²)" for other in overlaps)
            done.left_out.append(f"“{name}” is left out: it overlaps {shares}.")
        else:
            put_in(name, feature, slugs.free(name), terms)
            done.entered += 1
    into = {"file": terms.file_name, "authority": terms.authority.slug}
    audit.record_operator("register.imported", entered=done.entered, **into)
    return done


def fault(feature: Feature) -> str:
    return first_error(boundary.check(feature.geometry))


def unlawful(feature: Feature, kind: str) -> str:
    """A forum's area may contain no part of a parish that has a council (s61G(3), Town and Country Planning Act 1990).
    Empty where it does not, where no parishes are loaded, and for a council."""
    return first_error(surroundings.of_a_forum(feature.geometry)) if kind == "forum" else ""


def first_error(found: list[Finding]) -> str:
    return next((finding.message for finding in found if finding.severity == "error"), "")


class Slugs:
    """Addresses that nobody has yet."""

    def __init__(self) -> None:
        self.taken = set(db.session.scalars(sa.select(Space.slug)))

    def free(self, name: str) -> str:
        stem, number = slug_of(name) or "area", 1
        slug = stem
        while slug in self.taken:
            number += 1
            slug = f"{stem}-{number}"
        self.taken.add(slug)
        return slug


def put_in(name: str, feature: Feature, slug: str, terms: Terms) -> None:
    body = Space(slug=slug, kind=terms.kind, name=name, authority_id=terms.authority.id)
    db.session.add(body)
    db.session.flush()
    body_id, authority_id = body.id, terms.authority.id
    with tenancy.inside(body_id):
        version = save_version(feature.geometry, source="imported", by=None, original_name=terms.file_name)
        application = Application(
            id=new_id(),
            authority_id=authority_id,
            area_version_id=version.id,
            name=name,
            outline=version.outline,
            hectares=version.hectares,
            why_appropriate=f"Entered by {THE_OPERATOR} from {terms.file_name}.",
            relevant_body=f"Entered by {THE_OPERATOR} from {terms.file_name}.",
        )
        db.session.add(application)
        db.session.flush()
        words = register.entry_words(application) | {"designated_on": terms.designated_on}
        overlaps = register.claim(application.outline, **words)
        assert not overlaps, "the register was not held"
        application_id = application.id
    with tenancy.inside(authority_id):
        whose = {"space_id": body_id, "authority_id": authority_id}
        db.session.add(Admission(**whose, by=THE_OPERATOR))
        if (
            terms.designated_on and terms.kind == "forum"
        ):  # whose area is designated is designated itself (s61F)
            db.session.add(ForumDesignation(**whose, on=terms.designated_on, by=THE_OPERATOR))
        if terms.designated_on:
            decision = {
                "outcome": "designated",
                "on": terms.designated_on,
                "reasons": "Entered as designated already.",
            }
            db.session.add(AreaDecision(**whose, **decision, application_id=application_id))
        db.session.flush()


def today_if(status: str, given: date | None) -> date | None:
    return (given or clock.today()) if status == "designated" else None
