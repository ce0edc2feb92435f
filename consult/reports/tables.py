"""responses.csv and response-log.csv, with the columns that others rely on.

The public layer shows that every response was received and what became of it, and how often each policy was supported
or objected to; not what one response said beside what else it said, from which somebody could be known.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback.facts import STANCES, STATUSES, Asked, Facts
from consult.reports.points import IN_A_COLUMN, Point, Voice, chosen
from consult.responses.models import Response
from consult.web import cells

RESPONSE = (
    "reference", "received", "channel", "status", "kind", "people", "connection", "home", "late", "campaign",
)  # fmt: skip
LOG = (
    "point", "response", "received", "channel", "kind", "connection", "home", "policy", "stance", "themes",
    "comment", "reply", "outcome", "plan_change",
)  # fmt: skip
BETWEEN = ";"
NO_STANCE = "no stance"


def responses_csv(consultation: Consultation, facts: Facts, heard: list[Voice], points: list[Point]) -> bytes:
    return cells.table(columns_of(facts), responses(consultation, facts, heard, points))


def columns_of(facts: Facts) -> list[str]:
    return [*RESPONSE, *(question.reference for question in facts.questions)]


def responses(
    consultation: Consultation, facts: Facts, heard: list[Voice], points: list[Point]
) -> Iterator[list[str | int]]:
    """A row for each of these responses; `points` are what they said."""
    ticked = chosen(consultation.id, facts.questions, {voice.id for voice in heard})
    late = sent_late(consultation)
    said: dict[tuple[UUID, str], list[Point]] = {}
    for point in points:
        said.setdefault((point.voice.id, point.question), []).append(point)
    for voice in heard:
        answers = (answered(voice, question, ticked, said) for question in facts.questions)
        yield [*about(voice, voice.id in late), *answers]


def about(voice: Voice, late: bool) -> list[str | int]:
    connection = BETWEEN.join(voice.connection)
    came = (voice.reference, voice.received, voice.channel, voice.status)
    return [*came, voice.kind, voice.people, connection, voice.home, "yes" if late else "", voice.campaign]


def sent_late(consultation: Consultation) -> set[UUID]:
    late = sa.select(Response.id).where(Response.consultation_id == consultation.id, Response.late)
    return set(db.session.scalars(late))


def answered(
    voice: Voice,
    question: Asked,
    ticked: dict[tuple[UUID, str], list[str]],
    said: dict[tuple[UUID, str], list[Point]],
) -> str:
    """One cell: what one response said to one question."""
    here = (voice.id, question.reference)
    if not voice.is_heard:
        return ""
    if question.kind in IN_A_COLUMN:
        return BETWEEN.join(one_option(words) for words in ticked.get(here, ()))
    if question.kind == "stance":
        return f"{BETWEEN} ".join(f"{p.policy}: {p.stance or NO_STANCE}" for p in said.get(here, ()))
    if question.kind == "place":
        return f"{BETWEEN} ".join(point.comment or "on the map" for point in said.get(here, ()))
    return "\n\n".join(point.words for point in said.get(here, ()))


def one_option(label: str) -> str:
    return label.replace(BETWEEN, ",")


def log_csv(rows: Iterable[Sequence[str]]) -> bytes:
    return cells.table(LOG, rows)


def log(points: list[Point]) -> Iterator[list[str]]:
    return (logged(point) for point in points)


def logged(point: Point) -> list[str]:
    by = point.voice
    who = [by.reference, by.received, by.channel, by.kind, BETWEEN.join(by.connection), by.home]
    themes = BETWEEN.join(point.themes)
    reply = point.reply
    answered = (reply.text, reply.outcome, reply.plan_change)
    return [point.number, *who, point.policy, point.stance, themes, point.words, *answered]


# The public layer.


def public_responses_csv(facts: Facts, heard: list[Voice]) -> bytes:
    """By reference, so that everyone finds their own; the order of arrival is not told."""
    empty = [""] * len(facts.questions)
    in_order = sorted(heard, key=lambda voice: voice.reference)
    return cells.table(
        columns_of(facts), ([v.reference, "", "", v.status, "", "", "", "", "", "", *empty] for v in in_order)
    )


def public_log(facts: Facts) -> list[list[str]]:
    """A row for each stance taken in a counted response, by policy: nobody can tell which belong together."""
    return [
        [f"{question}/{number}", "", "", "", "", "", "", policy, stance, "", "", "", "", ""]
        for number, (question, policy, stance) in enumerate(stances_taken(facts), 1)
    ]


def stances_taken(facts: Facts) -> list[tuple[str, str, str]]:
    counted = facts["status"] == STATUSES.index("counted")
    taken = {
        (int(response), int(question), int(policy), int(stance))
        for response, question, policy, stance in zip(
            *(facts[f"answer_{name}"].tolist() for name in ("response", "question", "policy", "stance")),
            strict=True,
        )
        if stance >= 0 and policy >= 0 and counted[response]
    }
    return list(in_words(facts, sorted((question, policy, stance) for _, question, policy, stance in taken)))


def in_words(facts: Facts, taken: list[tuple[int, int, int]]) -> Iterator[tuple[str, str, str]]:
    for question, policy, stance in taken:
        yield facts.questions[question].reference, facts.policies[policy].reference, STANCES[stance]
