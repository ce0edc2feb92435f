"""The deletion of a space: asked for and taken back by its chair, or by the operator."""

from typing import Any

import wtforms
from flask import abort, flash, g, redirect, render_template, url_for
from wtforms import validators

from consult.access import Act, needs, operator_only
from consult.accounts import sessions
from consult.operating import deletions
from consult.operating.deletions import CHAIR, OPERATOR
from consult.operating.pages import pages
from consult.spaces import doors
from consult.spaces.home import Panel, panel
from consult.spaces.models import Space
from consult.spaces.suspension_pages import space_called
from consult.web.errors import Refused
from consult.web.forms import Form, at_most


class DeletionForm(Form):
    why = wtforms.TextAreaField(
        "Why? (optional)",
        [at_most(1_000, "The reason")],
        description="It goes on record, and to everyone who leads the space.",
    )
    address = wtforms.StringField(render_kw={"autocomplete": "off"})

    def __init__(self, space: Space) -> None:
        super().__init__()
        self.meant = space.slug
        self.address.label.text = f"Write “{space.slug}”, the last part of its address, to confirm"

    def validate_address(self, field: wtforms.Field) -> None:
        if (field.data or "").casefold() != self.meant:
            raise validators.ValidationError(
                f"Write “{self.meant}”, so that it is certain which space is meant."
            )


def asked(space: Space, asked_by: str, back: str, back_words: str, taking_back: str) -> Any:
    """The page of a deletion, and what its form sends."""
    form, deletion = DeletionForm(space), deletions.deletion_of(space)
    if deletion is None and form.validate_on_submit():
        deletion = deletions.ask(space, form.why.data or "", sessions.me(), asked_by)
        flash(f"{space.name} is deleted on {deletion.day}, unless that is taken back before.", "success")
        return redirect(back, 303)
    shown: dict[str, Any] = {
        "of": space,
        "deletion": deletion,
        "form": form,
        "why_not": deletions.why_not(space),
    }
    shown |= {"back": back, "back_words": back_words, "taking_back": taking_back, "asked_by": asked_by}
    shown |= {"days": deletions.WAITS.days}
    return render_template("operating/deletion.html", **shown), 422 if form.errors else 200


@pages.route("/<space:space>/deletion", methods=["GET", "POST"])
@needs(Act.ANSWER_FOR_DATA)
def delete() -> Any:
    """Of a body, by its chair; an authority asks the operator."""
    if g.space.is_authority:
        abort(404)
    taking_back = url_for("operating.keep")
    return asked(g.space, CHAIR, f"/{g.space.path}/", g.space.name, taking_back)


@pages.post("/<space:space>/deletion/withdrawal")
@needs(Act.ANSWER_FOR_DATA)
def keep() -> Any:
    deletion = deletions.deletion_of(g.space)
    if deletion is None:
        raise Refused(f"{g.space.name} is not going to be deleted.")
    if deletion.asked_by == OPERATOR:
        raise Refused("Whoever runs the service asked for this deletion, and takes it back: write to them.")
    deletions.take_back(deletion, sessions.me())
    flash(f"{g.space.name} stays.", "success")
    return redirect(f"/{g.space.path}/", 303)


@pages.route("/operator/spaces/<slug>/deletion", methods=["GET", "POST"])
@operator_only
def operator_delete(slug: str) -> Any:
    space = space_called(slug)
    taking_back = url_for("operating.operator_keep", slug=slug)
    return asked(space, OPERATOR, url_for("spaces.operator"), "All spaces", taking_back)


@pages.post("/operator/spaces/<slug>/deletion/withdrawal")
@operator_only
def operator_keep(slug: str) -> Any:
    space = space_called(slug)
    deletion = deletions.deletion_of(space)
    if deletion is None:
        raise Refused(f"{space.name} is not going to be deleted.")
    deletions.take_back(deletion, sessions.me())
    flash(f"{space.name} stays.", "success")
    return redirect(url_for("spaces.operator"), 303)


@panel(order=-1)
def waits() -> Panel | None:
    """To members alone, above all else."""
    deletion = deletions.deletion_of(g.space) if g.membership is not None else None
    if deletion is None:
        return None
    mine = deletion.asked_by == CHAIR and doors.may(Act.ANSWER_FOR_DATA)
    return Panel("operating/deletion_waits.html", {"deletion": deletion, "may_keep": mine})
