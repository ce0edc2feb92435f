"""The pages of the combined feedback, which several modules add theirs to, and what these share."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, render_template, request
from flask_sqlalchemy.pagination import Pagination

from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback import words
from consult.feedback.board import chosen_filter
from consult.feedback.facts import Facts
from consult.responses.models import Response
from consult.web.paging import page_asked_for

pages = Blueprint("feedback", __name__)
EACH_PAGE = 50
HERE = "/<space:space>/consultations/<reference>/feedback/"


class Listed(Pagination):
    """A list that is already at hand, a page at a time."""

    def _query_items(self) -> list[Any]:
        return list(self._query_args["rows"][self._query_offset : self._query_offset + self.per_page])

    def _query_count(self) -> int:
        return len(self._query_args["rows"])


def listed(rows: Sequence[Any], each_page: int = EACH_PAGE) -> Listed:
    return Listed(
        rows=rows, page=page_asked_for(), per_page=each_page, max_per_page=each_page, error_out=False
    )


def group_asked_for(facts: Facts) -> str:
    given = request.args
    return chosen_filter(
        given.get("home", ""), given.get("connection", ""), given.get("kind", ""), facts.kinds
    )


def responses_behind(consultation: Consultation, ids: Sequence[UUID], *, address: str, **about: Any) -> str:
    """The page of the responses behind a number; `address` is the page's own, without the number of the page."""
    page = listed(ids)
    rows = db.session.scalars(sa.select(Response).where(Response.id.in_(page.items)))
    found = {row.id: row for row in rows}
    return render_template(
        "feedback/behind.html",
        consultation=consultation,
        page=page,
        responses=[found[id_] for id_ in page.items],
        words=words,
        address=address,
        **about,
    )
