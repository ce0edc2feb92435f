"""What a space says of itself to everyone."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from consult import audit
from consult.access import Act, needs
from consult.accounts import sessions
from consult.spaces.forms import SettingsForm
from consult.spaces.pages import pages


@pages.route("/<space:space>/settings", methods=["GET", "POST"])
@needs(Act.CHANGE_SETTINGS)
def settings() -> Any:
    form = SettingsForm(obj=g.space)
    if not form.validate_on_submit():
        return render_template("spaces/settings.html", form=form), 422 if form.errors else 200
    changed = [f.name for f in form if f.name != "csrf_token" and (f.data or "") != getattr(g.space, f.name)]
    for name in changed:
        setattr(g.space, name, form[name].data or "")
    if changed:
        audit.record("space.settings_changed", g.space.name, by=sessions.me(), changed=changed)
    flash("The settings are saved.", "success")
    return redirect(url_for("spaces.settings"), 303)
