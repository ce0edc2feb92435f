"""Petitions as organisers see them: marked, their signatures entered and confirmed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import wtforms
from flask import flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.campaigns.models import Petition, PetitionEntry
from consult.campaigns.pages import HERE, by_id, found, pages, response_named
from consult.campaigns.petitions import MOST, Petitions, last_of, names_in, signatories, state_of
from consult.campaigns.working import overview_of
from consult.responses.asking import consultation_at
from consult.web.errors import Refused
from consult.web.forms import Form, at_most, required

ONE = "/<space:space>/petitions/<uuid:petition_id>"
LONGEST_LIST = 200_000


class Signatures(Form):
    signatures = wtforms.StringField(
        "How many people signed",
        [required("Count the signatures, and give their number."), at_most(20)],
        description="Count the lines with a name. Leave out those that are crossed out or there twice.",
    )
    left_out = wtforms.StringField(
        "Of these, leave out of the number of people",
        [at_most(20)],
        description="People who also responded themselves, if you have checked them and want nobody counted twice. "
        "Left empty, nobody is left out, and the overlap is only noted.",
    )
    names = wtforms.TextAreaField(
        "Names, one a line",
        [at_most(LONGEST_LIST, "The list")],
        description="Only if you need them: they are personal data and are never published. With them you see who "
        "also responded under the same name.",
    )

    def validate_signatures(self, field: wtforms.Field) -> None:
        whole_number(field)

    def validate_left_out(self, field: wtforms.Field) -> None:
        if field.data:
            whole_number(field)

    @classmethod
    def of(cls, last: PetitionEntry | None, names: str = "") -> "Signatures":
        given = {"signatures": last.signatures, "left_out": last.left_out or ""} if last else {}
        return cls(data={**given, "names": names})


def whole_number(field: wtforms.Field) -> int:
    """What somebody wrote as 1,200 or 1 200 is a number too."""
    digits = field.data.replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and int(digits) <= MOST):
        raise wtforms.ValidationError(f"Give a whole number up to {MOST:,}.")
    return int(digits)


@pages.post(f"{HERE}/petitions")
@needs(Act.COMBINE)
def mark_petition(reference: str) -> Any:
    """This response is a petition."""
    consultation = consultation_at(reference)
    try:
        response = response_named(consultation, request.form.get("response", ""))
        made = Petitions(consultation, me()).mark(response)
    except Refused as refusal:
        return overview_of(consultation, refusal.sentence), 422
    flash(f"{response.reference} is a petition now. Check the number of its signatures.", "success")
    return redirect(url_for("campaigns.petition", petition_id=made.id), 303)


@pages.get(ONE)
@needs(Act.COMBINE)
def petition(petition_id: UUID) -> str:
    one = found(Petition, petition_id)
    names = "\n".join(row.name for row in signatories(one))
    return page(one, Signatures.of(last_of(one), names))


def page(one: Petition, form: Signatures, refusal: str = "") -> str:
    rows = signatories(one)
    responded = by_id(row.own_response_id for row in rows if row.own_response_id)
    return render_template(
        "campaigns/petition.html",
        petition=one,
        consultation=one.consultation,
        form=form,
        last=last_of(one),
        state=state_of(one),
        names=len(rows),
        responded=[
            (row.name, responded[row.own_response_id]) for row in rows if row.own_response_id in responded
        ],
        refusal=refusal,
    )


@pages.post(ONE)
@needs(Act.COMBINE)
def enter_signatures(petition_id: UUID) -> Any:
    one, form = found(Petition, petition_id), Signatures()
    if not form.validate_on_submit():
        return page(one, form), 422

    left_out = whole_number(form.left_out) if form.left_out.data else 0
    at_work = Petitions(one.consultation, me())
    try:
        at_work.standing(one)
        at_work.enter(one, whole_number(form.signatures), left_out)
    except Refused as refusal:
        form.signatures.errors = [refusal.sentence]
        return page(one, form), 422
    at_work.name(one, names_in(form.names.data or ""))
    return done(one, "Saved. The signatures count as people once somebody confirms the number.")


@pages.post(f"{ONE}/confirmation")
@needs(Act.COMBINE)
def confirm_petition(petition_id: UUID) -> Any:
    one = found(Petition, petition_id)
    return act_on(one, Petitions.confirm, "Confirmed. The signatures count as people.")


@pages.post(f"{ONE}/ending")
@needs(Act.COMBINE)
def end_petition(petition_id: UUID) -> Any:
    return act_on(found(Petition, petition_id), Petitions.end, "It is no petition any more.")


def act_on(one: Petition, act: Callable[[Petitions, Petition], None], told: str) -> Any:
    try:
        act(Petitions(one.consultation, me()), one)
    except Refused as refusal:
        return page(one, Signatures.of(last_of(one)), refusal.sentence), 422
    return done(one, told)


def done(one: Petition, told: str) -> Any:
    flash(told, "success")
    return redirect(url_for("campaigns.petition", petition_id=one.id), 303)
