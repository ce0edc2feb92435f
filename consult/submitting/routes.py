"""The body's side of a submission: what is asked, what there is of it, what is missing; submitted, and taken back."""

from typing import Any
from uuid import UUID

from flask import Flask, abort, g, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import words
from consult.reports import sending
from consult.spaces import law, navigation
from consult.submitting import drafting, handing
from consult.submitting import panel as panel
from consult.submitting import receiving as receiving
from consult.submitting import road as road
from consult.submitting import taking_back as taking_back
from consult.submitting.completeness import CONDITIONS
from consult.submitting.forms import EnvironmentForm, FileForm, KindForm, StatementForm, conditions_form
from consult.submitting.models import SubmissionDraftFile, submissions_of
from consult.submitting.pages import AT, FILED, body_only, kept, pages
from consult.web.files_taken import ROOM_FOR_A_FILE

BODIES = ("forum", "council")


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint == "submitting.add_file":
        request.max_content_length = ROOM_FOR_A_FILE


@pages.get(AT)
@needs(Act.LOOK)
def show() -> str:
    body_only()
    said = drafting.draft()
    return render_template(
        "submitting/show.html",
        said=said,
        items=drafting.items(said),
        files={item: drafting.files_of(said, item) for item in FILED},
        submissions=submissions_of(g.space),
        addresses=addresses(),
        words=words,
    )


def addresses() -> dict[str, str]:
    """Where each item is gathered."""
    asked = drafting.consultation()
    of_it = (
        {
            "told": url_for("consultations.consultees", reference=asked.reference),
            "copied": url_for("consultations.authority_copy", reference=asked.reference),
            "consulted": url_for("consultations.show", reference=asked.reference),
        }
        if asked
        else {"consulted": url_for("consultations.index")}
    )
    return of_it | {
        "area": url_for("areas.show"),
        "plan": url_for("plans.show"),
        "statement": url_for("submitting.statement"),
        "conditions": url_for("submitting.conditions"),
        "environment": url_for("submitting.environment"),
        "modification": url_for("submitting.kind"),
    }


@pages.route(f"{AT}/kind", methods=["GET", "POST"])
@needs(Act.DRAW)
def kind() -> Any:
    body_only()
    said = drafting.draft()
    form = KindForm(obj=said)
    if not form.validate_on_submit():
        return render_template("submitting/kind.html", form=form), 422 if form.errors else 200
    now: dict[str, Any] = {
        "kind": form.kind.data,
        "changes_nature": form.changes_nature.data or "",
        "modification": form.modification.data or "",
    }
    if said.kind != form.kind.data:
        now["conditions_from"] = None  # the lists of the two are dated apart
    drafting.keep(me(), "the kind of proposal", **now)
    return kept("It is saved.")


@pages.route(f"{AT}/statement", methods=["GET", "POST"])
@needs(Act.DRAW)
def statement() -> Any:
    body_only()
    said = drafting.draft()
    form = StatementForm(data={"report": str(said.report_id or "none")})
    form.offer()
    if not form.validate_on_submit():
        page = render_template("submitting/statement.html", form=form, asked=drafting.consultation())
        return page, 422 if form.errors else 200
    chosen = form.report.data
    drafting.keep(
        me(), "the consultation statement", report_id=UUID(chosen) if chosen not in (None, "none") else None
    )
    return kept("The consultation statement is chosen.")


@pages.route(f"{AT}/conditions", methods=["GET", "POST"])
@needs(Act.DRAW)
def conditions() -> Any:
    body_only()
    said = drafting.draft()
    form = conditions_form(said)
    if not form.validate_on_submit():
        page = render_template("submitting/conditions.html", form=form, asked=drafting.conditions_of(said))
        return page, 422 if form.errors else 200
    not_answers = ("csrf_token", "conditions_from")
    answers = {f.name: f.data for f in form if f.name not in not_answers and f.data}
    since = next(
        one.since
        for one in law.lists(CONDITIONS[said.kind])
        if one.since.isoformat() == form.conditions_from.data
    )
    answers = {**said.conditions, **dict.fromkeys((f.name for f in form), ""), **answers}
    kept_answers = {key: words for key, words in answers.items() if words and key not in not_answers}
    drafting.keep(me(), "the basic conditions", conditions=kept_answers, conditions_from=since)
    return kept("Your answers are saved.")


@pages.route(f"{AT}/environment", methods=["GET", "POST"])
@needs(Act.DRAW)
def environment() -> Any:
    body_only()
    form = EnvironmentForm(obj=drafting.draft())
    if not form.validate_on_submit():
        return render_template("submitting/environment.html", form=form), 422 if form.errors else 200
    said = {
        "environment": form.environment.data,
        "determined_on": form.determined_on.data,
        "reasons": form.reasons.data or "",
    }
    drafting.keep(me(), "the environmental report, or why none", **said)
    return kept("It is saved.")


@pages.route(f"{AT}/new-file/<item>", methods=["GET", "POST"])
@needs(Act.DRAW)
def add_file(item: str) -> Any:
    body_only()
    if item not in FILED:
        abort(404)
    form = FileForm()
    if not form.validate_on_submit():
        page = render_template("submitting/file.html", form=form, heading=FILED[item])
        return page, 422 if form.errors else 200
    drafting.add_file(me(), item, form.taken)
    return kept(f"{form.taken.name} is added.")


def file_at(file_id: UUID) -> SubmissionDraftFile:
    return next((file for file in drafting.draft().files if file.id == file_id), None) or abort(404)


@pages.get(f"{AT}/draft-files/<uuid:file_id>")
@needs(Act.LOOK)
def draft_file(file_id: UUID) -> Any:
    file = file_at(file_id)
    return sending.sent(file.name, file.media_type, file.content, "draft of a submission")


@pages.post(f"{AT}/draft-files/<uuid:file_id>/removal")
@needs(Act.DRAW)
def remove_file(file_id: UUID) -> Any:
    file = file_at(file_id)
    name = file.name
    drafting.remove_file(me(), file)
    return kept(f"{name} is removed.")


@pages.post(f"{AT}/handing")
@needs(Act.APPLY)
def hand() -> Any:
    body_only()
    made = handing.hand(me())
    return redirect(url_for("submitting.one", submission_id=made.id), 303)


@pages.post(f"{AT}/withdrawal")
@needs(Act.APPLY)
def withdraw() -> Any:
    body_only()
    handing.withdraw(me())
    return kept("The submission is withdrawn. What you assembled stays here, and you can submit again.")


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    navigation.add("Submission", "submitting.show", order=60, act=Act.LOOK, kinds=BODIES)
    navigation.add("Submissions", "submitting.received", order=60, act=Act.LOOK, kinds=("authority",))
