"""Putting the questions of a form on pages, and words at the head of a page."""

from typing import Any

from flask import abort, flash, render_template, request
from wtforms import StringField, TextAreaField

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.pages import ONE, found, pages
from consult.consultations.questions.questioning import LIST, asked, back
from consult.web.forms import Form, at_most

HEAD = f"{ONE}/question-pages/<int:number>"


class HeadingForm(Form):
    title = StringField(
        "Heading of the page",
        [at_most(120, "The heading")],
        description="Leave it empty for a page without one.",
    )
    introduction = TextAreaField("Words beneath it (optional)", [at_most(1500, "The words")])


@pages.post(f"{LIST}/<question>/page-break")
@needs(Act.CONSULT)
def break_page(reference: str, question: str) -> Any:
    """The question begins a page (`to` is new), or follows on the page before (`to` is before)."""
    consultation = found(reference)
    consultation.change()
    first = asked(consultation, question)
    if request.form.get("to") == "before":
        consultation.join_pages(first)
    else:
        consultation.turn_page(first)
    audit.record("consultation.pages_changed", question, by=me(), reference=reference)
    return back(consultation)


@pages.route(HEAD, methods=["GET", "POST"])
@needs(Act.CONSULT)
def head_page(reference: str, number: int) -> Any:
    consultation = found(reference)
    if number not in consultation.pages:
        abort(404)
    form = HeadingForm(obj=consultation.headings.get(number))
    if not form.validate_on_submit():
        page = render_template(
            "consultations/question_page.html", form=form, consultation=consultation, number=number
        )
        return page, 422 if form.errors else 200
    consultation.change()
    consultation.head(number, form.title.data or "", form.introduction.data or "")
    audit.record("consultation.page_headed", form.title.data or "", by=me(), reference=reference)
    flash("The heading is saved.", "success")
    return back(consultation)
