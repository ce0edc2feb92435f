"""The policies and the sites on one map: each site says which policies are about it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask_babel import gettext
from shapely.geometry.base import BaseGeometry

from consult.plans import site_maps
from consult.plans.models import PlanVersion
from consult.plans.policies import Policy
from consult.plans.site_maps import OfAKind
from consult.plans.sites import Site
from geodata.drawing import Layer, Shape


@dataclass(frozen=True)
class WithItsPolicies(OfAKind):
    """Sites of one kind, each labelled with its policies too; choosing one leads to its place on the page."""

    policies: dict[UUID, list[Policy]] = field(default_factory=dict)

    def layer(self) -> Layer:
        shapes = [Shape(site.geometry, self.label(site), self.title(site)) for site in self.sites]
        return Layer(shapes, self.style, self.key)

    def about(self, site: Site) -> dict[str, str]:
        return {"name": self.title(site), "href": f"#{anchor(site)}"}

    def label(self, site: Site) -> str:
        mine = [
            policy.reference
            for policy in self.policies.get(site.id, [])
            if policy.reference != site.reference
        ]
        return f"{site.reference} ({', '.join(mine)})" if mine else site.reference

    def title(self, site: Site) -> str:
        mine = ", ".join(policy.name for policy in self.policies.get(site.id, []))
        return (
            gettext("%(site)s: policy %(policies)s", site=site.title, policies=mine) if mine else site.title
        )


def anchor(site: Site) -> str:
    """A site's place on a page, in every version the same."""
    return f"site-{site.land_id}"


def policies_by_site(version: PlanVersion) -> dict[UUID, list[Policy]]:
    found = defaultdict(list)
    for policy in version.policies:
        for link in policy.lies_on:
            found[link.site_id].append(policy)
    return found


def groups(version: PlanVersion) -> Sequence[OfAKind]:
    policies = policies_by_site(version)
    return [
        WithItsPolicies(each.geometry, each.style, each.key, sites=each.sites, policies=policies)
        for each in site_maps.by_kind(version.sites)
    ]


def light_map(version: PlanVersion, area: BaseGeometry | None, address: str) -> dict[str, Any]:
    return site_maps.light_map(version.sites, area, caption(), address, groups(version))


def drawn(version: PlanVersion, area: BaseGeometry | None) -> str:
    return site_maps.drawn(version.sites, area, caption(), groups(version))


def caption() -> str:
    return gettext("The policies and sites of the plan, and the neighbourhood area")
