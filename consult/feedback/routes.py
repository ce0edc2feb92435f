"""The combined feedback of a consultation as members see it: the figures, and the responses behind each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, g, render_template, request, url_for

from consult.access import Act, needs
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback import announced as announced
from consult.feedback import comments as comments
from consult.feedback import issue_pages as issue_pages
from consult.feedback import moving as moving
from consult.feedback import panel as panel
from consult.feedback import places as places
from consult.feedback import publications, tallies, words
from consult.feedback import reading as reading
from consult.feedback import results as results
from consult.feedback import road as road
from consult.feedback import you_said as you_said
from consult.feedback.board import Board, names_of
from consult.feedback.pages import HERE, group_asked_for, listed, pages
from consult.responses.asking import consultation_at
from consult.responses.models import Response
from consult.spaces import navigation


@pages.get("/<space:space>/feedback/")
@needs(Act.READ_RESPONSES)
def index() -> str:
    """The consultations that have opened, newest first."""
    every = db.session.scalars(
        sa.select(Consultation).order_by(Consultation.at.desc(), Consultation.reference)
    )
    opened = [consultation for consultation in every if consultation.state() in ("open", "closed")]
    rows = [(one, tallies.received(one), publications.current(g.space.id, one.id)) for one in opened]
    return render_template("feedback/index.html", rows=rows)


@pages.get(HERE)
@needs(Act.READ_RESPONSES)
def figures(reference: str) -> str:
    """Everything that was ticked, counted; for everybody or for one group."""
    consultation = consultation_at(reference)
    facts = tallies.take(consultation)
    chosen = group_asked_for(facts)
    return render_template(
        "feedback/figures.html",
        consultation=consultation,
        board=Board.of(facts, chosen, opening(reference)),
        chosen=chosen,
        days=tallies.by_day(facts),
        publication=publications.current(g.space.id, consultation.id),
        words=words,
    )


@pages.get(f"{HERE}responses")
@needs(Act.READ_RESPONSES)
def behind(reference: str) -> str:
    """The responses behind one figure."""
    consultation = consultation_at(reference)
    facts = tallies.take(consultation)
    key, group = request.args.get("key", "received"), request.args.get("group", "")
    page = listed(tallies.behind(facts, key, group))
    responses = by_id(page.items)
    return render_template(
        "feedback/behind.html",
        consultation=consultation,
        about=names_of(facts).get(key, ""),
        group=words.group_words(group),
        key=key,
        group_key=group,
        page=page,
        responses=[responses[id_] for id_ in page.items],
        statuses=dict(zip(facts.references, facts["status"].tolist(), strict=True)),
        words=words,
    )


def by_id(ids: Sequence[UUID]) -> dict[UUID, Response]:
    rows = db.session.scalars(sa.select(Response).where(Response.id.in_(ids)))
    return {row.id: row for row in rows}


def opening(reference: str) -> Any:
    def link(key: str, filter_: str) -> str:
        return url_for("feedback.behind", reference=reference, key=key, group=filter_ or None)

    return link


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    navigation.add("Feedback", "feedback.index", order=40, act=Act.READ_RESPONSES)
