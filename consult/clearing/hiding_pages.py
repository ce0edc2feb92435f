"""Hiding a whole response from everyone, and showing it again."""

from typing import Any
from uuid import UUID

import wtforms
from flask import flash, redirect, render_template, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.clearing import hiding
from consult.clearing.pages import pages, response_at
from consult.responses.form.fields import OneOf
from consult.responses.models import Response
from consult.web.forms import Form, at_most, required

AT = "/<space:space>/hidings/<uuid:response>"


class HidingForm(Form):
    ground = OneOf("Why is it hidden?", hiding.GROUNDS.items(), validators=[required("Choose why.")])
    reason = wtforms.TextAreaField(
        "The reason in your own words, for the record",
        [required("Give the reason: it goes on record."), at_most(500, "The reason")],
    )


@pages.get(AT)
@needs(Act.COMBINE)
def hiding_page(response: UUID) -> str:
    return page(response_at(response), HidingForm())


def page(response: Response, form: HidingForm) -> str:
    return render_template(
        "clearing/hiding.html",
        response=response,
        consultation=response.consultation,
        hiding=hiding.hiding_of(response),
        grounds=hiding.GROUNDS,
        form=form,
    )


@pages.post(AT)
@needs(Act.COMBINE)
def hide(response: UUID) -> Any:
    found, form = response_at(response), HidingForm()
    if not form.validate_on_submit():
        return page(found, form), 422
    hiding.hide(found, form.ground.data, form.reason.data, me())
    flash(f"{found.reference} is hidden from everyone but your members. It counts as before.", "success")
    return redirect(url_for("clearing.queue", reference=found.consultation.reference), 303)


@pages.post(f"{AT}/ending")
@needs(Act.COMBINE)
def show_again(response: UUID) -> Any:
    found = response_at(response)
    hiding.show_again(found, me())
    flash(f"{found.reference} is no longer hidden: what was cleared of it may be read again.", "success")
    return redirect(url_for("clearing.review", response=found.id), 303)
