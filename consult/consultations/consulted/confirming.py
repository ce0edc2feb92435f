"""Confirming again what an earlier consultation decided about the bodies of Schedule 1: one by one, or all at once
where nothing has changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import words
from consult.consultations.consulted.consultee_list import LIST, back
from consult.consultations.consulted.consultees import Consultee, Unaffected
from consult.consultations.consulted.notices import OUTCOMES
from consult.consultations.models import Consultation, find
from consult.consultations.pages import found, pages


@dataclass(frozen=True)
class Copied:
    """One decision that was copied, and what has changed since it was made; nothing where nothing has."""

    decided: Consultee | Unaffected
    changed: str

    @property
    def consulted(self) -> bool:
        return isinstance(self.decided, Consultee)


def copied(consultation: Consultation) -> list[Copied]:
    """In the order of the Schedule; those that have changed come first, since somebody has to look at them."""
    earlier: dict[str, Consultation | None] = {}
    rows = []
    for decided in consultation.to_confirm:
        if decided.copied_from not in earlier:
            earlier[decided.copied_from] = find(decided.copied_from)
        rows.append(Copied(decided, " ".join(changes(decided, earlier[decided.copied_from]))))
    return sorted(rows, key=lambda row: (not row.changed, letter_of(row), row.decided.title.casefold()))


def letter_of(row: Copied) -> str:
    return row.decided.entry.letter if row.decided.entry else ""


def changes(decided: Consultee | Unaffected, earlier: Consultation | None) -> Iterator[str]:
    """What may make the earlier decision wrong: the Schedule, or that the notice did not arrive."""
    if decided.entry is None:
        yield "Schedule 1 no longer has this body."
    elif isinstance(decided, Unaffected):
        if decided.name != decided.entry.name:
            yield f"Schedule 1 now has it as “{decided.entry.name}”."
    elif earlier is not None:
        yield from undelivered(decided, earlier)


def undelivered(consultee: Consultee, earlier: Consultation) -> Iterator[str]:
    for before in earlier.consultees:
        last = before.last_notice
        if before.identity == consultee.identity and last and last.outcome in ("failed", "returned"):
            yield f"The last notice to {last.to}: {OUTCOMES[last.outcome].lower()}. Check how to reach it."


@pages.get(f"{LIST}/again")
@needs(Act.CONSULT)
def look_again(reference: str) -> Any:
    consultation = found(reference)
    rows = copied(consultation)
    if not rows:
        return back(reference)
    return render_template(
        "consultations/again.html",
        consultation=consultation,
        rows=rows,
        unchanged=sum(not row.changed for row in rows),
        earlier=sorted({row.decided.copied_from for row in rows}),
        words=words,
    )


@pages.post(f"{LIST}/confirmation")
@needs(Act.CONSULT)
def confirm(reference: str) -> Any:
    """Of one decision, by its id, or of each that stands as it did."""
    consultation = found(reference)
    consultation.take()
    which = request.form.get("which", "")
    rows = [row for row in copied(consultation) if is_meant(row, which)]
    if which != "unchanged" and not rows:
        abort(404)
    number = consultation.confirm_again(me(), [row.decided for row in rows])
    flash(f"{number} {'decision is' if number == 1 else 'decisions are'} confirmed.", "success")
    left = "look_again" if consultation.to_confirm else "consultees"
    return redirect(url_for(f"consultations.{left}", reference=reference), 303)


def is_meant(row: Copied, which: str) -> bool:
    if which == "unchanged":
        return not row.changed
    try:
        return row.decided.id == UUID(which)
    except ValueError:
        return False
