"""The code frame: read, searched, worded, merged and retired."""

from typing import Any
from uuid import UUID

import wtforms
from flask import abort, flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.consultations.models import Consultation
from consult.database import db
from consult.points.frame import LONGEST_LABEL, MATTER, Entry, Frame, frame_of, uses
from consult.points.models import Theme
from consult.points.pages import coder, pages
from consult.responses.asking import consultation_at
from consult.tenancy import here
from consult.web.errors import Refused
from consult.web.forms import Form, at_most, required

THEMES = "/<space:space>/consultations/<reference>/themes"
THEME = "/<space:space>/themes/<uuid:theme_id>"
LONGEST_TEXT = 1_000


class ThemeForm(Form):
    label = wtforms.StringField(
        "Name",
        [required("Name the theme."), at_most(LONGEST_LABEL, "The name")],
        description="Short: “Parking on verges”.",
    )
    definition = wtforms.TextAreaField("What it means", [at_most(LONGEST_TEXT)])
    includes = wtforms.TextAreaField("What belongs to it", [at_most(LONGEST_TEXT)])
    excludes = wtforms.TextAreaField("What does not", [at_most(LONGEST_TEXT)])
    parent = wtforms.SelectField("It stands under", validate_choice=True)

    def __init__(self, frame: Frame, entry: Entry | None = None) -> None:
        super().__init__(data=vars(entry) | {"parent": str(entry.parent or "")} if entry else None)
        tops = [e for e in frame.matters if e.parent is None and e != entry]
        self.parent.choices = [("", "None: it is a theme of its own"), *((str(e.id), e.label) for e in tops)]

    @property
    def words(self) -> dict[str, Any]:
        parent = UUID(self.parent.data) if self.parent.data else None
        return {"parent_id": parent} | {
            name: self[name].data or "" for name in ("definition", "includes", "excludes")
        }


@pages.get(THEMES)
@needs(Act.COMBINE)
def themes(reference: str) -> Any:
    consultation = consultation_at(reference)
    return list_page(consultation, ThemeForm(frame_of(consultation.id)))


@pages.post(THEMES)
@needs(Act.COMBINE)
def add_theme(reference: str) -> Any:
    consultation = consultation_at(reference)
    form = ThemeForm(frame_of(consultation.id))
    if not form.validate_on_submit():
        return list_page(consultation, form), 422
    try:
        coder(consultation).write(form.label.data, **form.words)
    except Refused as refusal:
        form.label.errors = [str(refusal)]
        return list_page(consultation, form), 422
    flash(f"“{form.label.data}” is a theme now.", "success")
    return redirect(url_for("points.themes", reference=reference), 303)


def list_page(consultation: Consultation, form: ThemeForm) -> str:
    frame = frame_of(consultation.id)
    looked_for = " ".join(request.args.get("q", "").split())[:LONGEST_LABEL]
    return render_template(
        "points/themes.html",
        consultation=consultation,
        frame=frame,
        shown=[entry for entry in frame.matters if says(entry, looked_for)],
        looked_for=looked_for,
        numbers=points_with(consultation, frame),
        form=form,
    )


def says(entry: Entry, words: str) -> bool:
    text = " ".join((entry.label, entry.definition, entry.includes, entry.excludes))
    return words.casefold() in text.casefold()


def points_with(consultation: Consultation, frame: Frame) -> dict[UUID, int]:
    """How many codings count under each theme now."""
    found: dict[UUID, int] = {}
    for theme, count in uses(consultation.id).items():
        found[frame.stands_for(theme)] = found.get(frame.stands_for(theme), 0) + count
    return found


@pages.route(THEME, methods=["GET", "POST"])
@needs(Act.COMBINE)
def theme(theme_id: UUID) -> Any:
    consultation, frame, entry = theme_here(theme_id)
    form = ThemeForm(frame, entry)
    if not form.validate_on_submit():
        return theme_page(consultation, frame, entry, form), 422 if form.errors else 200
    try:
        coder(consultation).reword(entry.id, form.label.data, position=entry.position, **form.words)
    except Refused as refusal:
        form.label.errors = [str(refusal)]
        return theme_page(consultation, frame, entry, form), 422
    return back(consultation, "The theme is saved.")


def theme_page(consultation: Consultation, frame: Frame, entry: Entry, form: ThemeForm) -> str:
    return render_template(
        "points/theme.html",
        consultation=consultation,
        entry=entry,
        form=form,
        others=[other for other in frame.matters if other != entry],
        number=points_with(consultation, frame).get(entry.id, 0),
    )


@pages.post(f"{THEME}/merging")
@needs(Act.COMBINE)
def merge(theme_id: UUID) -> Any:
    """Counts it under another from here on; its codings stay as they were made."""
    consultation, frame, entry = theme_here(theme_id)
    into = next((other for other in frame.matters if str(other.id) == request.form.get("into")), None)
    if into is None:
        raise Refused("Choose the theme that it belongs to.")
    coder(consultation).merge(entry.id, into.id)
    return back(consultation, f"“{entry.label}” counts under “{into.label}” now.")


@pages.post(f"{THEME}/retirement")
@needs(Act.COMBINE)
def retire(theme_id: UUID) -> Any:
    consultation, _, entry = theme_here(theme_id)
    coder(consultation).retire(entry.id)
    return back(consultation, f"“{entry.label}” is offered no longer.")


@pages.post(f"{THEMES}/undoing")
@needs(Act.COMBINE)
def undo_frame(reference: str) -> Any:
    consultation = consultation_at(reference)
    if coder(consultation).undo() is None:
        raise Refused("You have taken no step here that could be taken back.")
    return back(consultation, "Your last step is taken back.")


def theme_here(theme_id: UUID) -> tuple[Consultation, Frame, Entry]:
    row = db.session.get(Theme, (here(), theme_id)) or abort(404)
    consultation = db.session.get(Consultation, (here(), row.consultation_id)) or abort(404)
    frame = frame_of(consultation.id)
    entry = frame.by_id.get(theme_id)
    if entry is None or entry.kind != MATTER:
        abort(404)
    return consultation, frame, entry


def back(consultation: Consultation, sentence: str) -> Any:
    flash(sentence, "success")
    return redirect(url_for("points.themes", reference=consultation.reference), 303)
