"""The road of a plan, from the forum's application to the plan being made: which step is next, who acts, by when.

The steps are data (`journey.toml`). Where a body stands at each is said by the floor that knows: it marks a function
with `@step("regulation_14")`, which looks at the space we stand in and answers `done`, `now`, `waiting` or `later`, or
None where the step does not concern it.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from consult.spaces.models import Space

FILE = Path(__file__).with_name("journey.toml")
BODIES = ("forum", "council")


@dataclass(frozen=True)
class Step:
    """One step, as the law has it since `since`."""

    key: str
    title: str
    where: str  # the regulation; empty where no law asks for it
    who: str  # body, authority, examiner, voters
    needs: str
    when: str
    since: date
    source: str
    kinds: tuple[str, ...] = BODIES
    optional: bool = False
    recorded: bool = False  # by the authority, as a milestone
    check: str = ""


@dataclass(frozen=True)
class Record:
    """What an authority may record that is no step: it starts a clock, or adds one."""

    key: str
    title: str
    where: str
    needs: str
    kinds: tuple[str, ...] = BODIES


@dataclass(frozen=True)
class Place:
    """Where a body stands at one step."""

    state: str  # done, now, waiting, later
    words: str = ""
    on: date | None = None  # the day on which it was done
    by: date | None = None  # the last day on which it may be done, or until which it lasts
    url: str = ""
    button: str = ""


def done(on: date | None, words: str = "", url: str = "") -> Place:
    """It was done on that day (none: no day is kept of it)."""
    return Place("done", words, on=on, url=url)


def now(words: str, url: str = "", button: str = "", by: date | None = None) -> Place:
    """Whoever acts can do it now, on the page at `url`."""
    return Place("now", words, by=by, url=url, button=button)


def waiting(words: str, by: date | None = None, url: str = "", button: str = "") -> Place:
    """It has begun, and somebody else or the calendar is waited for, at the longest until `by`."""
    return Place("waiting", words, by=by, url=url, button=button)


def later(words: str = "") -> Place:
    return Place("later", words)


Looked = Callable[[Space], Place | None]
_looks: dict[str, Looked] = {}


def step(key: str) -> Callable[[Looked], Looked]:
    """Marks the function that says where the space we stand in is at this step."""
    if key not in steps():
        raise LookupError(f"journey.toml has no step “{key}”.")

    def add(function: Looked) -> Looked:
        _looks[key] = function
        return function

    return add


@cache
def steps() -> dict[str, Step]:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["step"]
    return {one["key"]: Step(**given(one)) for one in read}


@cache
def records() -> dict[str, Record]:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["record"]
    return {one["key"]: Record(**given(one)) for one in read}


def given(one: dict[str, Any]) -> dict[str, Any]:
    words = {("since" if name == "from" else name): value for name, value in one.items()}
    return words | ({"kinds": tuple(words["kinds"])} if "kinds" in words else {})


# The road of one body.


@dataclass(frozen=True)
class Stop:
    step: Step
    place: Place
    passed: bool = False  # optional, and left behind undone

    @property
    def done(self) -> bool:
        return self.place.state == "done"

    @property
    def is_open(self) -> bool:
        """Whether something is to be done or waited for here."""
        return not self.done and not self.passed


@dataclass(frozen=True)
class Road:
    stops: tuple[Stop, ...]

    @property
    def next(self) -> Stop | None:
        """The step to do or to wait for; none where the plan is made."""
        return next((stop for stop in self.stops if stop.is_open), None)

    @property
    def meanwhile(self) -> Stop | None:
        """What the body can do itself while it waits for others."""
        ahead = self.next
        if ahead is None or (ahead.place.state == "now" and ahead.step.who == "body"):
            return None
        theirs = (stop for stop in self.stops if stop.is_open and stop is not ahead)
        return next((stop for stop in theirs if stop.step.who == "body" and stop.place.state == "now"), None)

    @property
    def reached(self) -> int:
        return sum(stop.done for stop in self.stops)


def road(space: Space) -> Road:
    """The road of the space we stand in."""
    found = [
        (each, place)
        for each in steps().values()
        if space.kind in each.kinds and (place := look(each, space)) is not None
    ]
    last = max((n for n, (_, place) in enumerate(found) if place.state == "done"), default=-1)
    stops = (
        Stop(each, place, passed=each.optional and place.state in ("now", "later") and n < last)
        for n, (each, place) in enumerate(found)
    )
    return Road(tuple(stops))


def look(each: Step, space: Space) -> Place | None:
    function = _looks.get(each.key)
    return function(space) if function else None


# What everyone may know of it.

KNOWN: dict[str, Any] = {
    "forum_designation": _l("The neighbourhood forum is designated."),
    "area_designation": _l("The neighbourhood area is designated."),
    "regulation_14": _l("People were consulted on the draft plan."),
    "considering": _l("What people said about the draft plan is published."),
    "regulation_16": _l("The plan was submitted, and the authority publicises it."),
    "examination": _l("The plan is being examined."),
    "report": _l("The examiner has reported."),
    "decision": _l("The authority has decided on the examiner’s report."),
    "referendum": _l("There was a referendum on the plan."),
    "made": _l("The plan is made: planning applications are decided by it."),
}


def known(space: Space) -> tuple[Any, date | None] | None:
    """The last thing that is done and that everyone may know, with its day."""
    for key in reversed(KNOWN):
        each = steps()[key]
        place = look(each, space) if space.kind in each.kinds else None
        if place is not None and place.state == "done":
            return KNOWN[key], place.on
    return None


# The clocks: days on the calendar, from the day after what starts them.


def weeks_after(day: date, weeks: int) -> date:
    """The last day of a period of so many weeks that begins with the day after `day`."""
    return day + timedelta(weeks=weeks)


DECIDE, DECIDE_OF_SEVERAL = 13, 20  # weeks: regulations 6A and 9A


def decide_by(first_publicised: date | None, several_authorities: bool) -> date | None:
    """The last day to decide on an area application (regulation 6A) or a forum application (regulation 9A); none while
    it is not on record when the application was first publicised."""
    if first_publicised is None:
        return None
    return weeks_after(first_publicised, DECIDE_OF_SEVERAL if several_authorities else DECIDE)
