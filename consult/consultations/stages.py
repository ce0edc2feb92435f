"""The stages at which people are consulted: what each is called, which regulation it stands on, what it asks first."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

SIX_WEEKS = 42  # days: regulations 6, 9, 14 and 16, Neighbourhood Planning (General) Regulations 2012
ONE_DAY = 1


@dataclass(frozen=True)
class Starter:
    """A question that a stage starts with; the organiser changes it as they like."""

    kind: str
    title: str
    hint: str = ""
    options: tuple[str, ...] = ()


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
    starters: tuple[Starter, ...] = field(default=())

    @property
    def statutory(self) -> bool:
        return bool(self.regulation)


EVERYONE = ("forum", "council", "authority")
BODIES = ("forum", "council")

EARLY = Stage(
    "early_engagement",
    _l("Early engagement"),
    "",
    "Find out what people value and want to change, before anything is written.",
    "early",
    offered_to=EVERYONE,
    starters=(
        Starter("text", "What do you value most about living or working here?"),
        Starter("text", "What would you change?"),
        Starter(
            "choices",
            "Which of these should the plan deal with?",
            "Choose as many as you like.",
            (
                "Homes",
                "Green spaces and nature",
                "Traffic and parking",
                "Walking and cycling",
                "Shops and jobs",
                "Heritage and design",
                "Community buildings",
            ),
        ),
        Starter("place", "Is there a place you would like to tell us about?", "Point at it, and say why."),
    ),
)
CALL_FOR_SITES = Stage(
    "call_for_sites",
    _l("Call for sites"),
    "",
    "Ask everyone, owners or not, for land that the plan should look at.",
    "sites",
    offered_to=EVERYONE,
    starters=(
        Starter("place", "Where is the site?", "Point at it, or describe where it is."),
        Starter(
            "choice",
            "What should it be considered for?",
            "",
            ("Homes", "Jobs or shops", "Local green space", "A community use", "Something else"),
        ),
        Starter("text", "Why is this a good site for it?"),
        Starter("text", "What do you know about who owns it?", "Leave this empty if you do not know."),
    ),
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
    starters=(
        Starter("stance", "What do you think of each policy?", "Choose the policies you want to comment on."),
        Starter("text", "Is there anything else you want to say about the draft plan?"),
        Starter("place", "Does your comment concern a particular place?", "Point at it, and say why."),
    ),
)
REGULATION_16 = Stage(
    "regulation_16",
    _l("Regulation 16: publicity of the submitted plan"),
    "regulation 16",
    "Publicise the plan that a body has submitted, before it is examined.",
    "reg16",
    SIX_WEEKS,
    on_the_plan=True,
)
REGULATION_6 = Stage(
    "regulation_6",
    _l("Regulation 6: publicity of an area application"),
    "regulation 6",
    "Ask for views on a neighbourhood area that a body has applied for.",
    "reg6",
    SIX_WEEKS,
)
REGULATION_9 = Stage(
    "regulation_9",
    _l("Regulation 9: publicity of a forum application"),
    "regulation 9",
    "Ask for views on a body that has applied to be a neighbourhood forum.",
    "reg9",
    SIX_WEEKS,
)

STAGES = {
    stage.key: stage
    for stage in (EARLY, CALL_FOR_SITES, REGULATION_14, REGULATION_16, REGULATION_6, REGULATION_9)
}


def offered_to(kind: str) -> list[Stage]:
    """The stages that a space of this kind can start."""
    return [stage for stage in STAGES.values() if kind in stage.offered_to]
