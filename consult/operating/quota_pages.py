"""The operator says how much room the files of a space may take."""

from typing import Any

import wtforms
from flask import flash, redirect, render_template, url_for
from wtforms import validators

from consult.access import operator_only
from consult.accounts import sessions
from consult.operating import measures
from consult.operating.pages import pages
from consult.spaces import quotas
from consult.spaces.suspension_pages import space_called
from consult.web.forms import Form

MOST = 10_000_000  # MB


class QuotaForm(Form):
    megabytes = wtforms.StringField(
        "How many megabytes may its files take?",
        description="Leave it empty for no limit. What residents send is never refused.",
    )

    def validate_megabytes(self, field: wtforms.Field) -> None:
        plain = (field.data or "").replace(",", "")
        if plain and not (plain.isascii() and plain.isdigit() and len(plain) <= 9 and int(plain) <= MOST):
            raise validators.ValidationError(f"Enter a whole number from 0 to {MOST:,}, or leave it empty.")

    @property
    def number(self) -> int | None:
        plain = (self.megabytes.data or "").replace(",", "")
        return int(plain) if plain else None


@pages.route("/operator/spaces/<slug>/quota", methods=["GET", "POST"])
@operator_only
def quota(slug: str) -> Any:
    space = space_called(slug)
    stands = quotas.quota_of(space.id)
    form = QuotaForm(megabytes="" if stands is None else str(stands))
    if form.validate_on_submit():
        quotas.set_quota(space, form.number, sessions.me())
        said = f"{form.number:,} MB" if form.number is not None else "no limit"
        flash(f"{space.name}: {said}.", "success")
        return redirect(url_for("operating.usage"), 303)
    taken = measures.usage(sessions.me().id).get(space.id, measures.NOTHING).bytes
    return render_template(
        "operating/quota.html", of=space, form=form, used=taken
    ), 422 if form.errors else 200
