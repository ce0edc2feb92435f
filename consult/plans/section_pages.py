"""The plan's sections, as its members write them."""

from typing import Any

from flask import abort, flash, render_template, request

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.plans.differing import difference
from consult.plans.models import PlanVersion, Section, draft_version, latest_version
from consult.plans.pages import back, frozen, pages
from consult.plans.writing_forms import LAST, SectionForm


@pages.route("/<space:space>/plan/new-section", methods=["GET", "POST"])
@needs(Act.DRAW)
def add_section() -> Any:
    form = SectionForm(latest_version())
    if request.method == "GET" and request.args.get("after"):
        form.after.data = request.args["after"]
    if not form.validate_on_submit():
        return page_of(form), 422 if form.errors else 200
    if asks_for_preview():
        return page_of(form, preview=True)
    version = draft_version()
    after = None if form.after.data == LAST else version.section(form.after.data)
    section = version.add_section(**form.words, after=after)
    return written(version, section)


@pages.route("/<space:space>/plan/sections/<key>", methods=["GET", "POST"])
@needs(Act.DRAW)
def edit_section(key: str) -> Any:
    before = latest_version()
    section = before.section(key) if before else None
    if section is None and request.method == "GET":
        abort(404)
    form = SectionForm(before, section)
    if section is None:
        return page_of(SectionForm(before), gone=True), 409
    if not form.validate_on_submit():
        return page_of(form, section), 422 if form.errors else 200
    if asks_for_preview():
        return page_of(form, section, preview=True)
    version = draft_version()
    section = version.section(key)
    if section is None:
        return page_of(SectionForm(version), gone=True), 409
    if form.seen.data and form.seen.data != section.mark:
        return overtaken(form, section), 409
    version.change_section(section, **form.words)
    return written(version, section)


@pages.post("/<space:space>/plan/sections/<key>/position")
@needs(Act.DRAW)
def move_section(key: str) -> Any:
    version = draft_version()
    section = section_of(version, key)
    version.move_section(section, {"up": -1, "down": 1}.get(request.form.get("to", ""), 0))
    audit.record("plan.section_moved", section.title, by=me(), version=version.number)
    return back()


@pages.post("/<space:space>/plan/sections/<key>/removal")
@needs(Act.DRAW)
def remove_section(key: str) -> Any:
    version = draft_version()
    section = section_of(version, key)
    audit.record("plan.section_removed", section.title, by=me(), version=version.number)
    version.remove_section(section)
    flash(f"The section “{section.title}” is removed.", "success")
    return back()


def written(version: PlanVersion, section: Section) -> Any:
    audit.record("plan.section_written", section.title, by=me(), version=version.number)
    flash(f"The section “{section.title}” is saved.", "success")
    return back(section.key)


def overtaken(form: SectionForm, section: Section) -> str:
    """The form again with what this person wrote, and beside it what somebody else saved meanwhile."""
    form.seen.data = section.mark
    changes = difference(section.text, form.text.data or "")
    return page_of(form, section, saved=section, changes=changes)


def page_of(form: SectionForm, section: Section | None = None, **shown: Any) -> str:
    return render_template("plans/section.html", form=form, section=section, frozen=frozen(), **shown)


def section_of(version: PlanVersion | None, key: str) -> Section:
    found = version.section(key) if version else None
    return found or abort(404)


def asks_for_preview() -> bool:
    return request.form.get("do") == "preview"
