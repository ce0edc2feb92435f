"""The authority's side: the forum applications handed to it, each with what it includes, and the decision."""

from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for

from consult import clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.areas import maps
from consult.areas.maps import Seen
from consult.forums import completeness, deciding, pack, road, rows
from consult.forums.completeness import SECTION_61F, Case, Item
from consult.forums.counting import tally
from consult.forums.forms import DesignationForm, RefusalForm
from consult.forums.models import ForumApplication, handed_to
from consult.forums.pages import constitution_of, handed, pages, sent
from consult.spaces import handed as handed_over
from consult.spaces import law, milestones

ONE = "/<space:space>/forum-applications/<uuid:application_id>"


@pages.get("/<space:space>/forum-applications")
@needs(Act.LOOK)
def applications() -> str:
    if not g.space.is_authority:
        abort(404)
    found = handed_to(g.space)
    return render_template(
        "forums/applications.html",
        live=[each for each in found if each.is_live],
        settled=[each for each in found if not each.is_live],
    )


@pages.get(ONE)
@needs(Act.LOOK)
def application(application_id: UUID) -> Any:
    return page_of(handed(application_id))


@pages.post(f"{ONE}/designation")
@needs(Act.DESIGNATE)
def designate(application_id: UUID) -> Any:
    found, form = handed(application_id), DesignationForm(prefix="designation")
    if not form.validate_on_submit():
        return page_of(found, designation=form)
    deciding.decide(found, "designated", on=form.on.day, reasons=form.reasons.data or "", by=me())
    return settled(found, f"{found.name} is designated for five years. It has been told.")


@pages.post(f"{ONE}/refusal")
@needs(Act.DESIGNATE)
def refuse(application_id: UUID) -> Any:
    found, form = handed(application_id), RefusalForm(prefix="refusal")
    if not form.validate_on_submit():
        return page_of(found, refusal=form)
    deciding.decide(found, "refused", on=form.on.day, reasons=form.reasons.data, by=me())
    return settled(found, f"{found.name} is refused. It has been told.")


def settled(found: ForumApplication, words: str) -> Any:
    flash(words, "success")
    return redirect(url_for("forums.application", application_id=found.id), 303)


@pages.get(f"{ONE}/application.pdf")
@needs(Act.LOOK)
def pdf(application_id: UUID) -> Any:
    found = handed(application_id)
    content = pack.pdf(pack.of_application(found))
    return sent("forum-application.pdf", "application/pdf", content, f"forum application of {found.body}")


@pages.get(f"{ONE}/constitution")
@needs(Act.LOOK)
def handed_constitution(application_id: UUID) -> Any:
    return constitution_of(handed(application_id))


@pages.get(f"{ONE}/members.csv")
@needs(Act.DESIGNATE)
def handed_members(application_id: UUID) -> Any:
    """The private list: for those who decide."""
    found = handed(application_id)
    return sent("members.csv", "text/csv", rows.table_of(found.members), f"private list of {found.body}")


def page_of(
    found: ForumApplication,
    *,
    designation: DesignationForm | None = None,
    refusal: RefusalForm | None = None,
) -> tuple[str, int]:
    failed = designation or refusal
    today = {"on": clock.today()}
    publicised = milestones.days(found.space).get("forum_publicised")
    page = render_template(
        "forums/application.html",
        application=found,
        items=received(found),
        tally=tally(found.members),
        conditions=law.since(SECTION_61F, found.conditions_from).points,
        decide_by=road.decision_due(found),
        publicised=publicised,
        parts=handed_over.parts_of("forum", found),
        map=the_map(found),
        form=failed,
        designation=designation or DesignationForm(None, prefix="designation", data=today),
        refusal=refusal or RefusalForm(None, prefix="refusal", data=today),
    )
    return page, 422 if failed else 200


def received(found: ForumApplication) -> list[Item]:
    """Item by item, as it came: judged by the same rules as the draft was."""
    conditions = law.since(SECTION_61F, found.conditions_from).points
    case = Case(
        on=clock.uk(found.at).date(),
        name=found.name,
        constitution=bool(found.constitution or found.constitution_name),
        area_name=found.area_name,
        outline=True,
        contact_name=found.contact_name,
        contact=bool(found.contact_email or found.contact_phone or found.contact_address),
        unanswered=tuple(p.name for p in conditions if not found.statement.get(p.key)),
        tally=tally(found.members),
    )
    return completeness.looked_at(case)


def the_map(found: ForumApplication) -> dict[str, Any]:
    seen = [Seen(found.geometry, "area", "The area of the forum", found.area_name)]
    return maps.on_map(
        found.geometry, seen, caption=f"{found.area_name}, for which the forum applies", ground=g.space
    )
