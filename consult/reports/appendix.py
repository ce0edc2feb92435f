"""What people wrote, word for word, by question and policy. Only in the full version."""

from collections.abc import Iterator
from itertools import groupby

import sqlalchemy as sa

from consult.clearing.public import Said
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback.facts import OF_PEOPLE, Facts
from consult.feedback.words import GROUPS
from consult.reports.document import Block, Points, Quoted, Section, Words
from consult.reports.points import Point, Voice
from consult.responses.models import Response
from consult.responses.words import KINDS, STANCES

NOT_COUNTED = {
    "duplicate": "a duplicate, not counted",
    "late": "late, not counted",
    "excluded": "excluded, not counted",
}


def sections(
    consultation: Consultation, facts: Facts, voices: list[Voice], points: list[Point]
) -> Iterator[Section]:
    yield Section("Appendix: what people wrote", [Words(INTRODUCTION)], appendix=True)
    written = [point for point in points if point.words]
    for question in facts.questions:
        quoted = list(quotes([point for point in written if point.question == question.reference], facts))
        if quoted:
            yield Section(f"{question.reference}. {question.title}", quoted, level=2)
    if not written:
        yield Section("Nobody wrote anything", [], level=2)
    spoke = organisations(consultation, voices)
    if spoke:
        yield Section("Appendix: organisations that responded", [Points(spoke)], appendix=True)


INTRODUCTION = (
    "Every comment, as it was written, under the reference of its response. "
    "The words of responses that were withdrawn are left out."
)


def quotes(points: list[Point], facts: Facts) -> Iterator[Block]:
    order = {policy.reference: at for at, policy in enumerate(facts.policies)}
    titles = {policy.reference: f"{policy.reference} {policy.title}" for policy in facts.policies}
    in_order = sorted(points, key=lambda point: order.get(point.policy, len(order)))
    for policy, about in groupby(in_order, key=lambda point: point.policy):
        if policy:
            yield Words(titles.get(policy, policy), kind="about")
        for point in about:
            yield Quoted(who(point), point.words)


def who(point: Point) -> str:
    voice = point.voice
    parts = [
        voice.reference,
        str(STANCES[point.stance]) if point.stance in STANCES else "",
        str(KINDS.get(voice.kind, voice.kind)),
        str(GROUPS["home"][voice.home]),
        NOT_COUNTED.get(voice.status, ""),
    ]
    return " · ".join(part for part in parts if part)


def cleared(facts: Facts, said: list[Said]) -> Iterator[Section]:
    """For everyone: what a person has cleared, by question and policy, and not what else the same person said."""
    if not said:
        return
    yield Section("Appendix: what people wrote", [Words(CLEARED)], appendix=True)
    for question in facts.questions:
        mine = [each for each in said if each.question == question.reference]
        if mine:
            yield Section(f"{question.reference}. {question.title}", list(as_cleared(mine, facts)), level=2)


CLEARED = (
    "Comments that a person has read and cleared, with personal details taken out. Not every comment is here; every "
    "response is in the figures."
)


def as_cleared(said: list[Said], facts: Facts) -> Iterator[Block]:
    titles = {policy.reference: f"{policy.reference} {policy.title}" for policy in facts.policies}
    for policy, about in groupby(said, key=lambda each: each.policy):
        if policy:
            yield Words(titles.get(policy, policy), kind="about")
        for each in about:
            change = f"Suggested change: {each.suggestion}" if each.suggestion else ""
            stance = str(STANCES[each.stance]) if each.stance in STANCES else ""
            who = " · ".join(part for part in (stance, each.name) if part)
            yield Quoted(who or "A comment", "\n\n".join(part for part in (each.words, change) if part))


def organisations(consultation: Consultation, voices: list[Voice]) -> list[str]:
    """Bodies speak in their own name; people do not appear here."""
    named = sa.select(Response.reference, Response.organisation, Response.kind).where(
        Response.consultation_id == consultation.id,
        Response.organisation != "",
        Response.kind.not_in(OF_PEOPLE),
    )
    heard = {voice.reference for voice in voices if voice.is_heard}
    return sorted(
        f"{name} ({str(KINDS.get(kind, kind))[:1].lower()}{str(KINDS.get(kind, kind))[1:]}), {reference}"
        for reference, name, kind in db.session.execute(named)
        if reference in heard
    )
