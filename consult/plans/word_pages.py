"""A plan that comes from Word: sent, looked over heading by heading, then brought in."""

from contextlib import closing
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_wtf.file import FileField, FileRequired
from wtforms import ValidationError

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.areas.pages import body_only
from consult.plans import word_uploads
from consult.plans.forms import KINDS, TEN_MEGABYTES, plain_name, refused
from consult.plans.models import draft_version, latest_version
from consult.plans.pages import back, frozen, pages
from consult.plans.word_bringing import CHOICES, HOW, bring_in, pieces, problems
from consult.plans.word_file import NotWord
from consult.plans.word_reading import Read, read
from consult.plans.word_uploads import WordUpload
from consult.web.errors import Refused
from consult.web.forms import Form


class WordForm(Form):
    file = FileField(
        "The Word file",
        [FileRequired("Choose a file.")],
        description="A .docx file, 10 MB at most. Nothing is saved in the plan before you have looked it over.",
    )

    def validate_file(self, field: FileField) -> None:
        with closing(field.data) as uploaded:
            self.name = plain_name(uploaded.filename or "")
            self.content = uploaded.read(TEN_MEGABYTES + 1)
        kind = KINDS["docx"] if self.name.endswith(".docx") else None
        sentence = refused(self.name, kind, self.content) if kind else "Choose a Word file, ending in .docx"
        if sentence and not self.content.startswith(b"\xd0\xcf\x11\xe0"):
            raise ValidationError(f"{sentence}.")
        try:
            read(self.content)
        except NotWord as problem:
            raise ValidationError(problem.sentence) from problem


@pages.route("/<space:space>/plan/new-word", methods=["GET", "POST"])
@needs(Act.DRAW)
def send_word() -> Any:
    body_only()
    form = WordForm()
    if not form.validate_on_submit():
        waiting = word_uploads.waiting()
        page = render_template("plans/new_word.html", form=form, waiting=waiting, frozen=frozen())
        return page, 422 if form.errors else 200
    upload = word_uploads.keep(form.content, form.name, me())
    return redirect(url_for("plans.look_over_word", upload_id=upload.id), 303)


@pages.get("/<space:space>/plan/word/<uuid:upload_id>")
@needs(Act.DRAW)
def look_over_word(upload_id: UUID) -> Any:
    upload = found(upload_id)
    return page_of(upload, read(upload.content))


@pages.post("/<space:space>/plan/word/<uuid:upload_id>/version")
@needs(Act.DRAW)
def bring_word_in(upload_id: UUID) -> Any:
    """All of it, or nothing: a choice that cannot be is named on its row."""
    upload = found(upload_id)
    contents = read(upload.content)
    choose(contents)
    version = draft_version()
    written = bool(version.sections or version.policies)
    how = request.form.get("how", "") if written else "add"
    chosen = pieces(contents.parts)
    wrong = problems(chosen, version, adding=how == "add")
    if wrong or how not in HOW or not chosen:
        return page_of(upload, contents, wrong, how_missing=how not in HOW, empty=not chosen), 422
    try:
        bring_in(version, upload, chosen, adding=how == "add")
    except Refused as problem:
        return page_of(upload, contents, refusal=problem.sentence), 422
    policies = sum(not piece.level for piece in chosen)
    told = {"sections": len(chosen) - policies, "policies": policies, "how": how, "version": version.number}
    audit.record("plan.word_brought_in", upload.name, by=me(), **told)
    flash(f"{upload.name} is in the plan: {told['sections']} sections, {policies} policies.", "success")
    upload.remove()
    return back()


@pages.post("/<space:space>/plan/word/<uuid:upload_id>/removal")
@needs(Act.DRAW)
def cancel_word(upload_id: UUID) -> Any:
    upload = found(upload_id)
    audit.record("plan.word_cancelled", upload.name, by=me())
    upload.remove()
    flash(f"{upload.name} is removed. Nothing of it was saved.", "success")
    return redirect(url_for("plans.send_word"), 303)


def choose(contents: Read) -> None:
    """Writes what was chosen on the page over what we took each part for."""
    for number, part in enumerate(contents.parts):
        wanted = request.form.get(f"part-{number}", "")
        part.choice = wanted if wanted in CHOICES else part.choice
        part.reference = request.form.get(f"reference-{number}", part.reference).strip()


def page_of(upload: WordUpload, contents: Read, wrong: dict[int, str] | None = None, **shown: Any) -> str:
    version = latest_version()
    return render_template(
        "plans/word.html",
        upload=upload,
        contents=contents,
        wrong=wrong or {},
        choices=CHOICES,
        hows=HOW if version and (version.sections or version.policies) else {},
        how=request.form.get("how", ""),
        frozen=frozen(),
        **shown,
    )


def found(upload_id: UUID) -> WordUpload:
    body_only()
    return word_uploads.find(upload_id) or abort(404)
