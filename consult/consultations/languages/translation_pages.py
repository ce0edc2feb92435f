"""Putting a consultation into other languages: the English on one side, the translation on the other."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.languages.passages import Passage, mark_of, passages_of
from consult.consultations.languages.translations import Translation
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.web.forms import tidy
from consult.web.languages import ENGLISH, Language, languages

LONGEST = 20_000  # characters of one passage


@dataclass(frozen=True)
class Row:
    """One passage as the page shows it. `said` is what is kept, `words` what stands in the field."""

    passage: Passage
    said: str
    words: str
    stays: bool = False  # people have answered it as it is
    changed: bool = False  # the English has changed since it was translated
    wrong: str = ""

    @property
    def was(self) -> str:
        """Tells, when it comes back, whether somebody else has written here meanwhile."""
        return mark_of(self.said)

    @property
    def is_missing(self) -> bool:
        return not self.said or self.changed


@pages.get(f"{ONE}/translations")
@needs(Act.LOOK)
def translations(reference: str) -> Any:
    consultation = found(reference)
    if into := request.args.get("into"):
        return redirect(url_for("consultations.translation", reference=reference, into=into), 303)
    begun = [(each, rows_of(consultation, each)) for each in consultation.translations]
    codes = {each.language for each, _ in begun}
    others = [each for each in languages().values() if each.code not in codes | {ENGLISH}]
    return render_template(
        "consultations/translations.html",
        consultation=consultation,
        begun=begun,
        others=sorted(others, key=lambda each: each.english),
        known=languages(),
    )


@pages.get(f"{ONE}/translation")
@needs(Act.LOOK)
def translation(reference: str) -> str:
    consultation, language = found(reference), language_asked_for()
    return translation_page(
        consultation, language, rows_of(consultation, consultation.translation_in(language.code))
    )


@pages.post(f"{ONE}/translation")
@needs(Act.CONSULT)
def save_translation(reference: str) -> Any:
    consultation, language = found(reference), language_asked_for()
    consultation.take()
    rows = [typed(row) for row in rows_of(consultation, consultation.translation_in(language.code))]
    if any(row.wrong for row in rows):
        return translation_page(consultation, language, rows), 422
    number = consultation.translate(language.code, given(rows), me())
    passages = "1 passage" if number == 1 else f"{number} passages"
    flash(f"{language.english}: {passages} {'added' if consultation.opening else 'saved'}.", "success")
    return redirect(url_for("consultations.translation", reference=reference, into=language.code), 303)


def language_asked_for() -> Language:
    language = languages().get(request.args.get("into", ""))
    return language if language and language.code != ENGLISH else abort(404)


def rows_of(consultation: Consultation, kept: Translation | None) -> list[Row]:
    said, opened = kept.said if kept else {}, consultation.opening is not None
    rows = []
    for passage in passages_of(consultation):
        told = said.get(passage.key)
        words = told["said"] if told else ""
        changed = told is not None and told["of"] != passage.mark
        rows.append(Row(passage, words, words, stays=opened and bool(words), changed=changed))
    return rows


def typed(row: Row) -> Row:
    """The row with what was written in its field. What somebody else wrote there meanwhile is shown first."""
    key = row.passage.key
    if row.stays or key not in request.form:
        return row
    words = tidy(request.form[key])
    wrong = ""
    if len(words) > LONGEST:
        wrong = f"This is too long: {len(words):,} characters, where {LONGEST:,} fit."
    elif request.form.get(f"was.{key}", row.was) != row.was and words != row.said:
        theirs = f"“{row.said[:300]}”" if row.said else "nothing"
        wrong = f"Somebody else has changed this meanwhile, to {theirs}. Save again to keep what is below."
    changed = row.changed and words == row.said and f"fits.{key}" not in request.form
    return Row(row.passage, row.said, words, changed=changed, wrong=wrong)


def given(rows: list[Row]) -> dict[str, str | None]:
    """What was made from words that have changed since stays what it was, until somebody has looked at it again."""
    return {row.passage.key: None if row.changed else row.words for row in rows}


def translation_page(consultation: Consultation, language: Language, rows: list[Row]) -> str:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.passage.group, []).append(row)
    return render_template(
        "consultations/translation.html",
        consultation=consultation,
        language=language,
        groups=groups,
        missing=sum(row.is_missing for row in rows),
        number=len(rows),
        wrong=[row for row in rows if row.wrong],
    )
