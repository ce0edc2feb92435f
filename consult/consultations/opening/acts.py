"""The acts: announcing, planning the opening, opening, extending, closing. Each is a page that says what follows, and a
button."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from consult import clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import words
from consult.consultations.forms import ExtensionForm
from consult.consultations.pages import ONE, found, pages


@pages.get(f"{ONE}/opening")
@needs(Act.CONSULT)
def opening(reference: str) -> Any:
    consultation, now = found(reference), clock.now()
    if consultation.opening:
        return redirect(url_for("consultations.setup", reference=reference))
    planned = consultation.planned_opening(now)
    context = {
        "now": now,
        "planned": planned if planned > now else None,
        "lacking": consultation.lacks(planned),
        "facts": consultation.facts_in_words,
    }
    return render_template("consultations/opening.html", consultation=consultation, words=words, **context)


@pages.post(f"{ONE}/opening")
@needs(Act.CONSULT)
def open_it(reference: str) -> Any:
    found(reference).open(me())
    flash("It is open. People can respond.", "success")
    return manage(reference)


@pages.post(f"{ONE}/scheduling")
@needs(Act.CONSULT)
def schedule(reference: str) -> Any:
    """It opens by itself as the day begins that was chosen with its dates."""
    consultation = found(reference)
    opens = consultation.planned_opening()
    consultation.schedule(opens, me())
    flash(f"It opens by itself on {words.beginning(opens)}, if nothing is missing then.", "success")
    return manage(reference)


@pages.post(f"{ONE}/scheduling/ending")
@needs(Act.CONSULT)
def call_off(reference: str) -> Any:
    found(reference).call_off(me())
    flash("It no longer opens by itself.", "success")
    return manage(reference)


@pages.post(f"{ONE}/announcement")
@needs(Act.CONSULT)
def announce(reference: str) -> Any:
    found(reference).announce(me())
    flash("It is announced: everyone can see its title, dates and summary.", "success")
    return manage(reference)


@pages.route(f"{ONE}/extension", methods=["GET", "POST"])
@needs(Act.CONSULT)
def extend(reference: str) -> Any:
    consultation = found(reference)
    form = ExtensionForm(consultation)
    if not form.validate_on_submit():
        page = render_template(
            "consultations/extension.html", form=form, consultation=consultation, words=words
        )
        return page, 422 if form.errors else 200
    last_day: Any = form.last_day.data
    consultation.extend(last_day, form.reason.data, me())
    flash(f"It now closes at the end of {words.day(last_day)}.", "success")
    return manage(reference)


@pages.get(f"{ONE}/closing")
@needs(Act.CONSULT)
def closing(reference: str) -> str:
    consultation, now = found(reference), clock.now()
    refusal = consultation.may_not_close(now) if consultation.state(now) == "open" else "It is not open."
    return render_template(
        "consultations/closing.html", consultation=consultation, refusal=refusal, words=words
    )


@pages.post(f"{ONE}/closing")
@needs(Act.CONSULT)
def close(reference: str) -> Any:
    found(reference).close(me())
    flash("It is closed.", "success")
    return manage(reference)


def manage(reference: str) -> Any:
    return redirect(url_for("consultations.setup", reference=reference), 303)
