"""response-log.xlsx and aggregates.xlsx: the same rows and numbers as in the other files, with what a reader of a
workbook alone has to know. Counts nothing."""

from collections.abc import Iterable, Iterator, Sequence

from consult.consultations.words import moment
from consult.feedback.board import Board
from consult.feedback.coded import CODED
from consult.feedback.facts import Asked
from consult.feedback.tallies import Figure
from consult.feedback.words import SPLITS, group_words
from consult.reports import crosstabs, dictionary, tables
from consult.reports.material import Material
from consult.reports.results import EVERYONE, KEPT_BACK, KEPT_BACK_MEANS
from consult.reports.statement import line_of
from consult.reports.workbook import Cell, Sheet, workbook
from consult.responses.words import STANCES
from consult.spaces.models import standing

LOG_WIDTHS = (24, 14, 20, 10, 14, 14, 10, 10, 18, 30, 80, 50, 18, 40)
FIGURES = ("figure", "what", "group", "responses", "people", "value", "ids_sha256")
THEMES = ("theme", "label", "under", "responses", "people", "definition", "includes", "excludes")
THEME_WIDTHS = (14, 40, 30, 12, 12, 60, 40, 40)
ISSUES = (
    "issue", "title", "responses", "people", "points", "outcome", "policy", "plan_change", "agreed", "minute",
)  # fmt: skip
ISSUE_WIDTHS = (14, 50, 12, 12, 12, 24, 30, 60, 14, 24)
CAMPAIGNS = ("campaign", "type", "responses", "people")
CROSS_TABS = ("rows", "row", "columns", "column", "responses", "people")
CROSS_TAB_WIDTHS = (34, 60, 34, 34, 12, 12)
PETITION = "P"  # how the names of petitions begin
FIGURE_WIDTHS = (22, 60, 34, 12, 12, 12, 20)


def response_log(given: Material, rows: Iterable[Sequence[str]]) -> bytes:
    title = f"Response log: {given.consultation.title}"
    return book(
        given,
        title,
        [Sheet("Response log", tables.LOG, rows, LOG_WIDTHS), explained(dictionary.LOG)],
    )


def aggregates(given: Material) -> bytes:
    title = f"Aggregates: {given.consultation.title}"
    called = labels(given.board) | {theme.key: f"Theme: {theme.label}" for theme in given.coded.themes}
    called |= {each.figure.key: f"Issue {each.name}: points that it answers" for each in given.answered}
    called[CODED] = "Responses of which a point was read and coded"
    top = [figure for figure in given.figures if not figure.filter]
    split = [figure for figure in given.figures if figure.filter]
    return book(
        given,
        title,
        [
            Sheet("Toplines", FIGURES, (row(f, called) for f in top), FIGURE_WIDTHS),
            Sheet("Groups", FIGURES, (row(f, called) for f in split), FIGURE_WIDTHS),
            Sheet("Themes", THEMES, themes(given), THEME_WIDTHS),
            Sheet("Issues", ISSUES, issues(given), ISSUE_WIDTHS),
            Sheet("Campaigns", CAMPAIGNS, campaigns(given), (16, 14, 12, 12)),
            *cross_tabs(given),
            explained([*dictionary.AGGREGATES, *others(given)]),
        ],
    )


def others(given: Material) -> dictionary.Listed:
    """What the columns mean that only some sheets have."""
    compared = [] if given.public else dictionary.CROSS_TABS
    return [*dictionary.THEMES, *dictionary.ISSUES, *dictionary.CAMPAIGNS, *compared]


def issues(given: Material) -> Iterator[list[Cell]]:
    """Those whose reply was agreed, each with its figure."""
    for each in given.answered:
        figure = given.board.numbers[each.figure.key, ""]
        numbers = (figure.responses, figure.people, figure.value)
        counted: list[Cell] = [KEPT_BACK if number is None else number for number in numbers]
        said = (each.reply.outcome, each.policy, each.reply.plan_change, each.agreed.isoformat(), each.minute)
        yield [figure.key, each.name, *counted, *said]


def campaigns(given: Material) -> Iterator[list[Cell]]:
    for name in given.facts.campaigns:
        figure = given.board.numbers[f"campaign.{name}", ""]
        numbers = (figure.responses, figure.people)
        counted: list[Cell] = [KEPT_BACK if number is None else number for number in numbers]
        yield [name, "Petition" if name.startswith(PETITION) else "Campaign", *counted]


def cross_tabs(given: Material) -> Iterator[Sheet]:
    """Only in the full layer: small groups are in them."""
    if not given.public:
        rows = crosstabs.listed(given.facts, given.coded)
        yield Sheet("Cross-tabs", CROSS_TABS, rows, CROSS_TAB_WIDTHS)


def themes(given: Material) -> Iterator[list[Cell]]:
    """In the order of the frame, each with its figure."""
    every, numbers = given.coded.by_number, given.board.numbers
    for theme in given.coded.matters:
        figure = numbers.get((theme.key, ""))
        if figure is not None:
            under = every[theme.under].label if theme.under in every else ""
            counted = (figure.responses, figure.people)
            shown: list[Cell] = [KEPT_BACK if number is None else number for number in counted]
            yield [theme.key, theme.label, under, *shown, theme.definition, theme.includes, theme.excludes]


def book(given: Material, title: str, sheets: list[Sheet]) -> bytes:
    first = Sheet("Information", ("About this file", ""), information(given, title), (34, 110))
    return workbook(title, standing().name, given.at, [first, *sheets])


def explained(columns: dictionary.Listed) -> Sheet:
    return Sheet("Data dictionary", ("Column", "What it means"), columns, (22, 110))


def information(given: Material, title: str) -> Iterator[tuple[str, str]]:
    version = given.consultation.plan_version
    yield "What this is", title
    yield "Body", standing().name
    if version:
        yield "Plan", f"{version.title}, version {version.number}"
    yield "Layer", given.layer
    yield "Responses as they stood on", f"{moment(given.at)} UK time"
    yield "Snapshot (SHA-256)", given.snapshot
    if given.audit_head:
        yield "Head of the audit log (SHA-256)", given.audit_head
    if given.coded.themes:
        yield "Code frame (SHA-256)", given.coded.frame_sha256
    yield "Every response accounted for", line_of(given.line)
    yield (
        "Filters",
        "Only counted responses are in the figures; the response log lists every response but those withdrawn.",
    )
    yield "Method", METHOD
    yield "Limits", LIMITS
    if given.public:
        yield "Kept back", KEPT_BACK_MEANS


FILTERS = "Only counted responses are in the figures; the log lists every response but those withdrawn."
METHOD = (
    "Figures are counted once, from a frozen snapshot, and shown alike in every file of this report. Each is given as "
    "responses and as people. The command “flask reports verify” counts them again."
)
LIMITS = (
    "Whoever wished to respond did: this is not a survey, and no figure is a vote. What people pointed at and where "
    "they live are two things."
)


def row(figure: Figure, called: dict[str, str]) -> list[Cell]:
    numbers = (figure.responses, figure.people, figure.value)
    shown: list[Cell] = [KEPT_BACK if number is None else number for number in numbers]
    group = in_words(figure.filter)
    return [figure.key, called.get(figure.key, figure.key), group, *shown, figure.ids_sha256]


def in_words(filter_: str) -> str:
    split = str(SPLITS.get(filter_.partition("=")[0], ""))
    return f"{split}: {group_words(filter_)}" if filter_ else EVERYONE


def labels(board: Board) -> dict[str, str]:
    """What each figure counts, in words, by its key."""
    found = {"counted": "Responses counted"}
    for question in board.questions:
        asked = f"{question.reference}. {question.title}"
        found[question.reference] = asked
        found[f"{question.reference}.places"] = f"{asked}: places"
        found |= {key: f"{asked}: {words}" for key, words in answers(board, question)}
        if question.kind == "stance":
            found |= dict(stances(board, question, asked))
    return found


def answers(board: Board, question: Asked) -> Iterator[tuple[str, str]]:
    yield from ((f"{question.reference}.{key}", words) for key, words in question.options)
    yield from board.amounts.get(question.reference, ())


def stances(board: Board, question: Asked, asked: str) -> Iterator[tuple[str, str]]:
    for policy in board.policies:
        about, name = f"{question.reference}.{policy.reference}", f"{policy.reference} {policy.title}"
        yield about, f"{asked}: {name}"
        yield from ((f"{about}.{stance}", f"{asked}: {name}: {words}") for stance, words in STANCES.items())
