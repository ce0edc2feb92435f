"""Putting a response into English, beside the words as they were written."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts import sessions
from consult.consultations.models import Consultation
from consult.responses.asking import consultation_at
from consult.responses.form.fields import LONGEST_WORDS
from consult.responses.languages.answer_translations import originals_of, translate, translations_in
from consult.responses.members import ONE, response_at
from consult.responses.models import Response
from consult.responses.pages import pages
from consult.web.forms import tidy
from consult.web.languages import ENGLISH, languages


@pages.get(f"{ONE}/translation")
@needs(Act.READ_RESPONSES)
def translation(reference: str, response_reference: str) -> str:
    consultation = consultation_at(reference)
    return page(consultation, response_at(consultation, response_reference))


@pages.post(f"{ONE}/translation")
@needs(Act.COMBINE)
def add_translation(reference: str, response_reference: str) -> Any:
    consultation = consultation_at(reference)
    response = response_at(consultation, response_reference)
    given = {each.name: tidy(request.form.get(each.name, "")) for each in originals_of(response)}
    language = request.form.get("from", "")
    wrong = {
        name: f"This is too long: {len(words):,} characters, where {LONGEST_WORDS:,} fit."
        for name, words in given.items()
        if len(words) > LONGEST_WORDS
    }
    if language not in languages() or language == ENGLISH:
        wrong["from"] = "Say which language it was written in."
    if wrong:
        return page(consultation, response, given, language, wrong), 422
    number = translate(response, language, given, sessions.me())
    passages = "1 passage" if number == 1 else f"{number} passages"
    flash(
        f"{passages} of {response.reference} put into English." if number else "Nothing was new.", "success"
    )
    return redirect(url_for("responses.one", reference=reference, response_reference=response_reference), 303)


def page(
    consultation: Consultation,
    response: Response,
    given: dict[str, str] | None = None,
    language: str = "",
    wrong: dict[str, str] | None = None,
) -> str:
    known = translations_in([response.id])
    before = next(iter(known.values()), None)
    kept = {each.name: known[each.key].text for each in originals_of(response) if each.key in known}
    return render_template(
        "responses/translate.html",
        consultation=consultation,
        response=response,
        originals=originals_of(response),
        words=kept if given is None else given,
        chosen=language or (before.language if before else response.language),
        choices=sorted(
            (each for each in languages().values() if each.code != ENGLISH), key=lambda e: e.english
        ),
        wrong=wrong or {},
    )
