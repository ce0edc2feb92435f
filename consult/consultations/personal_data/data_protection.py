"""What a consultation says of personal data, as data that can be edited and is dated: lawful bases, ways of publishing,
the notice that is proposed."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("data_protection.toml")


@dataclass(frozen=True)
class Choice:
    """A lawful basis, or a way of publishing: its name, what it means for whoever chooses, and what people are told."""

    key: str
    name: str
    means: str
    notice: str
    article: str = ""
    offered_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataProtection:
    title: str
    source: str
    as_of: date
    retention: str
    retention_of_an_authority: str
    bases: tuple[Choice, ...]
    publications: tuple[Choice, ...]
    notice: dict[str, Any]

    def bases_for(self, kind: str) -> list[Choice]:
        """The lawful bases that a space of this kind may choose, the one that is proposed first."""
        offered = [basis for basis in self.bases if kind in basis.offered_to]
        return sorted(offered, key=lambda basis: basis.offered_to[0] != kind)

    def retention_for(self, kind: str) -> str:
        return self.retention_of_an_authority if kind == "authority" else self.retention


@cache
def data_protection() -> DataProtection:
    """Article 6(1) of the UK GDPR, and what this house proposes to stand on it."""
    read = tomllib.loads(FILE.read_text())
    bases = tuple(Choice(offered_to=tuple(each.pop("for")), **each) for each in read.pop("basis"))
    publications = tuple(Choice(**each) for each in read.pop("publication"))
    return DataProtection(bases=bases, publications=publications, **read)


def chosen(choices: tuple[Choice, ...], key: str) -> Choice | None:
    return next((choice for choice in choices if choice.key == key), None)
