"""The rules by which something is flagged, as data (`rules.toml`), and the thresholds that a consultation has."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from consult import audit
from consult.consultations.models import Consultation
from consult.database import db
from consult.flags.models import FlagRule

FILE = Path(__file__).with_name("rules.toml")
Thresholds = dict[str, int]


@dataclass(frozen=True)
class Threshold:
    key: str
    label: str
    why: str
    default: int
    least: int
    most: int


@dataclass(frozen=True)
class Rule:
    key: str
    title: str
    why: str
    looked_at: bool  # a person is asked to decide; else it is only noted
    thresholds: tuple[Threshold, ...]

    @property
    def usual(self) -> Thresholds:
        return {each.key: each.default for each in self.thresholds}


@cache
def rules() -> dict[str, Rule]:
    """By key, in the order of the file."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]
    return {one["key"]: rule_of(one) for one in read}


def rule_of(one: dict[str, Any]) -> Rule:
    given = one.get("thresholds", {})
    thresholds = tuple(Threshold(key, **about) for key, about in given.items())
    return Rule(one["key"], one["title"], one["why"], one["looked_at"], thresholds)


def thresholds_of(consultation: Consultation) -> dict[str, Thresholds]:
    """By rule: what its organisers set, else what is usual."""
    found = {key: rule.usual for key, rule in rules().items()}
    mine = sa.select(FlagRule).where(FlagRule.consultation_id == consultation.id)
    for row in db.session.scalars(mine.order_by(FlagRule.at, FlagRule.id)):
        if row.rule in found:
            known = found[row.rule]
            found[row.rule] = {key: int(row.thresholds.get(key, value)) for key, value in known.items()}
    return found


def set_thresholds(consultation: Consultation, chosen: dict[str, Thresholds], by: Any) -> int:
    """Keeps those that differ from what holds; how many rules. The next search goes by them."""
    now = thresholds_of(consultation)
    changed = {key: given for key, given in chosen.items() if given != now[key]}
    for key, given in changed.items():
        row = FlagRule(consultation_id=consultation.id, rule=key, thresholds=given, by_id=by.id)
        db.session.add(row)
        audit.record("flag_rule.set", consultation.title, by=by, rule=key, **given)
        db.session.flush()
    return len(changed)
