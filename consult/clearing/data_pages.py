"""What is held about one person: found, handed over as a copy, erased. For whoever answers for the data."""

from typing import Any
from uuid import UUID

import wtforms
from flask import Response as Answered
from flask import flash, redirect, render_template, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.clearing import copies, erasing, hanging
from consult.clearing.holdings import held_about
from consult.clearing.pages import pages, response_at
from consult.responses.models import Response
from consult.web.emails import is_email
from consult.web.errors import Refused
from consult.web.forms import Form, at_most, required

LONGEST = 320  # characters of an email address (RFC 5321)
SHORTEST = 5
AT = "/<space:space>/personal-data"


class AskedForm(Form):
    asked = wtforms.StringField(
        "Email address or reference",
        [required("Enter an email address, or the reference of a response."), at_most(LONGEST)],
        description="For example name@example.org, or R-7K3M-Q4 as it stands on the receipt.",
    )

    def validate_asked(self, field: Any) -> None:
        if len(field.data) < SHORTEST or ("@" in field.data and not is_email(field.data)):
            raise wtforms.ValidationError("Enter the whole email address or the whole reference.")


class ErasureForm(Form):
    reason = wtforms.TextAreaField(
        "Why is it erased?",
        [required("Give the reason: it goes on record."), at_most(500, "The reason")],
        description="It stays when all else has gone, so do not name the person.",
    )


@pages.get(AT)
@needs(Act.ANSWER_FOR_DATA)
def personal_data() -> str:
    return render_template("clearing/personal_data.html", form=AskedForm(), held=None)


@pages.post(AT)
@needs(Act.ANSWER_FOR_DATA)
def find_personal_data() -> Any:
    """Asked by POST: an address belongs in no history and no log."""
    form = AskedForm()
    if not form.validate_on_submit():
        return render_template("clearing/personal_data.html", form=form, held=None), 422
    return render_template("clearing/personal_data.html", form=form, held=held_about(form.asked.data))


@pages.post(f"{AT}/copies")
@needs(Act.ANSWER_FOR_DATA)
def copy() -> Any:
    form = AskedForm()
    held = held_about(form.asked.data) if form.validate_on_submit() else None
    if held is None or held.is_nothing:
        raise Refused("Nothing is held about that. Go back and look at how it is written.")
    content = copies.zipped(held)
    copies.record(held, me())
    answer = Answered(content, content_type="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename="personal-data.zip")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.cache_control.no_store = True
    return answer


@pages.get("/<space:space>/erasures/<uuid:response>")
@needs(Act.ANSWER_FOR_DATA)
def erasure(response: UUID) -> str:
    return erasure_page(response_at(response), ErasureForm())


def erasure_page(response: Response, form: ErasureForm) -> str:
    return render_template(
        "clearing/erasure.html",
        response=response,
        consultation=response.consultation,
        others=[each for each in hanging.same_person(response) if each.id != response.id],
        earlier=erasing.erasures_of(response),
        form=form,
    )


@pages.post("/<space:space>/erasures/<uuid:response>")
@needs(Act.ANSWER_FOR_DATA)
def erase(response: UUID) -> Any:
    found, form = response_at(response), ErasureForm()
    if not form.validate_on_submit():
        return erasure_page(found, form), 422
    erased = erasing.erase(found, form.reason.data, me())
    flash(f"Erased: {', '.join(each.reference for each in erased)}.", "success")
    about = found.consultation.reference
    return redirect(url_for("responses.one", reference=about, response_reference=found.reference), 303)
