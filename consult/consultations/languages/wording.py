"""A consultation in the language of whoever reads it: as its organisers translated it, else the English, marked so."""

from typing import Any

from flask import Flask, g

from consult.consultations.languages.passages import mark_of
from consult.consultations.languages.translations import Translation
from consult.web import languages
from consult.web.languages import ENGLISH, Spoken, theirs


def translation_of(consultation: Any) -> Translation | None:
    """In the language that was chosen; none in English. Looked up once a request."""
    if languages.chosen().code == ENGLISH:
        return None
    looked: dict[Any, Translation | None] = g.setdefault("translations", {})
    if consultation.id not in looked:
        looked[consultation.id] = consultation.translation_in(languages.chosen().code)
    return looked[consultation.id]


def offer_languages(consultation: Any) -> None:
    """On its own pages: those that it is translated into, too."""
    languages.also_in(consultation.translated_into)


class Wording:
    """Finds words by their passage. In English it leaves them as they are."""

    def __init__(self, translation: Translation | None, code: str) -> None:
        self.code = code
        self.said = translation.said if translation else {}

    def __call__(self, key: str, english: str) -> str:
        if not english or self.code == ENGLISH:
            return english
        told = self.said.get(key)
        if told and told["of"] == mark_of(english):
            return Spoken(told["said"], self.code)
        return Spoken(english, ENGLISH)


def wording_of(consultation: Any) -> Wording:
    return Wording(translation_of(consultation), languages.chosen().code)


def plainly(consultation: Any, column: str) -> str:
    """For mails and sentences."""
    return wording_of(consultation)(column, getattr(consultation, column))


def worded(consultation: Any, column: str) -> Any:
    """For pages."""
    return theirs(plainly(consultation, column))


def policy_worded(consultation: Any, policy: Any, column: str) -> Any:
    """The title or summary of a policy that it asks about."""
    return theirs(wording_of(consultation)(f"policy.{policy.key}.{column}", getattr(policy, column)))


def language_answered_in(consultation: Any) -> str:
    """The language in which somebody answers: one that our pages or this consultation's own words are in."""
    code = languages.chosen().code
    return code if code in languages.OURS or translation_of(consultation) else ENGLISH


def init_app(app: Flask) -> None:
    for function in (worded, policy_worded):
        app.add_template_global(function, function.__name__)
