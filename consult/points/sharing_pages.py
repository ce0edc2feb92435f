"""The pages on which what is to be read is handed out, and taken back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import db
from consult.points.pages import HERE, pages
from consult.points.readers import Readers, person_here, readers_here, readers_of
from consult.points.working import id_of
from consult.responses.asking import consultation_at
from consult.web.errors import Refused

READERS = f"{HERE}/readers"
LONGEST_NUMBER = 6


@pages.get(READERS)
@needs(Act.COMBINE)
def readers(reference: str) -> str:
    return page(consultation_at(reference))


def page(consultation: Consultation, refusal: str = "", field: str = "") -> str:
    return render_template(
        "points/readers.html",
        consultation=consultation,
        readers=readers_of(consultation),
        people=readers_here(),
        ticked=request.form.getlist("among") if refusal else None,
        typed=request.form if refusal else {},
        refusal=refusal,
        field=field,
    )


@pages.post(f"{READERS}/shares")
@needs(Act.COMBINE)
def share(reference: str) -> Any:
    """What nobody has, evenly among those who are ticked."""

    def act(at_work: Readers) -> str:
        number = at_work.share([person_here(id_of(each)) for each in request.form.getlist("among")])
        return f"{responses(number)} shared out."

    return done(reference, act, "among-1")


@pages.post(f"{READERS}/assignments")
@needs(Act.COMBINE)
def assign(reference: str) -> Any:
    """The first so many that nobody has, to one person."""

    def act(at_work: Readers) -> str:
        typed = request.form.get("number", "").strip()
        whole = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER
        person = person_here(id_of(request.form.get("to", "")))
        return (
            f"{responses(at_work.give(person, int(typed) if whole else 0))} given to {person.display_name}."
        )

    return done(reference, act, "number")


@pages.post(f"{READERS}/endings")
@needs(Act.COMBINE)
def unassign(reference: str) -> Any:
    """All that one person has is nobody's again."""

    def act(at_work: Readers) -> str:
        person = person_here(id_of(request.form.get("of", "")))
        return f"{responses(at_work.take_back(person))} of {person.display_name} are nobody’s again."

    return done(reference, act, "main-content")


def done(reference: str, act: Callable[[Readers], str], field: str) -> Any:
    consultation = consultation_at(reference)
    try:
        told = act(Readers(consultation, me()))
    except Refused as refusal:
        db.session.rollback()
        return page(consultation_at(reference), refusal.sentence, field), 422
    flash(told, "success")
    return redirect(url_for("points.readers", reference=reference), 303)


def responses(number: int) -> str:
    return "1 response" if number == 1 else f"{number:,} responses"
