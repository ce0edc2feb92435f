"""Setting a consultation up: a list of tasks, and a form for each."""

from datetime import timedelta
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import stages, words
from consult.consultations.drafting import begin, reserve
from consult.consultations.forms import DatesForm, NewForm
from consult.consultations.models import Consultation
from consult.consultations.opening import gate
from consult.consultations.opening.tasks import TASKS, Task, steps
from consult.consultations.pages import ONE, every_one, found, pages
from consult.consultations.paper import prints
from consult.consultations.parts import parts_of
from consult.consultations.personal_data.data_protection import data_protection
from consult.consultations.said_forms import meanings_of
from consult.database import db
from consult.web.errors import Refused

MOST_TO_COPY = 10
FOUR_WEEKS, A_WEEK = timedelta(days=28), timedelta(days=7)


@pages.route("/<space:space>/consultations/new", methods=["GET", "POST"])
@needs(Act.CONSULT)
def new() -> Any:
    form = NewForm(stages.offered_to(g.space.kind))
    if not form.is_submitted():
        form.stage.data = request.args.get("stage")  # where the road of the plan comes from
    if not form.validate_on_submit():
        offered = {stage.key for stage in stages.offered_to(g.space.kind)}
        earlier = [each for each in every_one() if each.stage in offered][:MOST_TO_COPY]
        page = render_template("consultations/new.html", form=form, earlier=earlier)
        return page, 422 if form.errors else 200
    stage, variant = form.kind
    begun = begin(stage, form.title.data, form.summary.data, form.reference.data or "", me(), variant)
    return redirect(url_for("consultations.setup", reference=begun.reference), 303)


@pages.get(f"{ONE}/setup")
@needs(Act.LOOK)
def setup(reference: str) -> str:
    consultation, now = found(reference), clock.now()
    context = {"consultation": consultation, "state": consultation.state(now), "words": words, "now": now}
    context["told"] = consultation.told_state(now)
    if consultation.opening:
        return running(context)
    lacking = consultation.lacks(consultation.planned_opening(now))
    others = [lack for lack in lacking if not lack.task]
    context |= {"steps": steps(consultation, lacking), "lacking": lacking, "others": others}
    return render_template("consultations/setup.html", **context)


def running(context: dict[str, Any]) -> str:
    consultation, now = context["consultation"], context["now"]
    return render_template(
        "consultations/running.html",
        timeline=words.timeline(consultation, now),
        may_not_close=consultation.may_not_close(now),
        prints_kept=prints.kept_names(consultation),
        parts=parts_of("members", consultation),
        **context,
    )


@pages.route(f"{ONE}/setup/<name>", methods=["GET", "POST"])
@needs(Act.CONSULT)
def task(reference: str, name: str) -> Any:
    consultation, asked = found(reference), TASKS.get(name) or abort(404)
    form: Any = asked.form(consultation)
    if form.validate_on_submit():
        try:
            return saved(consultation, asked, form)
        except Refused as refusal:
            db.session.rollback()  # nothing of it is kept but the words on the form
            if consultation.opening:
                raise
            next(field for field in form if field.name in asked.fields).errors = [refusal.sentence]
            return task_page(consultation, asked, form), 409
    if name == "dates" and not form.is_submitted():
        propose(form, consultation)
    return task_page(consultation, asked, form), 422 if form.errors else 200


def task_page(consultation: Consultation, asked: Task, form: Any) -> str:
    return render_template(
        "consultations/task.html",
        consultation=consultation,
        task=asked,
        form=form,
        earliest=consultation.earliest_last_day,
        scheduled=clock.uk(plan.opens).date() if (plan := consultation.scheduled) else None,
        gate=gate,
        meanings=meanings_of,
        known=data_protection(),
    )


def saved(consultation: Consultation, asked: Task, form: Any) -> Any:
    """Raises Refused where it has been opened meanwhile, or what everyone was told would no longer be lawful."""
    consultation.change()
    if asked.name == "details":
        reserve(form.reference.data, consultation)
    composed = consultation.is_composed
    for field in asked.fields:
        if field in form:
            setattr(consultation, field, form[field].data)
    if asked.name == "privacy":
        consultation.rewrite_notice(anew=request.form.get("do") == "compose")
    elif composed:  # nobody has written a notice of their own
        consultation.compose_notice()
    consultation.keep_announced(clock.now())
    audit.record(
        f"consultation.{asked.name}_set", consultation.title, by=me(), reference=consultation.reference
    )
    flash(f"{asked.title}: saved.", "success")
    return redirect(url_for("consultations.setup", reference=consultation.reference), 303)


def propose(form: DatesForm, consultation: Consultation) -> None:
    """A last day to start from: a week more than the law asks or, where no regulation counts, four weeks from now."""
    if form.last_day.data is None:
        earliest = consultation.earliest_last_day
        form.last_day.data = earliest + (A_WEEK if consultation.kind.statutory else FOUR_WEEKS)
