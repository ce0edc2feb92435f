"""The draft plan, as its members write it. Residents see it on the page of a consultation about it."""

from typing import Any

from flask import Flask, abort, g, render_template

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.plans import blocks, plan_maps, site_maps, site_words, wording
from consult.plans import comparison_pages as comparison_pages
from consult.plans import files as files
from consult.plans import owners as owners
from consult.plans import policy_pages as policy_pages
from consult.plans import reading as reading
from consult.plans import road as road
from consult.plans import section_pages as section_pages
from consult.plans import site_files as site_files
from consult.plans import site_import as site_import
from consult.plans import siting as siting
from consult.plans import word_pages as word_pages
from consult.plans.forms import TitleForm
from consult.plans.ground import area_now
from consult.plans.models import draft_version, find_version, latest_version, place_of
from consult.plans.pages import back, pages
from consult.spaces import navigation

BODIES = ("forum", "council")


@pages.get("/<space:space>/plan")
@needs(Act.LOOK)
def show() -> str:
    version = latest_version()
    versions = version.plan.versions if version else []
    return render_template("plans/plan.html", version=version, versions=versions, newest=True)


@pages.get("/<space:space>/plan/versions/<int:number>")
@needs(Act.LOOK)
def earlier(number: int) -> str:
    version = find_version(number) or abort(404)
    newest = version is latest_version()
    shown = (
        site_maps.the_map(version.sites, area_now(), "The sites of this version") if version.sites else None
    )
    return render_template(
        "plans/plan.html", version=version, versions=version.plan.versions, newest=newest, map=shown
    )


@pages.route("/<space:space>/plan/title", methods=["GET", "POST"])
@needs(Act.DRAW)
def title() -> Any:
    version = latest_version()
    proposed = version.title if version else f"{place_of(g.space.name)} neighbourhood plan"
    form = TitleForm(data={"title": proposed})
    if form.validate_on_submit():
        draft_version().retitle(form.title.data)
        audit.record("plan.titled", form.title.data, by=me())
        return back()
    return render_template("plans/title.html", form=form), 422 if form.errors else 200


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.globals["site_words"] = site_words.FOR_TEMPLATES
    app.jinja_env.globals["plan_words"] = wording.html
    app.jinja_env.globals["plan_plain"] = blocks.plain
    app.jinja_env.globals["site_anchor"] = plan_maps.anchor
    navigation.add("Plan", "plans.show", order=15, act=Act.LOOK, kinds=BODIES)
