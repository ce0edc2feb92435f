"""What a consultation asks. From its opening on questions and policies stay as they are, so each process reads them
once, and keeps plain copies: rows belong to the request that read them."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from flask_babel import gettext

from consult.consultations.languages.wording import Wording, translation_of
from consult.consultations.models import Consultation
from consult.consultations.questions.conditions import Condition
from consult.consultations.questions.kinds import scale_options
from consult.consultations.showing import previewed
from consult.web.languages import ENGLISH, chosen

MOST_KEPT = 200


@dataclass(frozen=True)
class Asked:
    id: UUID
    reference: str
    kind: str
    title: str
    hint: str
    options: list[dict[str, Any]]
    position: int
    help: str = ""
    required: bool = False
    page: int = 1
    condition: Condition | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    picture_alt: str = ""  # what its picture shows; none: it has no picture
    picture_id: UUID | None = None


@dataclass(frozen=True)
class Shown:
    """A policy, as it was shown to whoever answered."""

    id: UUID
    key: str
    reference: str
    title: str
    summary: str
    text: str


@dataclass(frozen=True)
class Headed:
    """What stands at the head of a page of the form."""

    id: UUID
    number: int
    title: str
    introduction: str


@dataclass(frozen=True)
class Paper:
    questions: tuple[Asked, ...]
    policies: tuple[Shown, ...]
    headings: tuple[Headed, ...] = ()
    forms: dict[Any, Any] = field(default_factory=dict)  # the forms made of it


_kept: OrderedDict[Any, Paper] = OrderedDict()


def paper_of(consultation: Consultation) -> Paper:
    """In the language in which it is read."""
    kept = kept_as(consultation.id, consultation, lambda: copied(consultation))
    language = chosen().code
    if language == ENGLISH:
        return kept
    translation = translation_of(consultation)
    edition = (consultation.id, language, translation and translation.edition)
    return kept_as(edition, consultation, lambda: worded_in(Wording(translation, language), kept))


def kept_as(key: Any, consultation: Consultation, make: Callable[[], Paper]) -> Paper:
    kept = _kept.get(key)
    if kept is None:
        kept = make()
        if consultation.opening is not None and previewed() is None:
            _kept[key] = kept
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return kept


def copied(consultation: Consultation) -> Paper:
    return Paper(
        tuple(copies(Asked, consultation.questions)),
        tuple(copies(Shown, consultation.policies)),
        tuple(copies(Headed, consultation.headings.values())),
    )


def copies(cls: Any, rows: Iterable[Any]) -> Iterator[Any]:
    names = list(cls.__dataclass_fields__)
    return (cls(**{name: getattr(row, name) for name in names}) for row in rows)


# In another language: the words alone are others; keys, kinds and rules are those that everyone answers.


def worded_in(wording: Wording, paper: Paper) -> Paper:
    return Paper(
        tuple(question_in(wording, question) for question in paper.questions),
        tuple(policy_in(wording, policy) for policy in paper.policies),
        tuple(heading_in(wording, heading) for heading in paper.headings),
    )


def question_in(wording: Wording, asked: Asked) -> Asked:
    here = f"question.{asked.id.hex}"
    settings = asked.settings | {
        name: wording(f"{here}.{name}", str(asked.settings[name]))
        for name in ("low", "high", "unit")
        if asked.settings.get(name)
    }
    return replace(
        asked,
        title=wording(f"{here}.title", asked.title),
        hint=wording(f"{here}.hint", asked.hint),
        help=wording(f"{here}.help", asked.help),
        picture_alt=wording(f"{here}.picture_alt", asked.picture_alt),
        settings=settings,
        options=options_in(wording, here, asked, settings),
    )


def options_in(wording: Wording, here: str, asked: Asked, settings: dict[str, Any]) -> list[dict[str, Any]]:
    if asked.kind == "agree":
        return [option | {"label": gettext("I agree")} for option in asked.options]
    if asked.kind == "scale":
        return scale_options(settings)
    return [
        option | {"label": wording(f"{here}.option.{option['key']}", option["label"])}
        for option in asked.options
    ]


def policy_in(wording: Wording, policy: Shown) -> Shown:
    here = f"policy.{policy.key}"
    return replace(
        policy,
        title=wording(f"{here}.title", policy.title),
        summary=wording(f"{here}.summary", policy.summary),
    )


def heading_in(wording: Wording, heading: Headed) -> Headed:
    here = f"page.{heading.id.hex}"
    return replace(
        heading,
        title=wording(f"{here}.title", heading.title),
        introduction=wording(f"{here}.introduction", heading.introduction),
    )
