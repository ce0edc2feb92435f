"""A plan that was handed to the authority we stand in, as it came: its sections, its sites and its policies."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from consult.areas.models import HANDED
from consult.database import db, new_id
from consult.plans.models import Plan, PlanVersion, Policy, PolicySite, Section, change_alone
from consult.plans.sites import Site

Rows = Sequence[Mapping[str, Any]]
STANDS: Final = ("section", "sites")  # where a policy stands, by key and by references


def take_in(title: str, policies: Rows, sections: Rows = (), sites: Rows = ()) -> PlanVersion:
    """Frozen as it came. It is a plan of its own, since an authority has those of many bodies; its version's number is
    taken by no other of them."""
    change_alone()
    plan = Plan(title=title)
    db.session.add(plan)
    db.session.flush()
    last = db.session.scalar(sa.select(sa.func.max(PlanVersion.number))) or 0
    version = PlanVersion(plan_id=plan.id, number=last + 1)
    db.session.add(version)
    db.session.flush()
    fill(version, policies, sections, sites)
    version.reread()
    version.freeze()
    return version


def fill(version: PlanVersion, policies: Rows, sections: Rows, sites: Rows) -> None:
    """Nothing is checked anew: what was submitted is what people are asked about."""
    by_key: dict[str, UUID] = {}
    by_reference: dict[str, UUID] = {}
    for position, words in enumerate(sections, 1):
        by_key[words["key"]] = made = new_id()
        db.session.add(Section(id=made, version_id=version.id, position=position, **words))
    for words in sites:
        by_reference[words["reference"]] = made = new_id()
        db.session.add(Site(id=made, version_id=version.id, source=HANDED, **words))
    db.session.flush()
    for position, given in enumerate(policies, 1):
        words = {name: value for name, value in given.items() if name not in STANDS}
        policy = Policy(id=new_id(), version_id=version.id, position=position, **words)
        policy.section_id = by_key.get(given.get("section", ""))
        lies_on = [by_reference[name] for name in given.get("sites", ()) if name in by_reference]
        policy.lies_on = [PolicySite(version_id=version.id, site_id=site_id) for site_id in lies_on]
        db.session.add(policy)
