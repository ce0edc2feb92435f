"""What a consultation asks. From its opening on questions and policies stay as they are, so each process reads them
once, and keeps plain copies: rows belong to the request that read them."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from consult.consultations.models import Consultation

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


@dataclass(frozen=True)
class Shown:
    """A policy, as it was shown to whoever answered."""

    id: UUID
    reference: str
    title: str
    summary: str
    text: str


@dataclass(frozen=True)
class Paper:
    questions: tuple[Asked, ...]
    policies: tuple[Shown, ...]
    forms: dict[Any, Any] = field(default_factory=dict)  # the forms made of it


_kept: OrderedDict[UUID, Paper] = OrderedDict()


def paper_of(consultation: Consultation) -> Paper:
    kept = _kept.get(consultation.id)
    if kept is None:
        kept = copied(consultation)
        if consultation.opening is not None:
            _kept[consultation.id] = kept
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return kept


def copied(consultation: Consultation) -> Paper:
    names = {cls: list(cls.__dataclass_fields__) for cls in (Asked, Shown)}
    return Paper(
        tuple(Asked(**{name: getattr(q, name) for name in names[Asked]}) for q in consultation.questions),
        tuple(Shown(**{name: getattr(p, name) for name in names[Shown]}) for p in consultation.policies),
    )
