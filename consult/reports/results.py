"""The figures of a consultation laid out for a statement: each question with its chart and tables. Counts nothing."""

from collections.abc import Iterator

from consult.feedback.board import Board
from consult.feedback.facts import Asked, Proposed
from consult.feedback.tallies import Figure
from consult.feedback.words import SPLITS
from consult.reports.charts import Bar, bars
from consult.reports.document import Block, Section, Table, Words
from consult.reports.points import IN_A_COLUMN
from consult.responses.words import STANCES

KEPT_BACK = "[c]"
KEPT_BACK_MEANS = (
    f"{KEPT_BACK} marks a number that is kept back: it is below 5, or would let one that is be worked out."
)
EVERYONE = "Everyone"
ANSWERED = {
    "line": "It was answered in words.",
    "text": "It was answered in words.",
    "file": "It was answered with files, which are kept with the responses.",
    "place": "It was answered by pointing at a map or describing a place.",
}


def shown(figure: Figure, number: str = "responses") -> str:
    return KEPT_BACK if figure.suppressed else f"{getattr(figure, number) or 0:,}"


def answered_by(figure: Figure) -> str:
    return f"{counted(figure.responses, 'response')}, from {counted(figure.people, 'person', 'people')}, answered it."


def counted(number: int | None, one: str, many: str = "") -> str:
    number = number or 0
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def questions(board: Board) -> Iterator[Section]:
    for question in board.questions:
        heading = f"{question.reference}. {question.title}"
        told = f"{answered_by(board.number(question.reference))} {ANSWERED.get(question.kind, '')}".strip()
        yield Section(heading, [Words(told), *answers(board, question)], level=2)


def answers(board: Board, question: Asked) -> Iterator[Block]:
    if question.reference in board.middles:
        yield Words(
            f"The answer in the middle is {board.middles[question.reference]}: half lie at or below it."
        )
    if question.kind in IN_A_COLUMN:
        yield from options(board, question)
    elif question.kind == "stance":
        yield from stances(board, question)
    elif question.kind == "place":
        places = board.number(f"{question.reference}.places").value
        yield Words(f"They name {counted(places, 'place')}.")


def options(board: Board, question: Asked) -> Iterator[Block]:
    keys = board.answers(question)
    if not keys:
        return
    if question.kind == "choices":
        yield Words("Several answers could be given, so the numbers add up to more than the responses.")
    yield bars(question.title, [Bar(label, (board.number(key).responses,)) for key, label in keys])
    yield Table(
        f"{question.reference}: responses and people by answer",
        ["Answer", "Responses", "People"],
        [[label, shown(board.number(key)), shown(board.number(key), "people")] for key, label in keys],
    )
    yield from grouped(board, question.reference, keys)


def stances(board: Board, question: Asked) -> Iterator[Block]:
    if not board.policies:
        return
    names = [str(words) for words in STANCES.values()]
    yield Words(
        "People chose the policies that they wanted to comment on, so each policy has its own number of responses."
    )
    yield bars(
        "Stance on each policy", [stance_bar(board, question, policy) for policy in board.policies], names
    )
    yield Table(
        f"{question.reference}: responses by policy and stance",
        ["Policy", *names, "Commented", "People"],
        [stance_row(board, question, policy) for policy in board.policies],
    )
    for policy in board.policies:
        about = f"{question.reference}.{policy.reference}"
        keys = [(f"{about}.{stance}", str(words)) for stance, words in STANCES.items()]
        yield from grouped(board, f"{policy.reference} {policy.title}", keys, splits=("home",))


def name_of(policy: Proposed) -> str:
    return f"{policy.reference} {policy.title}"


def stance_bar(board: Board, question: Asked, policy: Proposed) -> Bar:
    about = f"{question.reference}.{policy.reference}"
    return Bar(name_of(policy), tuple(board.number(f"{about}.{stance}").responses for stance in STANCES))


def stance_row(board: Board, question: Asked, policy: Proposed) -> list[str]:
    about = f"{question.reference}.{policy.reference}"
    by_stance = [shown(board.number(f"{about}.{stance}")) for stance in STANCES]
    return [name_of(policy), *by_stance, shown(board.number(about)), shown(board.number(about), "people")]


def grouped(
    board: Board, name: str, keys: list[tuple[str, str]], splits: tuple[str, ...] = ("home", "connection")
) -> Iterator[Block]:
    """The same answers by group of those who gave them."""
    for split in splits:
        groups = board.groups(split)
        if groups:
            yield Table(
                f"{name}: responses, {str(SPLITS[split])[:1].lower()}{str(SPLITS[split])[1:]}",
                ["Answer", EVERYONE, *(str(group["label"]) for group in groups)],
                [
                    [str(row["label"]), *(shown(cell) for cell in row["cells"])]
                    for row in board.by_group(keys, split)
                ],
            )


def who_responded(board: Board) -> Iterator[Block]:
    """Who they are, in three tables: where they live, their connection, what they are."""
    for split, words in SPLITS.items():
        rows = [
            [
                str(group["label"]),
                *(shown(board.numbers["counted", group["filter"]], n) for n in ("responses", "people")),
            ]
            for group in board.groups(split)
        ]
        if rows:
            yield Table(str(words), ["Group", "Responses", "People"], rows)
