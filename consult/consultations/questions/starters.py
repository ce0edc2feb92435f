"""The questions that a stage starts with; the organiser changes them as they like."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Starter:
    kind: str
    title: str
    hint: str = ""
    options: tuple[str, ...] = ()


PLACE = Starter("place", "Is there a place you would like to tell us about?", "Point at it, and say why.")
VISION = (
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
    PLACE,
)
ISSUES = (
    Starter("text", "Have we understood what matters here? What is missing?"),
    Starter(
        "choice",
        "Which way should the plan go?",
        "Change these to the options that you have set out.",
        ("Option A", "Option B", "Option C", "None of these"),
    ),
    Starter("text", "Why?"),
    PLACE,
)
SITES = (
    Starter("place", "Where is the site?", "Draw round it, point at it, or describe where it is."),
    Starter(
        "choice",
        "What should it be considered for?",
        "",
        ("Homes", "Jobs or shops", "Local green space", "A community use", "Something else"),
    ),
    Starter("text", "What is the site called?"),
    Starter("text", "Why is this a good site for it?"),
    Starter("text", "What do you know about who owns it?", "Leave this empty if you do not know."),
)
DRAFT_PLAN = (
    Starter("stance", "What do you think of each policy?", "Choose the policies you want to comment on."),
    Starter("text", "Is there anything else you want to say about the draft plan?"),
    Starter("place", "Does your comment concern a particular place?", "Point at it, and say why."),
)
SUBMITTED_PLAN = (
    Starter("stance", "What do you think of each policy?", "Choose the policies you want to comment on."),
    Starter(
        "text",
        "What else do you want to say about the plan?",
        "Say which part you mean, whether it meets the basic conditions, and what should change.",
    ),
)
AREA = (
    Starter("choice", "What do you think of the area?", "", ("Support", "Support with changes", "Object")),
    Starter("text", "Why?"),
    Starter("place", "Should its edge run elsewhere?", "Point at where you mean, and say why."),
)
FORUM = (
    Starter(
        "choice",
        "Should this body be designated as the neighbourhood forum?",
        "",
        ("Yes", "Yes, with changes", "No"),
    ),
    Starter("text", "Why?"),
)
