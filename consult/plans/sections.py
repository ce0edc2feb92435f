"""The plan's sections: in order, up to three levels deep, with the policies that stand in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.database import Base, db, new_id
from consult.plans.keys import free, section_key
from consult.plans.marks import mark
from consult.plans.policies import Policy
from consult.tenancy import Owned, link_to
from consult.web.errors import Refused

if TYPE_CHECKING:
    from consult.plans.models import PlanVersion

DEEPEST: Final = 3
MOST_SECTIONS: Final = 300
COPIED: Final = ("key", "title", "text", "level", "position")


class Section(Owned, Base):
    """Words of one version under a heading; `key` is the same thing in every version, and its anchor on a page."""

    __tablename__ = "section"
    __table_args__ = (sa.UniqueConstraint("space_id", "version_id", "key"),)
    version_id: Mapped[UUID] = link_to("plan_version")
    key: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")  # Markdown
    level: Mapped[int] = mapped_column(default=1)
    position: Mapped[int]

    @property
    def mark(self) -> str:
        """Tells whether somebody has changed it since it was read."""
        return mark(self.title, self.text, self.level)


@dataclass(frozen=True)
class Entry:
    """A section with its number (“2.1”) and the policies in it; without a section, those that stand in none."""

    number: str
    section: Section | None
    policies: tuple[Policy, ...]

    @property
    def level(self) -> int:
        return self.section.level if self.section else 1


def numbered(sections: Sequence[Section], policies: Sequence[Policy]) -> list[Entry]:
    """The contents in reading order; policies outside every section come last."""
    entries, counts, inside = [], [0] * DEEPEST, defaultdict[UUID | None, list[Policy]](list)
    for policy in policies:
        inside[policy.section_id].append(policy)
    for section in sections:
        counts[section.level - 1 :] = [counts[section.level - 1] + 1] + [0] * (DEEPEST - section.level)
        number = ".".join(map(str, counts[: section.level]))
        entries.append(Entry(number, section, tuple(inside[section.id])))
    outside = tuple(inside[None])
    return [*entries, Entry("", None, outside)] if outside else entries


class WithSections:
    """What a version does with its sections; whoever changes them holds the plan (`draft_version`)."""

    id: Any  # Mapped, in the model, as are the others
    sections: Any
    policies: Any
    reread: Any
    refuse_frozen: Any

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def outline(self) -> list[Entry]:
        """Its contents, numbered."""
        return numbered(self.sections, self.policies)

    def add_section(
        self, title: str, text: str = "", level: int = 1, after: Section | None = None, key: str = ""
    ) -> Section:
        """At the end, or after another and all that stands beneath it."""
        self.refuse_frozen()
        order = list(self.sections)
        if len(order) >= MOST_SECTIONS:
            raise Refused(f"A plan holds {MOST_SECTIONS} sections at most: join some before you add another.")
        key = key or free(section_key(title), Section)
        section = Section(id=new_id(), version_id=self.id, key=key, title=title, text=text, level=level)
        at = len(order) if after is None else order.index(after) + len(family(order, after))
        order.insert(at, section)
        settle(order)
        db.session.add(section)
        self.in_reading_order()
        return section

    def change_section(self, section: Section, title: str, text: str, level: int) -> None:
        self.refuse_frozen()
        section.title, section.text, section.level = title, text, level
        settle(self.sections)
        self.in_reading_order()

    def move_section(self, section: Section, places: int) -> None:
        """Past the one before (-1) or after it (1), with all that stands beneath either."""
        self.refuse_frozen()
        order = list(self.sections)
        mine = family(order, section)
        at = order.index(section)
        rest = order[:at] + order[at + len(mine) :]
        if places < 0:
            at = max((n for n in range(at) if rest[n].level <= section.level), default=at)
        elif places > 0 and at < len(rest):
            at += len(family(rest, rest[at]))
        rest[at:at] = mine
        settle(rest)
        self.in_reading_order()

    def remove_section(self, section: Section) -> None:
        """Its words go; its policies stand in the section before it, and what is beneath it moves up."""
        self.refuse_frozen()
        order = list(self.sections)
        at = order.index(section)
        for policy in self.policies:
            if policy.section_id == section.id:
                policy.section_id = order[at - 1].id if at else None
        db.session.flush()
        db.session.delete(section)
        settle(order[:at] + order[at + 1 :])
        self.in_reading_order()

    def in_reading_order(self) -> None:
        """The policies follow the sections that they stand in."""
        self.reread()
        policies = [policy for entry in self.outline() for policy in entry.policies]
        for position, policy in enumerate(policies, 1):
            policy.position = position
        self.reread()

    def copy_sections(self, following: "PlanVersion") -> dict[UUID, UUID]:
        """The next version's, as they are here; where each has gone."""
        gone_to = {}
        for section in self.sections:
            copy = Section(
                id=new_id(), version_id=following.id, **{name: getattr(section, name) for name in COPIED}
            )
            db.session.add(copy)
            gone_to[section.id] = copy.id
        db.session.flush()
        return gone_to


def family(order: Sequence[Section], section: Section) -> list[Section]:
    """A section and all that stands beneath it."""
    start = order.index(section)
    beneath = start + 1
    while beneath < len(order) and order[beneath].level > section.level:
        beneath += 1
    return list(order[start:beneath])


def settle(order: Sequence[Section]) -> None:
    """Numbers them anew; none stands more than one level below the one before it."""
    above = 0
    for position, section in enumerate(order, 1):
        section.position = position
        section.level = above = max(1, min(section.level, above + 1, DEEPEST))
