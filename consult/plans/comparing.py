"""Two versions of the plan beside each other: what was added, removed, moved or changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from consult.plans.blocks import plain
from consult.plans.differing import difference
from consult.plans.models import PlanVersion
from consult.plans.policies import Policy
from consult.plans.sections import Section
from consult.plans.site_words import ONE, size
from consult.plans.sites import Site

GROUPS: Final = (("section", _l("Sections")), ("policy", _l("Policies")), ("site", _l("Sites")))
STATES: Final = {
    "added": _l("Added"),
    "removed": _l("Removed"),
    "moved": _l("Moved"),
    "changed": _l("Changed"),
    "same": _l("Not changed"),
}


@dataclass(frozen=True)
class Side:
    """A thing as one of the versions has it. `exact` tells a change that no word shows: bold, an outline."""

    key: str
    name: str
    stands_in: str
    words: dict[str, str]
    exact: tuple[object, ...]


@dataclass(frozen=True)
class Change:
    """What became of one thing."""

    kind: str
    before: Side | None
    after: Side | None
    moved: bool = False

    @property
    def shown(self) -> Side:
        side = self.after or self.before
        assert side is not None
        return side

    @property
    def states(self) -> list[str]:
        if self.before is None:
            return ["added"]
        if self.after is None:
            return ["removed"]
        found = ["moved"] if self.moved else []
        if self.before.exact != self.after.exact:
            found.append("changed")
        return found or ["same"]

    @property
    def differences(self) -> list[tuple[str, Markup]]:
        """Each wording that differs, by its name, word by word."""
        before, after = (side.words if side else {} for side in (self.before, self.after))
        names = {**before, **after}
        return [
            (name, difference(before.get(name, ""), after.get(name, "")))
            for name in names
            if before.get(name, "") != after.get(name, "")
        ]

    @property
    def unseen(self) -> bool:
        """It changed, and none of its words did."""
        return "changed" in self.states and not self.differences


def compare(before: PlanVersion, after: PlanVersion) -> dict[str, list[Change]]:
    """Everything in either version, by kind, in the order of the later; what was removed comes last."""
    old, new = sides_of(before), sides_of(after)
    return {kind: changes(kind, old[kind], new[kind]) for kind, _ in GROUPS}


def changes(kind: str, old: Sequence[Side], new: Sequence[Side]) -> list[Change]:
    was, stays = {side.key: side for side in old}, {side.key for side in new}
    moved = out_of_order([s.key for s in old if s.key in stays], [s.key for s in new if s.key in was])
    found = [
        Change(kind, was.get(side.key), side, side.key in moved or stands_elsewhere(was.get(side.key), side))
        for side in new
    ]
    return found + [Change(kind, side, None) for side in old if side.key not in stays]


def stands_elsewhere(before: Side | None, after: Side) -> bool:
    return before is not None and before.stands_in != after.stands_in


def out_of_order(old: list[str], new: list[str]) -> set[str]:
    """Those that no longer stand in the order of the others."""
    matched = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {key for block in matched for key in new[block.b : block.b + block.size]}
    return set(new) - kept


def sides_of(version: PlanVersion) -> dict[str, list[Side]]:
    found: dict[str, list[Side]] = {"section": [], "policy": [], "site": []}
    above: dict[int, str] = {}
    for entry in version.outline():
        if entry.section:
            found["section"].append(of_section(entry.section, above.get(entry.level - 1, "")))
            above[entry.level] = entry.section.key
        key = entry.section.key if entry.section else ""
        found["policy"] += [of_policy(policy, key) for policy in entry.policies]
    found["site"] = [of_site(site) for site in version.sites]
    return found


def of_section(section: Section, above: str) -> Side:
    words = {gettext("Heading"): section.title, gettext("Words"): plain(section.text)}
    return Side(section.key, section.title, above, words, (section.title, section.text))


def of_policy(policy: Policy, section: str) -> Side:
    land = [site.title for site in policy.sites]
    words = {
        gettext("Title"): policy.name,
        gettext("In plain English"): policy.summary,
        gettext("Words"): plain(policy.text),
        gettext("Land"): ", ".join(land) or gettext("The whole area"),
    }
    lands = tuple(site.land_id for site in policy.sites)
    return Side(policy.key, policy.name, section, words, (policy.name, policy.summary, policy.text, lands))


def of_site(site: Site) -> Side:
    words = {
        gettext("Name"): site.title,
        gettext("Kind"): str(ONE[site.kind]),
        gettext("Size"): size(site.hectares),
        gettext("Evidence"): site.notes,
    }
    exact = (site.title, site.kind, site.notes, site.outline)
    return Side(f"site-{site.land_id}", site.title, "", words, exact)
