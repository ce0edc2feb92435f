"""The plan's policies, as its members write them."""

from typing import Any

from flask import abort, flash, render_template, request

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.plans.differing import difference
from consult.plans.models import PlanVersion, Policy, draft_version, latest_version
from consult.plans.pages import back, frozen, pages
from consult.plans.section_pages import asks_for_preview
from consult.plans.writing_forms import PolicyForm


@pages.route("/<space:space>/plan/new-policy", methods=["GET", "POST"])
@needs(Act.DRAW)
def add_policy() -> Any:
    form = PolicyForm(latest_version())
    if request.method == "GET" and request.args.get("section"):
        form.section.data = request.args["section"]
    if not form.validate_on_submit():
        return page_of(form), 422 if form.errors else 200
    if asks_for_preview():
        return page_of(form, preview=True)
    version = draft_version()
    return written(version, version.add_policy(**form.words), form)


@pages.route("/<space:space>/plan/policies/<reference>", methods=["GET", "POST"])
@needs(Act.DRAW)
def edit_policy(reference: str) -> Any:
    before = latest_version()
    policy = known(before, reference)
    if policy is None and not request.form.get("key"):
        abort(404)
    form = PolicyForm(before, policy)
    if policy is None:
        return page_of(form, gone=True), 409
    if not form.validate_on_submit():
        return page_of(form, policy), 422 if form.errors else 200
    if asks_for_preview():
        return page_of(form, policy, preview=True)
    version = draft_version()
    policy = known(version, reference)
    if policy is None:
        return page_of(form, gone=True), 409
    if form.seen.data and form.seen.data != policy.mark:
        return overtaken(form, policy), 409
    version.rewrite(policy, **form.words)
    return written(version, policy, form)


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
    audit.record("plan.policy_removed", policy.name, by=me(), version=version.number)
    version.remove(policy)
    flash(f"Policy {reference} is removed.", "success")
    return back()


def written(version: PlanVersion, policy: Policy, form: PolicyForm) -> Any:
    """Puts it where it belongs, among the sections and on the land."""
    if form.offers["section"]:
        version.place(policy, version.section(form.section.data))
    if form.offers["sites"]:
        chosen = set(form.sites.data or [])
        version.link_sites(policy, [site for site in version.sites if str(site.land_id) in chosen])
    audit.record("plan.policy_written", policy.name, by=me(), version=version.number)
    flash(f"Policy {policy.reference} is saved.", "success")
    return back(policy.key)


def overtaken(form: PolicyForm, policy: Policy) -> str:
    """The form again with what this person wrote, and beside it what somebody else saved meanwhile."""
    form.seen.data = policy.mark
    changes = difference(policy.text, form.text.data or "")
    return page_of(form, policy, saved=policy, changes=changes)


def page_of(form: PolicyForm, policy: Policy | None = None, **shown: Any) -> str:
    return render_template("plans/policy.html", form=form, policy=policy, frozen=frozen(), **shown)


def known(version: PlanVersion | None, reference: str) -> Policy | None:
    """The policy of an address, or the one that the form was about when somebody has changed its reference."""
    key = request.form.get("key", "")
    if version is None:
        return None
    return version.policy_by_key(key) if key else version.policy(reference)


def policy_of(version: PlanVersion | None, reference: str) -> Policy:
    found = version.policy(reference) if version else None
    return found or abort(404)
