"""Until when people are kept by name: the day is set, and as it begins they no longer are."""

from typing import Any

import wtforms
from flask import flash, redirect, render_template, url_for

from consult import clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.clearing import retaining
from consult.clearing.pages import HERE, pages
from consult.consultations.models import Consultation
from consult.responses.asking import consultation_at
from consult.responses.form.fields import OneOf
from consult.web.days import DayField, a_day
from consult.web.forms import Form, required

WORDS = (
    ("keep", "Keep them, with every detail blacked out that our rules find or a person took out"),
    ("erase", "Erase them too: what somebody tells may say who they are"),
)


class DayForm(Form):
    day = DayField(
        "From which day on are people no longer kept by name?",
        "The day",
        validators=[a_day("Enter the day.")],
        description="Tomorrow or later. For example 14 3 2027.",
    )
    words = OneOf("What people wrote", WORDS, default="keep", validators=[required("Choose one.")])

    def validate_day(self, field: Any) -> None:
        if field.data and field.data <= clock.today():
            raise wtforms.ValidationError(
                "Enter tomorrow or a later day: what is removed cannot be brought back."
            )


@pages.get(f"{HERE}/retention")
@needs(Act.ANSWER_FOR_DATA)
def retention(reference: str) -> str:
    consultation = consultation_at(reference)
    form, known = DayForm(), retaining.retention_of(consultation)
    if known is not None:
        form.day.data, form.words.data = known.day, "keep" if known.keeps_words else "erase"
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
    retaining.refuse_while_open(consultation)
    if not form.validate_on_submit():
        return page(consultation, form), 422
    retaining.set_day(consultation, form.day.day, form.words.data == "keep", me())
    flash("The day is set. We remind you two weeks before it.", "success")
    return redirect(url_for("clearing.retention", reference=reference), 303)
