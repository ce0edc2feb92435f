"""Issues put together: from themes, and from single points that no theme holds together."""

from typing import Any, Final
from uuid import UUID

from flask import flash, render_template, request

from consult.access import Act, needs
from consult.consultations.models import Consultation
from consult.issues.forms import IssueForm, WordingForm
from consult.issues.gathered import Raised, issues_of, raised
from consult.issues.pages import LIST, ONE, gatherer, issue_here, pages, to_issue, to_list
from consult.issues.reading import Read, in_order, read
from consult.responses.asking import consultation_at
from consult.web.errors import Refused
from consult.web.paging import page_asked_for

EACH_PAGE: Final = 50
LONGEST_SEARCH: Final = 120


def form_for(consultation: Consultation, points: Raised) -> IssueForm:
    """Themes that are in no issue yet can be chosen."""
    taken = {entry.id for issue in issues_of(consultation, points) for entry in issue.themes}
    numbers = {entry.id: len(points.under(entry.id)) for entry in points.frame.matters}
    return IssueForm(points.frame, numbers, taken)


@pages.route(f"{LIST}/new", methods=["GET", "POST"])
@needs(Act.COMBINE)
def begin(reference: str) -> Any:
    consultation = consultation_at(reference)
    form = form_for(consultation, raised(consultation))
    if not form.is_submitted() and (theme := request.args.get("theme")) in dict(form.themes.choices):
        form.themes.data, form.title.data = [theme], label_of(form, str(theme))
    if form.validate_on_submit():
        try:
            id_ = gatherer(consultation).begin(form.title.data, form.summary.data or "", form.chosen, set())
        except Refused as refusal:
            form.title.errors = [str(refusal)]
        else:
            flash("The issue is begun. Now write the reply.", "success")
            return to_issue(id_)
    page = render_template("issues/new.html", consultation=consultation, form=form)
    return page, 422 if form.errors else 200


def label_of(form: IssueForm, theme: str) -> str:
    return str(dict(form.themes.choices)[theme]).rpartition(" (")[0]


@pages.route(f"{ONE}/wording", methods=["GET", "POST"])
@needs(Act.COMBINE)
def word(issue_id: UUID) -> Any:
    consultation, issue, _ = issue_here(issue_id)
    form = WordingForm(data={"title": issue.title, "summary": issue.summary})
    if form.validate_on_submit():
        try:
            gatherer(consultation).word(issue.id, form.title.data, form.summary.data or "")
        except Refused as refusal:
            form.title.errors = [str(refusal)]
        else:
            flash("The issue is saved.", "success")
            return to_issue(issue.id)
    page = render_template("issues/wording.html", consultation=consultation, issue=issue, form=form)
    return page, 422 if form.errors else 200


@pages.route(f"{ONE}/points", methods=["GET", "POST"])
@needs(Act.COMBINE)
def gather(issue_id: UUID) -> Any:
    """Themes that are in no issue, and single points that are not in this one, to be put into it."""
    consultation, issue, points = issue_here(issue_id)
    refusal = ""
    if request.method == "POST":
        try:
            themes, single = ids(request.form.getlist("theme")), ids(request.form.getlist("point"))
            gatherer(consultation).gather(issue.id, themes, single)
        except Refused as refused:
            refusal = str(refused)
        else:
            flash("They are in this issue now.", "success")
            return to_issue(issue.id)
    taken = {entry.id for each in issues_of(consultation, points) for entry in each.themes}
    looked_for = " ".join(request.args.get("q", "").split())[:LONGEST_SEARCH]
    shown, more = offered(consultation, points, set(points.owners) - set(issue.points), looked_for)
    page = render_template(
        "issues/gather.html",
        consultation=consultation,
        issue=issue,
        themes=[
            (entry, len(points.under(entry.id))) for entry in points.frame.matters if entry.id not in taken
        ],
        shown=shown,
        more=more,
        looked_for=looked_for,
        chosen=set(request.form.getlist("point") + request.form.getlist("theme")),
        refusal=refusal,
        page=page_asked_for(),
    )
    return page, 422 if refusal else 200


def offered(
    consultation: Consultation, points: Raised, free: set[UUID], looked_for: str
) -> tuple[list[Read], bool]:
    """One page of the points with these words, and whether more follow."""
    ordered, start = in_order(free), (page_asked_for() - 1) * EACH_PAGE
    if looked_for:
        every = read(consultation, ordered, points)
        found = [
            each for each in every if looked_for.casefold() in f"{each.response} {each.words}".casefold()
        ]
        return found[start : start + EACH_PAGE], len(found) > start + EACH_PAGE
    return read(consultation, ordered[start : start + EACH_PAGE], points), len(ordered) > start + EACH_PAGE


@pages.post(f"{ONE}/parting")
@needs(Act.COMBINE)
def part(issue_id: UUID) -> Any:
    """A theme or a single point is taken out of it."""
    consultation, issue, _ = issue_here(issue_id)
    for thing in ids([request.form.get("thing", "")]):
        gatherer(consultation).part(issue.id, thing)
    flash("It is taken out of this issue.", "success")
    return to_issue(issue.id)


@pages.post(f"{ONE}/dissolving")
@needs(Act.COMBINE)
def dissolve(issue_id: UUID) -> Any:
    consultation, issue, _ = issue_here(issue_id)
    gatherer(consultation).dissolve(issue.id)
    flash(f"“{issue.title}” is no issue any more. You can take that back.", "success")
    return to_list(consultation)


@pages.post(f"{LIST}/undoing")
@needs(Act.COMBINE)
def undo(reference: str) -> Any:
    """Takes back the last step of whoever asks."""
    consultation = consultation_at(reference)
    if gatherer(consultation).undo() is None:
        raise Refused("You have taken no step here that could be taken back.")
    flash("Your last step is taken back.", "success")
    return to_list(consultation)


def ids(given: list[str]) -> set[UUID]:
    """Raises Refused for what is no id: it was made up, and names nothing."""
    try:
        return {UUID(each) for each in given}
    except ValueError:
        raise Refused("Choose one of those that are offered.") from None
