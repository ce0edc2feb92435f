"""The combined feedback of a consultation as members see it: the figures, and the responses behind each."""

from typing import Any

import sqlalchemy as sa
from flask import Flask, g, render_template, request, url_for

from consult.access import Act, needs
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback import announced as announced
from consult.feedback import comments as comments
from consult.feedback import crosstabs as crosstabs
from consult.feedback import doubted, publications, tallies, words
from consult.feedback import issue_pages as issue_pages
from consult.feedback import moving as moving
from consult.feedback import panel as panel
from consult.feedback import places as places
from consult.feedback import pointing as pointing
from consult.feedback import reading as reading
from consult.feedback import results as results
from consult.feedback import road as road
from consult.feedback import you_said as you_said
from consult.feedback.board import Board, names_of
from consult.feedback.pages import HERE, group_asked_for, pages, responses_behind
from consult.responses.asking import consultation_at
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
        beside=[] if chosen else doubted.headline(consultation, facts),
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
    return responses_behind(
        consultation,
        tallies.behind(facts, key, group),
        about=names_of(facts).get(key, ""),
        group=words.group_words(group),
        group_key=group,
        address=url_for("feedback.behind", reference=reference, key=key, group=group or None),
    )


def opening(reference: str) -> Any:
    def link(key: str, filter_: str) -> str:
        return url_for("feedback.behind", reference=reference, key=key, group=filter_ or None)

    return link


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    combined = ("campaigns", "flags", "points", "issues")
    navigation.add("Feedback", "feedback.index", order=40, act=Act.READ_RESPONSES, with_=combined)
