"""The draft plan, as its members write it. Residents see it on the page of a consultation about it."""

from typing import Any

import sqlalchemy as sa
from flask import Flask, abort, flash, g, render_template, request

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.database import db
from consult.plans import files as files
from consult.plans import owners as owners
from consult.plans import road as road
from consult.plans import site_files as site_files
from consult.plans import site_import as site_import
from consult.plans import site_maps, site_words
from consult.plans import siting as siting
from consult.plans.forms import PolicyForm, TitleForm
from consult.plans.ground import area_now
from consult.plans.models import PlanVersion, Policy, draft_version, latest_version, place_of
from consult.plans.pages import back, frozen, pages
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
    version = db.session.scalar(sa.select(PlanVersion).where(PlanVersion.number == number))
    if version is None:
        abort(404)
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
    proposed = version.plan.title if version else f"{place_of(g.space.name)} neighbourhood plan"
    form = TitleForm(data={"title": proposed})
    if form.validate_on_submit():
        plan = draft_version().plan
        plan.title = form.title.data
        audit.record("plan.titled", plan.title, by=me())
        return back()
    return render_template("plans/title.html", form=form), 422 if form.errors else 200


@pages.route("/<space:space>/plan/new-policy", methods=["GET", "POST"])
@needs(Act.DRAW)
def add_policy() -> Any:
    return written(PolicyForm(latest_version()))


@pages.route("/<space:space>/plan/policies/<reference>", methods=["GET", "POST"])
@needs(Act.DRAW)
def edit_policy(reference: str) -> Any:
    policy = policy_of(latest_version(), reference)
    return written(PolicyForm(latest_version(), policy), policy)


def written(form: PolicyForm, policy: Policy | None = None) -> Any:
    """The page of a policy's form or, when it is sent whole, the policy saved in the version that may be changed."""
    known = policy.reference if policy else None
    if not form.validate_on_submit():
        page = render_template("plans/policy.html", form=form, policy=policy, frozen=frozen())
        return page, 422 if form.errors else 200
    version = draft_version()
    said = {name: form[name].data for name in ("reference", "title", "summary", "text")}
    if known is None:
        version.add_policy(**said)
    else:
        version.rewrite(policy_of(version, known), **said)
    audit.record(
        "plan.policy_written", f"{said['reference']} {said['title']}", by=me(), version=version.number
    )
    flash(f"Policy {said['reference']} is saved.", "success")
    return back()


@pages.post("/<space:space>/plan/policies/<reference>/position")
@needs(Act.DRAW)
def move_policy(reference: str) -> Any:
    version = draft_version()
    places = {"up": -1, "down": 1}.get(request.form.get("to", ""), 0)
    version.move(policy_of(version, reference), places)
    audit.record("plan.policy_moved", reference, by=me(), version=version.number)
    return back()


@pages.post("/<space:space>/plan/policies/<reference>/removal")
@needs(Act.DRAW)
def remove_policy(reference: str) -> Any:
    version = draft_version()
    policy = policy_of(version, reference)
    audit.record("plan.policy_removed", f"{reference} {policy.title}", by=me(), version=version.number)
    version.remove(policy)
    flash(f"Policy {reference} is removed.", "success")
    return back()


def policy_of(version: PlanVersion | None, reference: str) -> Policy:
    policy = version.policy(reference) if version else None
    return policy or abort(404)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.globals["site_words"] = site_words.FOR_TEMPLATES
    navigation.add("Plan", "plans.show", order=15, act=Act.LOOK, kinds=BODIES)
