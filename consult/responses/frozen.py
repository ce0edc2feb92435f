"""What a consultation asks. From its opening on questions and policies stay as they are, so each process reads them
once, and keeps plain copies: rows belong to the request that read them."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from consult.consultations.models import Consultation
from consult.consultations.question_conditions import Condition
from consult.consultations.showing import previewed

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
    reference: str
    title: str
    summary: str
    text: str


@dataclass(frozen=True)
class Headed:
    """What stands at the head of a page of the form."""

    number: int
    title: str
    introduction: str


@dataclass(frozen=True)
class Paper:
    questions: tuple[Asked, ...]
    policies: tuple[Shown, ...]
    headings: tuple[Headed, ...] = ()
    forms: dict[Any, Any] = field(default_factory=dict)  # the forms made of it


_kept: OrderedDict[UUID, Paper] = OrderedDict()


def paper_of(consultation: Consultation) -> Paper:
    kept = _kept.get(consultation.id)
    if kept is None:
        kept = copied(consultation)
        if consultation.opening is not None and previewed() is None:
            _kept[consultation.id] = kept
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
