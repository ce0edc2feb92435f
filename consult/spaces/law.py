"""Lists of what the law asks, kept as data beside the code: each dated, with its source, in a TOML that can be edited.
Where the law changes, a list with a later `from` is added; what was answered under the earlier one stays."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Point:
    """One thing that a list asks. `where` is how it is cited, `wording` what the law says (shortened where it cites
    other provisions), `name` the same in plain words; `check` says what somebody should confirm before they rely on it.
    """

    key: str
    where: str
    wording: str
    name: str
    note: str = ""
    check: str = ""


@dataclass(frozen=True)
class Listed:
    """A list as it has stood since `since`."""

    title: str
    source: str
    since: date
    points: tuple[Point, ...]
    check: str = ""

    def point(self, key: str) -> Point | None:
        return next((point for point in self.points if point.key == key), None)


@cache
def lists(file: Path) -> tuple[Listed, ...]:
    """Every list in a file, the oldest first."""
    read = tomllib.loads(file.read_text(encoding="utf-8"))["list"]
    found = [
        Listed(
            title=one["title"],
            source=one["source"],
            since=one["from"],
            points=tuple(Point(**point) for point in one["point"]),
            check=one.get("check", ""),
        )
        for one in read
    ]
    return tuple(sorted(found, key=lambda one: one.since))


def in_force(file: Path, on: date) -> Listed:
    """The list that stood on that day; before all of them, the first."""
    every = lists(file)
    return next((one for one in reversed(every) if one.since <= on), every[0])


def since(file: Path, day: date) -> Listed:
    """The list that begins on that day, as a record names it; where it is no longer kept, the one that then stood."""
    return next((one for one in lists(file) if one.since == day), None) or in_force(file, day)
