"""Until when people are kept by name: the day is set, and when it has come it is confirmed."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from consult import clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.clearing import retaining
from consult.clearing.pages import HERE, pages
from consult.consultations.models import Consultation
from consult.responses.asking import consultation_at
from consult.web.days import DayField, a_day
from consult.web.forms import Form


class DayForm(Form):
    day = DayField(
        "On which day has that come about, or will it?", "The day", validators=[a_day("Enter the day.")]
    )


@pages.get(f"{HERE}/retention")
@needs(Act.ANSWER_FOR_DATA)
def retention(reference: str) -> str:
    consultation = consultation_at(reference)
    form, known = DayForm(), retaining.retention_of(consultation)
    if known is not None:
        form.day.data = known.day
    return page(consultation, form)


def page(consultation: Consultation, form: DayForm) -> str:
    known = retaining.retention_of(consultation)
    return render_template(
        "clearing/retention.html",
        consultation=consultation,
        form=form,
        retention=known,
        has_come=known is not None and known.day <= clock.today(),
        closed=consultation.state() == "closed",
    )


@pages.post(f"{HERE}/retention")
@needs(Act.ANSWER_FOR_DATA)
def set_retention(reference: str) -> Any:
    consultation, form = consultation_at(reference), DayForm()
    if not form.validate_on_submit():
        return page(consultation, form), 422
    retaining.set_day(consultation, form.day.day, me())
    flash("The day is set. Nothing is removed until you confirm it then.", "success")
    return redirect(url_for("clearing.retention", reference=reference), 303)


@pages.post(f"{HERE}/retention/confirming")
@needs(Act.ANSWER_FOR_DATA)
def confirm_retention(reference: str) -> Any:
    retaining.confirm(consultation_at(reference), request.form.get("words") != "erase", me())
    flash("Confirmed. It is being carried out.", "success")
    return redirect(url_for("clearing.retention", reference=reference), 303)
