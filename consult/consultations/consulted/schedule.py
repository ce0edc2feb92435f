"""Schedule 1, paragraph 1: the consultation bodies of a neighbourhood plan, as data that can be edited and is dated."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("schedule_1.toml")


@dataclass(frozen=True)
class Body:
    """One lettered entry. `check` says what somebody should confirm before it is relied on."""

    key: str
    letter: str
    wording: str
    name: str
    note: str = ""
    check: str = ""
    several: bool = False

    @property
    def where(self) -> str:
        return f"Schedule 1, paragraph 1{self.letter}"


@dataclass(frozen=True)
class Schedule:
    title: str
    source: str
    as_of: date
    bodies: tuple[Body, ...]

    def body(self, key: str) -> Body | None:
        return next((body for body in self.bodies if body.key == key), None)


@cache
def schedule_1() -> Schedule:
    """Neighbourhood Planning (General) Regulations 2012, Schedule 1, paragraph 1, for regulations 14 and 16."""
    read = tomllib.loads(FILE.read_text())
    bodies = tuple(Body(**body) for body in read.pop("body"))
    return Schedule(bodies=bodies, **read)
