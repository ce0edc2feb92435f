"""The stages at which people are consulted: what each is called, which regulation it stands on, what it asks first."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from consult.consultations import variants
from consult.consultations.questions import starters
from consult.consultations.questions.starters import Starter
from consult.consultations.variants import Variant
from consult.spaces import law

HERE = Path(__file__)
SIX_WEEKS = 42  # days: regulations 6, 9, 14 and 16, Neighbourhood Planning (General) Regulations 2012
ONE_DAY = 1


@dataclass(frozen=True)
class Names:
    """Where its regulation asks for what everybody is told: what it is, where to see it, how to answer, until when."""

    what: str
    where: str
    how: str
    until: str


@dataclass(frozen=True)
class Stage:
    key: str
    words: Any  # lazily translated
    regulation: str  # empty where no regulation governs it
    purpose: str
    reference: str  # proposed for its address
    shortest_days: int = ONE_DAY  # from first publicity where a regulation says so, else from the opening
    on_the_plan: bool = False
    needs_area: bool = False
    consults_bodies: bool = False  # each body of Schedule 1, and the authority gets a copy
    offered_to: tuple[str, ...] = ()
    about: str = ""  # what an authority publicises, as it was handed over: area, forum, submission
    about_words: str = ""
    names: Names | None = None  # none where no regulation governs it, or where its list has them
    asks: Path | None = None  # the list of what its regulation has an authority tell everyone
    starters: tuple[Starter, ...] = ()
    variants: tuple[Variant, ...] = ()

    @property
    def statutory(self) -> bool:
        return bool(self.regulation)

    @property
    def for_an_authority(self) -> bool:
        """Whether it is started from what was handed to an authority, in whose space it stands."""
        return bool(self.about)

    def named(self, on: date) -> Names | None:
        """Where its regulation, as it stands on that day, asks for what everybody is told."""
        if self.asks is None:
            return self.names
        listed = law.in_force(self.asks, on)
        points = {point.key: point.where for point in listed.points}
        return Names(points["what"], points["where"], points["how"], points["until"])

    def point(self, key: str, on: date) -> law.Point | None:
        """What else its regulation asks for, as it stands on that day."""
        return law.in_force(self.asks, on).point(key) if self.asks else None

    def variant(self, key: str) -> Variant | None:
        return next((variant for variant in self.variants if variant.key == key), None)

    def starters_of(self, key: str) -> tuple[Starter, ...]:
        variant = self.variant(key)
        return variant.starters if variant and variant.starters else self.starters


EVERYONE = ("forum", "council", "authority")
BODIES = ("forum", "council")

EARLY = Stage(
    "early_engagement",
    _l("Early engagement"),
    "",
    "Find out what people value and want to change, before anything is written.",
    "early",
    offered_to=EVERYONE,
    starters=starters.VISION,
    variants=variants.EARLY,
)
CALL_FOR_SITES = Stage(
    "call_for_sites",
    _l("Call for sites"),
    "",
    "Ask everyone, owners or not, for land that the plan should look at.",
    "sites",
    offered_to=EVERYONE,
    starters=starters.SITES,
)
REGULATION_14 = Stage(
    "regulation_14",
    _l("Regulation 14: consultation on the draft plan"),
    "regulation 14",
    "Consult on the complete draft plan for at least six weeks, as the law asks before you submit it.",
    "reg14",
    SIX_WEEKS,
    on_the_plan=True,
    needs_area=True,
    consults_bodies=True,
    offered_to=BODIES,
    names=Names(
        "regulation 14(a)(i)",
        "regulation 14(a)(ii)",
        "regulation 14(a)(iii)",
        "regulation 14(a)(iv)",
    ),
    starters=starters.DRAFT_PLAN,
    variants=variants.PROPOSALS,
)
REGULATION_16 = Stage(
    "regulation_16",
    _l("Regulation 16: publicity of the submitted plan"),
    "regulation 16",
    "Publicise the plan that a body has submitted, before it is examined.",
    "reg16",
    SIX_WEEKS,
    on_the_plan=True,
    about="submission",
    about_words="the plan proposal",
    asks=HERE.with_name("regulation_16.toml"),
    starters=starters.SUBMITTED_PLAN,
    variants=variants.PROPOSALS,
)
REGULATION_6 = Stage(
    "regulation_6",
    _l("Regulation 6: publicity of an area application"),
    "regulation 6",
    "Ask for views on a neighbourhood area that a body has applied for.",
    "reg6",
    SIX_WEEKS,
    about="area",
    about_words="the area application",
    asks=HERE.with_name("regulation_6.toml"),
    starters=starters.AREA,
)
REGULATION_9 = Stage(
    "regulation_9",
    _l("Regulation 9: publicity of a forum application"),
    "regulation 9",
    "Ask for views on a body that has applied to be a neighbourhood forum.",
    "reg9",
    SIX_WEEKS,
    about="forum",
    about_words="the forum application",
    asks=HERE.with_name("regulation_9.toml"),
    starters=starters.FORUM,
)

STAGES = {
    stage.key: stage
    for stage in (EARLY, CALL_FOR_SITES, REGULATION_14, REGULATION_16, REGULATION_6, REGULATION_9)
}


def offered_to(kind: str) -> list[Stage]:
    """The stages that a space of this kind can start."""
    return [stage for stage in STAGES.values() if kind in stage.offered_to]
