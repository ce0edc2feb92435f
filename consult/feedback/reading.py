"""What people wrote: listed, filtered and searched by members, in one consultation or in all of them."""

from typing import Any

import sqlalchemy as sa
from flask import render_template, request

from consult.access import Act, needs
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback import search, tallies, words
from consult.feedback.pages import HERE, group_asked_for, listed, pages
from consult.points.frame import Frame, frame_of
from consult.responses.asking import consultation_at

LONGEST_SEARCH = 200
EACH_PAGE = 25
Choices = dict[str, list[tuple[str, str]]]


@pages.get(f"{HERE}words")
@needs(Act.READ_RESPONSES)
def written(reference: str) -> str:
    consultation = consultation_at(reference)
    facts = tallies.take(consultation)
    chosen = group_asked_for(facts)
    frame = frame_of(consultation.id)
    choices = choices_of(consultation, frame, facts.channels)
    asked = asked_for(choices)
    among = frozenset(tallies.behind(facts, "counted", chosen))
    page = listed(search.passages(consultation, wanted(among, asked, frame)), EACH_PAGE)
    return render_template(
        "feedback/written.html",
        consultation=consultation,
        page=page,
        asked=asked,
        chosen=chosen,
        choices=choices,
        policies=dict(choices["policy"]),
        in_context=search.in_context,
        words=words,
    )


def choices_of(consultation: Consultation, frame: Frame, channels: tuple[str, ...]) -> Choices:
    """The filters, each with what can be chosen."""
    policies = [(policy.reference, f"{policy.reference} {policy.title}") for policy in consultation.policies]
    return {
        "question": [(question.reference, question.title) for question in consultation.questions],
        "policy": policies,
        "stance": [(key, str(said)) for key, said in words.STANCES.items()] if policies else [],
        "theme": [(str(entry.id), entry.label) for entry in frame.matters],
        "channel": [(channel, str(words.CHANNELS.get(channel, channel))) for channel in channels],
    }


def asked_for(choices: Choices) -> dict[str, str]:
    """The search and its filters; what cannot be chosen is no filter."""
    given = request.args
    return {"words": looked_for()} | {
        name: given[name] if given.get(name) in dict(options) else "" for name, options in choices.items()
    }


def looked_for() -> str:
    """The words as they were typed, without what nobody can see."""
    typed = "".join(letter if letter.isprintable() else " " for letter in request.args.get("q", ""))
    return " ".join(typed.split())[:LONGEST_SEARCH]


def wanted(among: frozenset[Any], asked: dict[str, str], frame: Frame) -> search.Wanted:
    rest = {name: value for name, value in asked.items() if name != "theme"}
    theme = next((entry for entry in frame.matters if str(entry.id) == asked["theme"]), None)
    return search.Wanted(among, rows=search.raising(frame, theme.id) if theme else None, **rest)


@pages.get("/<space:space>/feedback/search")
@needs(Act.READ_RESPONSES)
def everywhere_written() -> str:
    """The same words looked for in every consultation of the space."""
    words_asked = looked_for()
    opened = sa.select(Consultation).where(Consultation.opening.has()).order_by(Consultation.at.desc())
    found = [
        (consultation, passage)
        for consultation in (db.session.scalars(opened) if words_asked else ())
        for passage in passages_with(consultation, words_asked)
    ]
    return render_template(
        "feedback/search.html",
        asked=words_asked,
        page=listed(found, EACH_PAGE),
        in_context=search.in_context,
        words=words,
    )


def passages_with(consultation: Consultation, words_asked: str) -> list[search.Passage]:
    among = frozenset(tallies.behind(tallies.take(consultation), "counted"))
    return search.passages(consultation, search.Wanted(among, words_asked))
