"""What each stage's consultation asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

Stage = Literal["early_engagement", "call_for_sites", "regulation_14", "regulation_16"]
Stance = Literal["support", "support_with_changes", "object", "comment"]
STANCES: Final[tuple[Stance, ...]] = ("support", "support_with_changes", "object", "comment")


@dataclass(frozen=True)
class Question:
    reference: str
    kind: Literal["choice", "choices", "stance", "text", "place", "scale", "number", "line", "file"]
    title: str
    hint: str = ""
    options: tuple[str, ...] = ()
    page: int = 1
    settings: dict[str, Any] = field(default_factory=dict)
    only_after: tuple[str, tuple[str, ...]] | None = None  # an earlier question, and answers to it
    help: str = ""


SATISFIED: Final = {"from": 1, "to": 5, "low": "Not at all", "high": "Very"}
QUESTIONS: Final[dict[Stage, tuple[Question, ...]]] = {
    "early_engagement": (
        Question("Q1", "text", "What do you love about this place?", "A few words or a few lines."),
        Question("Q2", "text", "What would you change?"),
        Question(
            "Q3",
            "choices",
            "What matters most over the next fifteen years?",
            "Choose any.",
            (
                "Homes people can afford",
                "Parks and nature",
                "Safer streets",
                "Shops and work",
                "Old buildings",
                "Buses and trains",
                "Somewhere to meet",
                "Flooding and the river",
            ),
        ),
        Question(
            "Q4",
            "choice",
            "How do you mostly get about?",
            "",
            ("On foot", "By bike", "By bus or train", "By car", "By wheelchair or scooter"),
        ),
        Question(
            "Q5",
            "place",
            "Show us a place",
            "Somewhere you value, or somewhere that needs attention.",
            page=2,
        ),
        Question("Q6", "text", "Anything else?", page=2),
        Question(
            "Q7", "scale", "How satisfied are you with living or working here?", page=3, settings=SATISFIED
        ),
        Question(
            "Q8",
            "number",
            "How many cars and vans does your household have?",
            page=3,
            settings={"unit": "", "least": 0, "most": 20, "whole": True},
            only_after=("Q4", ("By car",)),
            help="Count those that you may use, whoever owns them. Leave motorcycles out.",
        ),
        Question("Q9", "line", "In three words, what should it be like in fifteen years?", page=3),
        Question("Q10", "file", "Have you a photograph that you would like to send?", page=3),
    ),
    "call_for_sites": (
        Question("Q1", "place", "Where is the site?", "Draw round it, or mark it with a pin."),
        Question(
            "Q2",
            "choices",
            "What could it be used for?",
            "Choose all that apply.",
            ("Homes", "Work", "Community building", "Local green space", "Allotments", "Renewable energy"),
        ),
        Question(
            "Q3",
            "choice",
            "What is your interest in the site?",
            "Anyone may suggest a site.",
            ("I own it", "I act for the owner", "I am only suggesting it"),
        ),
        Question(
            "Q4",
            "choice",
            "When could it be available?",
            "",
            ("Within five years", "In five to ten years", "Later than that", "I don't know"),
        ),
        Question("Q5", "text", "Tell us about the site", "What is there now, the way in, anything else."),
    ),
    "regulation_14": (
        Question(
            "Q1", "stance", "What do you think of each policy?", "Choose only those you care about.", STANCES
        ),
        Question(
            "Q2",
            "choice",
            "Should the plan go forward?",
            "",
            ("Yes", "Yes, with changes", "No", "I'm not sure"),
        ),
        Question("Q3", "text", "What would make the plan better?"),
        Question("Q4", "place", "Is there a place your comments are about?"),
        Question(
            "Q5",
            "choice",
            "How did you hear about this?",
            "",
            ("A leaflet", "A poster", "Social media", "A neighbour or friend", "An email", "An event"),
        ),
    ),
    "regulation_16": (
        Question("Q1", "stance", "Which policies are your comments about?", "", STANCES),
        Question("Q2", "choice", "Does the plan meet the basic conditions?", "", ("Yes", "No", "No view")),
        Question("Q3", "text", "Your representation", "Say what should change and why."),
        Question("Q4", "choice", "Shall we tell you what is decided about the plan?", "", ("Yes", "No")),
        Question("Q5", "choice", "If there is a hearing, do you wish to speak?", "", ("Yes", "No")),
    ),
}


def questions_for(stage: Stage) -> list[Question]:
    return list(QUESTIONS[stage])
