"""What each column means: the data dictionary that a workbook carries with it."""

from consult.feedback.facts import CONNECTIONS, HOMES, STANCES, STATUSES

Listed = list[tuple[str, str]]


def of(*values: str) -> str:
    return f"One of: {', '.join(values)}."


COMMON = {
    "response": "The reference of the response, which its sender has too.",
    "received": "When it was received, in UTC (ISO 8601).",
    "channel": "How it came: the website, on paper, by email and so on.",
    "kind": "What the respondent is: an individual, a landowner, a business, a body.",
    "connection": f"Any of: {', '.join(CONNECTIONS)}; several are separated by a semicolon. They overlap.",
    "home": of(*HOMES) + " From the postcode, else from their own word.",
}
LOG: Listed = [
    ("point", "The name of the point: response, question, and the number of the answer. A place’s number "
              "begins with p. Where an answer was cut into several points, a letter follows."),
    *COMMON.items(),
    ("policy", "The policy that the point is about, as given, or as read by the person who coded it."),
    ("stance", of(*STANCES) + " As given, or as read by the person who coded it."),
    ("themes", "The themes that the point raises, by the labels of the code frame; several are separated by a "
               "semicolon. Empty where nobody has coded it."),
    ("comment", "What was said, word for word. A change that it asks for follows after “Suggested change:”."),
    ("reply", "The body’s reply. Empty until there is one."),
    ("outcome", "What came of it. Empty until it is decided."),
    ("plan_change", "What changes in the plan. Empty until it is decided."),
]  # fmt: skip
SELECTED: Listed = [
    *LOG,
    ("status", of(*STATUSES) + " What became of the response: only counted ones are in the figures."),
    ("people", "How many people the response speaks for: the same number on each of its points."),
]
AGGREGATES: Listed = [
    ("figure", "The name of the figure, the same in figures.json. README.txt says how names are made."),
    ("what", "What is counted, in words."),
    ("group", "Which responses are looked at: everyone, or a group by home, connection or kind."),
    ("responses", "How many counted responses. [c] marks a number that is kept back."),
    ("people", "How many people they speak for: an individual is one, an organisation is one, and those who sign "
               "together are as many as was entered for them."),
    ("value", "What is counted: responses, or places where the name of the figure ends in .places."),
    ("ids_sha256", "The SHA-256 of the sorted references of the responses behind the figure, one a line. "
                   "Empty where a few could be guessed from it."),
]  # fmt: skip
THEMES: Listed = [
    ("theme", "The name of the theme’s figure, the same in figures.json."),
    ("label", "The theme, as the code frame words it."),
    ("under", "The wider theme that it belongs to, if any."),
    ("definition", "What the theme is."),
    ("includes", "What else belongs to it."),
    ("excludes", "What does not."),
]  # fmt: skip
CROSS_TABS: Listed = [
    ("rows", "The first of two facts that are compared."),
    ("row", "A group of the first fact; “Everybody” for all of them. Somebody may be in several groups."),
    ("columns", "The second fact."),
    ("column", "A group of the second fact; “Everybody” for all of them."),
]
ISSUES: Listed = [
    ("issue", "The name of the issue’s figure, the same in figures.json."),
    ("title", "What it is about, as the body words it."),
    ("points", "How many points of counted responses it answers."),
    ("outcome", "What comes of it."),
    ("policy", "The policy that changes, if one does."),
    ("plan_change", "What changes in the plan."),
    ("agreed", "The day on which the body agreed its reply."),
    ("minute", "The minute that says so."),
]
CAMPAIGNS: Listed = [
    ("campaign", "The name of the campaign or petition, the same in responses.csv."),
    (
        "type",
        "Campaign: near-identical letters that somebody has confirmed. Petition: one text with many signatures.",
    ),
]
STATUS_MEANS = of(*STATUSES)
RESPONSES: Listed = [
    ("reference", "The reference of the response, which its sender has too."),
    *((name, means) for name, means in COMMON.items() if name != "response"),
    ("status", STATUS_MEANS + " Only counted responses are in the figures."),
    ("people", "How many people it speaks for."),
    ("late", "“yes” where it came after the close."),
    ("campaign", "The standard letter or petition that it is of, once somebody has confirmed it."),
    ("one column a question", "What was answered to it: options are separated by a semicolon."),
]  # fmt: skip
