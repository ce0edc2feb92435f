"""What looks unusual, as organisers see it: looked for by a job, read with its evidence, decided by a person."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import db
from consult.flags.forms import ReviewForm, read_thresholds
from consult.flags.models import Flag
from consult.flags.reviewing import Reviewer
from consult.flags.rules import rules, set_thresholds, thresholds_of
from consult.flags.searching import FLAGS
from consult.flags.standing import Standing, flags_of, standing
from consult.responses import searches
from consult.responses.asking import consultation_at
from consult.responses.models import Response
from consult.tenancy import here
from consult.web.errors import Refused

pages = Blueprint("flags", __name__)
HERE = "/<space:space>/consultations/<reference>/flags"
ONE = "/<space:space>/flags/<uuid:flag_id>"


@pages.get(HERE)
@needs(Act.COMBINE)
def overview(reference: str) -> str:
    consultation = consultation_at(reference)
    search, every = searches.last_of(consultation, FLAGS), flags_of(consultation)
    state, words = searches.progress_of(search)
    return render_template(
        "flags/overview.html",
        consultation=consultation,
        search=search,
        state=state,
        words=words,
        groups=[
            ("To be looked at", [each for each in every if each.rule.looked_at and each.waits]),
            ("Looked at", [each for each in every if not each.waits]),
            ("Only noted", [each for each in every if not each.rule.looked_at and each.waits]),
        ],
    )


@pages.post(f"{HERE}/searches")
@needs(Act.COMBINE)
def search(reference: str) -> Any:
    searches.ask(consultation_at(reference), FLAGS, me())
    return redirect(url_for("flags.overview", reference=reference), 303)


@pages.get(f"{HERE}/searches/last")
@needs(Act.COMBINE)
def progress(reference: str) -> dict[str, Any]:
    """How far it is, for the page to ask."""
    return searches.told(searches.last_of(consultation_at(reference), FLAGS))


@pages.route(f"{HERE}/rules", methods=["GET", "POST"])
@needs(Act.COMBINE)
def thresholds(reference: str) -> Any:
    consultation = consultation_at(reference)
    now = thresholds_of(consultation)
    errors: dict[str, str] = {}
    if request.method == "POST":
        given, errors = read_thresholds()
        if not errors:
            set_thresholds(consultation, given, me())
            flash("Kept. The next search goes by these numbers.", "success")
            return redirect(url_for("flags.overview", reference=reference), 303)
    page = render_template(
        "flags/rules.html",
        consultation=consultation,
        rules=rules().values(),
        now={key: {name: request.form.get(f"{key}.{name}", n) for name, n in of.items()} for key, of in now.items()},
        errors=errors,
    )  # fmt: skip
    return page, 422 if errors else 200


@pages.get(ONE)
@needs(Act.COMBINE)
def flag(flag_id: UUID) -> str:
    return page(flag_at(flag_id), ReviewForm(formdata=None))


def flag_at(id_: UUID) -> Flag:
    found = db.session.get(Flag, (here(), id_))
    if found is None or found.rule not in rules():
        abort(404)
    return found


def page(found: Flag, form: ReviewForm, refusal: str = "") -> str:
    now = standing(found)
    rows = responses_of(now)
    return render_template(
        "flags/flag.html",
        flag=now,
        consultation=found.consultation,
        responses=rows,
        bars=by_minute(rows) if now.rule.key in ("burst", "network_burst") else [],
        history=[each for each in found.reviews if each.ended],
        form=form,
        chosen=set(request.form.getlist("response")) if request.method == "POST" else None,
        refusal=refusal,
    )


def responses_of(flag: Standing) -> list[Response]:
    mine = sa.select(Response).where(Response.id.in_(flag.responses))
    return list(db.session.scalars(mine.order_by(Response.received, Response.reference)))


def by_minute(rows: list[Response]) -> list[tuple[datetime, int]]:
    """How many came in each minute, from the first to the last."""
    if not rows:
        return []
    first = rows[0].received.replace(second=0, microsecond=0)
    minutes = [int((row.received - first).total_seconds() // 60) for row in rows]
    return [(first, minutes.count(at)) for at in range(minutes[-1] + 1)]


@pages.post(f"{ONE}/review")
@needs(Act.COMBINE)
def review(flag_id: UUID) -> Any:
    found, form = flag_at(flag_id), ReviewForm()
    if not form.validate_on_submit():
        return page(found, form), 422
    ticked = set(request.form.getlist("response"))
    chosen = {id_ for id_ in standing(found).responses if str(id_) in ticked}
    return done(found, form, lambda r: r.decide(form.decision.data, form.reason.data, chosen))


@pages.post(f"{ONE}/review/ending")
@needs(Act.COMBINE)
def end_review(flag_id: UUID) -> Any:
    return done(flag_at(flag_id), ReviewForm(formdata=None), lambda reviewer: reviewer.take_back())


def done(found: Flag, form: ReviewForm, act: Callable[[Reviewer], Any]) -> Any:
    consultation: Consultation = found.consultation
    reference, id_ = consultation.reference, found.id
    try:
        act(Reviewer(found, me()))
    except Refused as refusal:
        db.session.rollback()  # nothing of it is kept but the words on the form
        return page(flag_at(id_), form, refusal.sentence), 422
    if form.decision.data:
        flash("It is on record.", "success")
        return redirect(url_for("flags.overview", reference=reference), 303)
    flash("The decision is taken back.", "success")
    return redirect(url_for("flags.flag", flag_id=id_), 303)
