"""The district's consultations side by side, from what was released: a row each, and a row for each stage. Every number
is one that a release shows or a sum of such (`disclosure.py` says why that is safe). Nothing is counted here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from consult import clock
from consult.feedback.facts import HOMES, STANCES
from consult.officers import disclosure
from consult.officers.district import stage_words
from consult.reports.models import Release

Consultation = tuple[UUID, str]  # its space and its reference


@dataclass(frozen=True)
class Asked:
    """What is compared; each that is empty means any. Days are those of the release, both included. `every`: earlier
    releases too, and not only the latest of each consultation."""

    stage: str = ""
    body: UUID | None = None
    first: date | None = None
    last: date | None = None
    every: bool = False

    def takes(self, release: Release) -> bool:
        day = clock.uk(release.at).date()
        return (
            self.stage in ("", release.stage)
            and self.body in (None, release.space_id)
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
        )


@dataclass(frozen=True)
class Row:
    """`homes` and `stances` are by key; a home is None where it is kept back or not told from this release."""

    label: str
    line: dict[str, int]
    people: int
    homes: dict[str, int | None]
    stances: dict[str, int]
    tells_homes: bool
    number: int = 1  # of releases in it
    kept_back: int = 0  # of its releases, those whose homes are not all shown
    release: Release | None = field(default=None, compare=False)

    @property
    def responses(self) -> int:
        return self.line["counted"]

    @property
    def released(self) -> datetime:
        """Of a row that is one release."""
        assert self.release is not None
        return self.release.at


def of_district(releases: Iterable[Release], asked: Asked) -> list[Row]:
    """Newest first. Which release tells its groups is decided by all of them, whatever is asked for."""
    by_consultation: dict[Consultation, list[Release]] = {}
    for release in sorted(releases, key=lambda each: (each.at, each.id)):
        by_consultation.setdefault(consultation_of(release), []).append(release)
    rows = [row for of_it in by_consultation.values() for row in rows_of(of_it, asked)]
    return sorted(rows, key=lambda row: (row.released, row.label), reverse=True)


def consultation_of(release: Release) -> Consultation:
    return release.space_id, release.consultation_reference


def rows_of(releases: Sequence[Release], asked: Asked) -> Iterable[Row]:
    """Of one consultation, oldest first."""
    tells = disclosure.groups_from([release.figures for release in releases])
    for at, release in enumerate(releases):
        if (
            release.figures.get("figures")
            and asked.takes(release)
            and (asked.every or at == len(releases) - 1)
        ):
            yield row_of(release, tells_homes=at == tells)


def row_of(release: Release, *, tells_homes: bool) -> Row:
    said = release.figures
    numbers = {(each["key"], each["filter"]): each for each in said["figures"]}
    headline = numbers["counted", ""]
    homes = {home: numbers.get(("counted", f"home={home}")) for home in HOMES}
    told: dict[str, int | None] = {
        home: (each["responses"] if each else 0) if tells_homes else None for home, each in homes.items()
    }
    return Row(
        label=release.title,
        line=dict(said["reconciliation"]),
        people=headline["people"],
        homes=told,
        stances={stance: taken(said, numbers, stance) for stance in STANCES},
        tells_homes=tells_homes,
        kept_back=int(None in told.values()),
        release=release,
    )


def taken(said: dict[str, Any], numbers: dict[tuple[str, str], Any], stance: str) -> int:
    """How often it was taken on any policy: headline figures, added up."""
    questions = [question["reference"] for question in said["questions"] if question["kind"] == "stance"]
    keys = [(f"{q}.{policy['reference']}.{stance}", "") for q in questions for policy in said["policies"]]
    return sum(numbers[key]["responses"] or 0 for key in keys if key in numbers)


def together(label: str, rows: Sequence[Row]) -> Row:
    """Several as one: what they show, added up."""
    return Row(
        label=label,
        line={name: sum(row.line[name] for row in rows) for name in rows[0].line} if rows else NOTHING,
        people=sum(row.people for row in rows),
        homes={home: disclosure.added(row.homes[home] for row in rows) for home in HOMES},
        stances={stance: sum(row.stances[stance] for row in rows) for stance in STANCES},
        tells_homes=any(row.tells_homes for row in rows),
        number=len(rows),
        kept_back=sum(row.kept_back for row in rows),
    )


NOTHING = dict.fromkeys(("received", "counted", "duplicates", "late", "withdrawn", "excluded"), 0)


def by_stage(rows: Sequence[Row]) -> list[Row]:
    stages = dict.fromkeys(row.release.stage for row in rows if row.release)
    return [
        together(stage_words(stage), [row for row in rows if row.release and row.release.stage == stage])
        for stage in stages
    ]


def by_body(rows: Sequence[Row]) -> dict[UUID, Row]:
    found: dict[UUID, list[Row]] = {}
    for row in rows:
        if row.release:
            found.setdefault(row.release.space_id, []).append(row)
    return {
        space_id: together(of_it[0].release.body, of_it)
        for space_id, of_it in found.items()
        if of_it[0].release
    }
