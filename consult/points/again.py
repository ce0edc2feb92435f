"""The pages of reading again: a point a screen, without what the first reader found; and how far the two agree."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import db
from consult.points.agreement import alpha, f1
from consult.points.coder import Coder
from consult.points.frame import Frame, frame_of
from consult.points.pages import HERE, ONE, pages, passage_here
from consult.points.passages import Passage
from consult.points.seconding import Both, Seconds, both, sample, waiting_for
from consult.points.standing import Standing, standing_in
from consult.points.working import ids
from consult.responses.asking import consultation_at
from consult.web.errors import Refused


@pages.get(f"{HERE}/second")
@needs(Act.COMBINE)
def agreement(reference: str) -> str:
    """How far the two readers agree, theme by theme, and where they do not."""
    consultation = consultation_at(reference)
    frame = frame_of(consultation.id)
    twice = both(consultation, frame)
    pairs = [(each.first, each.second) for each in twice]
    return render_template(
        "points/agreement.html",
        consultation=consultation,
        frame=frame,
        twice=len(twice),
        together=f1(pairs),
        themes=[(entry, *found_by(twice, entry.id), alpha(pairs, entry.id)) for entry in frame.matters],
        differing=[each for each in twice if each.first != each.second],
        chosen=len(sample(consultation)),
        begin=waiting_for(consultation, me().id),
    )


def found_by(twice: list[Both], theme: UUID) -> tuple[int, int, int]:
    """In how many points the first reader found it, the second, and both."""
    first, second = ([theme in getattr(each, name) for each in twice] for name in ("first", "second"))
    return sum(first), sum(second), sum(map(min, zip(first, second, strict=True)))


@pages.get(f"{ONE}/second")
@needs(Act.COMBINE)
def second(passage_id: UUID) -> str:
    return blind(*passage_here(passage_id))


def blind(consultation: Consultation, found: Passage, refusal: str = "") -> str:
    frame = frame_of(consultation.id)
    point = asked_for(found, frame)
    return render_template(
        "points/again.html",
        consultation=consultation,
        passage=found,
        point=point,
        words=point.span.of(found.written),
        frame=frame,
        ticked=request.form.getlist("theme"),
        refusal=refusal,
    )


def asked_for(found: Passage, frame: Frame) -> Standing:
    letter = request.values.get("point", "")
    point = next((each for each in standing_in(found, frame) if each.letter == letter), None)
    return point or abort(404)


@pages.post(f"{ONE}/second")
@needs(Act.COMBINE)
def read_again(passage_id: UUID) -> Any:
    """What the second reader finds, and the next point that waits for them."""
    consultation, found = passage_here(passage_id)
    try:
        themes = ids(request.form.getlist("theme"))
        if request.form.get("nothing"):
            themes = {Coder(consultation, me()).nothing()}
        Seconds(consultation, me()).read_again(found, request.form.get("point", ""), themes)
    except Refused as refusal:
        db.session.rollback()  # nothing of it is kept but the words on the form
        return blind(consultation, found, str(refusal)), 422
    comes = waiting_for(consultation, me().id)
    if comes is None:
        flash("Nothing more waits to be read again by you.", "success")
        return redirect(url_for("points.agreement", reference=consultation.reference), 303)
    return redirect(url_for("points.second", passage_id=comes[0], point=comes[1] or None), 303)
