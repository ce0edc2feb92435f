"""The combined feedback of a consultation as members see it: the figures, and the responses behind each."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, Flask, g, render_template, request, url_for
from flask_sqlalchemy.pagination import Pagination

from consult.access import Act, needs
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback import publications, tallies, words
from consult.feedback.board import Board, chosen_filter, names_of
from consult.feedback.facts import Facts
from consult.responses.asking import consultation_at
from consult.responses.models import Response
from consult.spaces import navigation

pages = Blueprint("feedback", __name__)
MORE_PAGES = ("reading", "places", "results")
EACH_PAGE = 50
HERE = "/<space:space>/consultations/<reference>/feedback/"


class Listed(Pagination):
    """A list that is already at hand, a page at a time."""

    def _query_items(self) -> list[Any]:
        return list(self._query_args["rows"][self._query_offset : self._query_offset + self.per_page])

    def _query_count(self) -> int:
        return len(self._query_args["rows"])


def listed(rows: Sequence[Any], each_page: int = EACH_PAGE) -> Listed:
    return Listed(rows=rows, per_page=each_page, max_per_page=each_page, error_out=False)


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


def group_asked_for(facts: Facts) -> str:
    given = request.args
    return chosen_filter(
        given.get("home", ""), given.get("connection", ""), given.get("kind", ""), facts.kinds
    )


def init_app(app: Flask) -> None:
    for name in (*MORE_PAGES, "announced", "panel"):
        import_module(f"consult.feedback.{name}")
    app.register_blueprint(pages)
    navigation.add("Feedback", "feedback.index", order=40, act=Act.READ_RESPONSES)
