"""The body applies to its authority for the area (regulation 5), and may take the application back."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for

from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas import maps, register
from consult.areas.application import consents
from consult.areas.forms import ApplicationForm
from consult.areas.maps import Seen
from consult.areas.models import Application, AreaVersion, latest_version
from consult.areas.outline import surroundings
from consult.areas.pages import body_only, pages
from consult.spaces.models import admission

WHY_A_COUNCIL = "{} is a parish or town council, and so a relevant body under section 61G(2)(a)."
WHY_A_FORUM = (
    "{} is an organisation or body which is, or is capable of being, designated as a neighbourhood forum for this "
    "area, and so a relevant body under section 61G(2)(b)."
)


@pages.route("/<space:space>/area/application", methods=["GET", "POST"])
@needs(Act.APPLY)
def apply() -> Any:
    body_only()
    version, now = latest_version(), register.application_now()
    form = application_form()
    if version is not None and form.validate_on_submit() and is_of(version, form):
        return applied(register.apply_for(version, **answers(form), by=sessions.me()))
    shared = (
        register.overlapping(version.geometry, apart_from=register.entry_of(g.space.id)) if version else []
    )
    form.of.data = str(version.number) if version else ""
    page = render_template(
        "areas/apply.html",
        form=form,
        version=version,
        admission=admission(),
        live=now is not None and now.is_live,
        designated=register.is_designated(g.space.id),
        overlaps=shared,
        law=surroundings.of(g.space, version.geometry) if version else None,
        consents=consents.standing_consents(g.space),
        map=the_map(version, shared) if version else None,
    )
    return page, 422 if form.errors else 200


def is_of(version: AreaVersion, form: ApplicationForm) -> bool:
    """Whether the outline is the one that the applicant was shown: nobody applies for what a colleague drew since."""
    if form.of.data in ("", None, str(version.number)):
        return True
    form.name.errors = [
        f"Outline {version.number} was saved since you looked. It is shown now: look, then send this."
    ]
    return False


def application_form() -> ApplicationForm:
    words = WHY_A_COUNCIL if g.space.kind == "council" else WHY_A_FORUM
    return ApplicationForm(data={"name": g.space.name, "relevant_body": words.format(g.space.name)})


def answers(form: ApplicationForm) -> dict[str, str]:
    return {name: form[name].data for name in ("name", "why_appropriate", "relevant_body")}


def applied(application: Application) -> Any:
    if application.state == "contested":
        names = " and ".join(f"“{contest.entry.name}”" for contest in application.standing_contests)
        flash(
            f"The application is received. It overlaps {names}, so your authority has to settle that first."
        )
    else:
        flash("The application is received, and the area is on the register as applied for.", "success")
    return redirect(url_for("areas.show"), 303)


def the_map(version: Any, overlaps: list[register.Neighbour]) -> dict[str, Any]:
    seen = [Seen(version.geometry, "draft", "Your outline", g.space.name)]
    seen += [Seen(other.shared, "clash", "Overlap", other.name) for other in overlaps]
    return maps.on_map(version.geometry, seen, caption="The outline you apply for", ground=g.space)


@pages.post("/<space:space>/area/application/withdrawal")
@needs(Act.APPLY)
def withdraw() -> Any:
    body_only()
    application = register.application_now()
    if application is None:
        abort(404)
    register.withdraw(application, by=sessions.me())
    flash("The application is withdrawn. You can apply again whenever you like.", "success")
    return redirect(url_for("areas.show"), 303)
