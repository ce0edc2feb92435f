"""One passage a screen: its points, the themes each raises, and the way to the next."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import db
from consult.points import offering, ranking
from consult.points.doubting import beginning, can_doubt, following
from consult.points.frame import LONGEST_LABEL, Frame, frame_of
from consult.points.pages import HERE, ONE, address, coder, kept, pages, passage_here, wanted
from consult.points.passages import Passage, Wanted
from consult.points.queue import beside, first, progress, progress_by, together
from consult.points.readers import readers_of
from consult.points.spans import EVERYTHING, Span, sentences
from consult.points.standing import Standing, standing_in
from consult.points.suggesting import suggested
from consult.responses.asking import consultation_at
from consult.responses.languages.answer_translations import AnswerTranslation, translations_in
from consult.responses.words import KINDS, STANCES
from consult.web.errors import Refused


@pages.get(HERE)
@needs(Act.COMBINE)
def overview(reference: str) -> str:
    """How far the reading has come, question by question and policy by policy."""
    consultation = consultation_at(reference)
    if not current_app.testing:
        ranking.warm()
    questions = progress_by(consultation, "question")
    return render_template(
        "points/overview.html",
        consultation=consultation,
        progress=together(questions.values()),
        questions=questions,
        policies=progress_by(consultation, "policy"),
        frame=frame_of(consultation.id),
        begin=first(consultation, Wanted(state="uncoded")),
        readers=(readers := readers_of(consultation)),
        mine=next((each for each in readers if each.person and each.person.id == me().id), None),
        can_doubt=can_doubt,
    )


@pages.get(f"{HERE}/next")
@needs(Act.COMBINE)
def next_passage(reference: str) -> Any:
    """The first passage that is wanted."""
    consultation = consultation_at(reference)
    which = wanted(consultation)
    found = beginning(consultation, which)
    if found is None:
        flash("Nothing of that kind is left to read.", "success")
        return redirect(url_for("points.overview", reference=reference))
    return redirect(address(found, which))


def english_of(found: Passage) -> list[AnswerTranslation]:
    """What somebody has put into English of it, in the order in which it is read: a layer beside the words that are
    cut and coded."""
    known = translations_in([found.response_id])
    return [known[found.id, field] for field in found.written if (found.id, field) in known]


@pages.get(ONE)
@needs(Act.COMBINE)
def passage(passage_id: UUID) -> str:
    consultation, found = passage_here(passage_id)
    return page(consultation, found)


def page(consultation: Consultation, found: Passage, refusal: str = "") -> str:
    which, frame = wanted(consultation), frame_of(consultation.id)
    points = standing_in(found, frame)
    policies = {policy.id: policy for policy in consultation.policies}
    active = active_of(points)
    entries = suggested(consultation, frame, active.span.of(found.written), active.themes)
    return render_template(
        "points/passage.html",
        consultation=consultation,
        passage=found,
        points=points,
        active=active,
        ticked=ticked_on_form() if refusal and request.endpoint == "points.code" else active.themes,
        suggested=entries,
        offered=offering.seal(found.id, active.letter, [entry.id for entry in entries]),
        frame=frame,
        policies=policies,
        english=english_of(found),
        pieces=[(point, point.span.of(found.written)) for point in points],
        sentences=[
            (span, span.of(found.written))
            for point in points
            for span in sentences(point.span, found.written)[1:]
        ],
        progress=progress(consultation),
        ways={
            "previous": beside(consultation, which, found.id, after=False),
            "next": following(consultation, which, found.id),
        },
        can_doubt=can_doubt,
        which=which,
        kept=kept(which),
        kinds=KINDS,
        stances=STANCES,
        refusal=refusal,
        typed=request.form.get("label", "") if refusal else "",
    )


def ticked_on_form() -> frozenset[UUID]:
    """What a form that is refused had ticked, made-up ids left out."""
    given = {each for name in ("theme", "suggested") for each in request.form.getlist(name)}
    return frozenset(id_ for each in given if (id_ := id_of(each)))


def active_of(points: list[Standing]) -> Standing:
    """The point that is asked for; else the first that is not coded yet."""
    asked = request.values.get("point")
    chosen = next((point for point in points if point.letter == asked), None)
    return chosen or next((point for point in points if not point.themes), points[0])


@pages.post(ONE)
@needs(Act.COMBINE)
def code(passage_id: UUID) -> Any:
    """The active point raises the themes that are ticked, and the one that is written in."""
    consultation, found = passage_here(passage_id)
    letter = request.form.get("point", "")

    def act() -> None:
        at_work = coder(consultation)
        ticked = ids(request.form.getlist("suggested"))
        accepted = ticked & offering.offered(found.id, letter, request.form.get("offered", ""))
        themes = ids(request.form.getlist("theme")) | ticked
        label = " ".join(request.form.get("label", "").split())
        if len(label) > LONGEST_LABEL:
            raise Refused(f"Keep a theme’s name to {LONGEST_LABEL} characters: the definition may say more.")
        if label:
            known = at_work.frame.labelled(label)
            themes.add(known.id if known else at_work.write(label))
        if request.form.get("nothing"):
            themes = {at_work.nothing()}
        if not themes and not standing_here(found, letter, at_work.frame):
            raise Refused("Choose a theme, write a new one, or say that it raises nothing to answer.")
        at_work.code(found, letter, themes, accepted=frozenset(accepted))

    return done(consultation, found, act, stay=request.form.get("do") == "stay")


def standing_here(found: Passage, letter: str, frame: Frame) -> frozenset[UUID]:
    return next((p.themes for p in standing_in(found, frame) if p.letter == letter), frozenset())


@pages.post(f"{ONE}/points")
@needs(Act.COMBINE)
def divide(passage_id: UUID) -> Any:
    """Words that were marked become a point; or the passage is cut before the sentences that are ticked."""
    consultation, found = passage_here(passage_id)
    selection = span_of(request.form.get("selection", ""))
    before = [span for given in request.form.getlist("before") if (span := span_of(given))]

    def act() -> None:
        at_work = coder(consultation)
        if selection:
            at_work.mark(found, selection)
        else:
            at_work.cut(found, before)

    return done(consultation, found, act, stay=True)


@pages.post(f"{ONE}/joining")
@needs(Act.COMBINE)
def join(passage_id: UUID) -> Any:
    consultation, found = passage_here(passage_id)
    return done(consultation, found, lambda: coder(consultation).join(found), stay=True)


@pages.post(f"{ONE}/bearing")
@needs(Act.COMBINE)
def bear(passage_id: UUID) -> Any:
    """The active point is about another policy, or stands otherwise to it."""
    consultation, found = passage_here(passage_id)
    policy = next((p.id for p in consultation.policies if p.reference == request.form.get("about")), None)
    stance = request.form.get("stance_of", "")

    def act() -> None:
        stands = stance if stance in STANCES else ""
        coder(consultation).place(found, request.form.get("point", ""), policy, stands)

    return done(consultation, found, act, stay=True)


@pages.post(f"{ONE}/undoing")
@needs(Act.COMBINE)
def undo(passage_id: UUID) -> Any:
    """Takes back the last step of whoever asks, wherever it was made."""
    consultation, found = passage_here(passage_id)

    def act() -> None:
        if coder(consultation).undo() is None:
            raise Refused("You have taken no step here that could be taken back.")
        flash("Your last step is taken back.", "success")

    return done(consultation, found, act, stay=True)


def done(consultation: Consultation, found: Passage, act: Callable[[], None], stay: bool) -> Any:
    """Performs it and shows what comes next: another point of the passage that is not coded, or the next passage."""
    try:
        act()
    except Refused as refusal:
        db.session.rollback()  # nothing of it is kept but the words on the form
        return page(consultation, found, str(refusal)), 422
    which = wanted(consultation)
    points = standing_in(found, frame_of(consultation.id))
    rest = next((point.letter for point in points if not point.themes), None)
    if stay or (rest is not None and len(points) > 1):
        letter = request.form.get("point") if stay else rest
        return redirect(address(found.id, which, point=letter or None), 303)
    comes = following(consultation, which, found.id)
    if comes is None:
        flash("That was the last one of this list.", "success")
        return redirect(url_for("points.overview", reference=consultation.reference), 303)
    return redirect(address(comes, which), 303)


def ids(given: list[str]) -> set[UUID]:
    """Those that are ids; anything else was made up, and names no theme."""
    found = {id_of(each) for each in given}
    if None in found:
        raise Refused("Choose one of the themes that are offered.")
    return {id_ for id_ in found if id_}


def id_of(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


def span_of(given: str) -> Span | None:
    """“text:18:39” as it is sent from the page."""
    field, _, rest = given.partition(":")
    start, _, end = rest.partition(":")
    if not (start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal()) or len(given) > 40:
        return None
    span = Span(field, int(start), int(end))
    return None if span == EVERYTHING else span
