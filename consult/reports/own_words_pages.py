"""The pages on which the body writes what stands in its statement in its own words."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from consult.access import Act, needs
from consult.accounts import sessions
from consult.reports.forms import form_for
from consult.reports.own_words import parts, write
from consult.reports.pages import OF_ONE, pages
from consult.responses.asking import consultation_at


@pages.get(f"{OF_ONE}words/")
@needs(Act.READ_RESPONSES)
def own_words(reference: str) -> str:
    consultation = consultation_at(reference)
    return render_template("reports/own_words.html", consultation=consultation, parts=parts(consultation))


@pages.route(f"{OF_ONE}words/<part>", methods=["GET", "POST"])
@needs(Act.PUBLISH)
def write_words(reference: str, part: str) -> Any:
    consultation = consultation_at(reference)
    asked = next((each for each in parts(consultation) if each.key == part), None)
    if asked is None:
        abort(404)
    form = form_for(asked)
    if form.validate_on_submit():
        write(consultation, part, form.text.data or "", bool(form.public.data), sessions.me())
        flash("Saved. Every statement that is made from now on has it.", "success")
        return redirect(url_for("reports.own_words", reference=reference), 303)
    page = render_template("reports/write_words.html", consultation=consultation, part=asked, form=form)
    return page, 422 if form.errors else 200
