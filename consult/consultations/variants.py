"""What a stage may be about: two kinds of early engagement, and two of plan proposal."""

from dataclasses import dataclass

from sqlalchemy.orm import Mapped, mapped_column

from consult.consultations.questions.starters import ISSUES, VISION, Starter


@dataclass(frozen=True)
class Variant:
    """One kind of a stage; its starters take the place of the stage's own."""

    key: str
    words: str
    purpose: str
    reference: str = ""  # proposed for its address
    starters: tuple[Starter, ...] = ()


EARLY = (
    Variant(
        "vision",
        "Vision survey",
        "Find out what people value and want to change, before anything is written.",
        "early",
        VISION,
    ),
    Variant(
        "options",
        "Issues and options",
        "Show what you have heard, set out what could be done about it, and ask which way to go.",
        "options",
        ISSUES,
    ),
)
PLAN, MODIFICATION = "plan", "modification"
PROPOSALS = (
    Variant(PLAN, "A plan proposal", "The plan is new, or takes the place of one that was made."),
    Variant(
        MODIFICATION,
        "A modification proposal",
        "A plan that was made is modified. You also say whether that changes its nature, and why.",
    ),
)


class Varied:
    """Which kind of its stage it is and, for a modification, the statement of regulation 14(a)(v)."""

    variant: Mapped[str] = mapped_column(default="")  # a key of its stage's variants
    changes_nature: Mapped[str] = mapped_column(
        default=""
    )  # yes, no: whether a modification changes the plan's nature
    changes_reasons: Mapped[str] = mapped_column(default="")
    statement: Mapped[str] = mapped_column(
        default=""
    )  # what regulation 9(b) or 16(a)(iv) has an authority say

    @property
    def is_modification(self) -> bool:
        return self.variant == MODIFICATION
