"""The home of an authority for its officers: the district on a map and by stage, what is due, what is announced."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from flask import g, request

from consult import clock
from consult.access import Act
from consult.areas import maps
from consult.areas.maps import Seen
from consult.consultations import words
from consult.officers import known, reached, running
from consult.officers.clocks import Clock
from consult.officers.known import Announced, Known
from consult.spaces import doors
from consult.spaces.home import Panel, whole

BOUNDARY = {
    "designated": ("Designated", "good", "area"),
    "applied": ("Applied for", "waiting", "draft"),
    "contested": ("Contested", "warning", "clash"),
    "none": ("None yet", "quiet", ""),
}
LIES = ("area", "draft", "clash")  # on the map, the lowest first
DUE = {"overdue": "Overdue", "soon": "Due soon", "asap": "As soon as possible"}
TONES = {"overdue": "warning", "soon": "waiting", "asap": "waiting", "running": "quiet"}
STATES = {"open": "Open", "announced": "Opens soon", "closed": "Closed"}
ENDS = {"week": "Ends within a week"}
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """A body as the list shows it."""

    known: Known
    stage: str
    clocks: list[Clock]
    ends: list[Announced]  # open now, and over within a week

    def matches(self, name: str, value: str, today: date) -> bool:
        """Whether one filter lets it through."""
        if name == "stage":
            return self.stage == value
        if name == "boundary":
            return self.known.boundary == value
        if name == "due":
            return any(each.state(today) == value for each in self.clocks)
        if name == "ends":
            return bool(self.ends)
        return any(each.state == value for each in self.known.announced)


@dataclass(frozen=True)
class Filter:
    """A row of links; the values that nobody has are left out."""

    name: str
    title: str
    choices: dict[str, str]
    counts: dict[str, int]


class Oversight:
    """The district as it is today, and what of it `asked` (the address's own words) lets through."""

    def __init__(self, asked: dict[str, str]) -> None:
        now = clock.now()
        self.today = clock.uk(now).date()
        self.district = known.district(now)
        self.clocks = running.running(self.district, self.today)
        self.rows = [self.row(each) for each in self.district]
        self.filters = [self.filter(*each) for each in self.offered()]
        self.chosen = {each.name: v for each in self.filters if (v := asked.get(each.name)) in each.choices}

    def row(self, each: Known) -> Row:
        ends = [a for a in each.announced if a.state == "open" and a.last_day <= self.today + A_WEEK]
        mine = [one for one in self.clocks if one.body.id == each.space.id]
        return Row(each, reached.furthest(each, self.today), mine, ends)

    @staticmethod
    def offered() -> list[tuple[str, str, dict[str, str]]]:
        stages = {key or "begun": reached.WORDS[key] for key in reached.in_order()}
        states = {key: word for key, (word, _, _) in BOUNDARY.items()}
        return [
            ("due", "What is due", DUE),
            ("ends", "Consultations that end", ENDS),
            ("stage", "Stage", stages),
            ("state", "Consultations", STATES),
            ("boundary", "Area", states),
        ]

    def filter(self, name: str, title: str, choices: dict[str, str]) -> Filter:
        counts = {
            value: sum(row.matches(name, self.plain(name, value), self.today) for row in self.rows)
            for value in choices
        }
        return Filter(name, title, choices, counts)

    @staticmethod
    def plain(name: str, value: str) -> str:
        return "" if (name, value) == ("stage", "begun") else value

    @cached_property
    def shown(self) -> list[Row]:
        wanted = [(name, self.plain(name, value)) for name, value in self.chosen.items()]
        return [row for row in self.rows if all(row.matches(n, v, self.today) for n, v in wanted)]

    @property
    def by_stage(self) -> list[tuple[str, list[Row]]]:
        """The furthest along first, since there the clocks run."""
        found = [
            (reached.WORDS[key], [r for r in self.shown if r.stage == key]) for key in reached.in_order()
        ]
        return [(word, rows) for word, rows in reversed(found) if rows]

    @property
    def due(self) -> list[Clock]:
        """Of the bodies shown: what is overdue, due soon, or to be done as soon as possible."""
        shown = {row.known.space.id for row in self.shown}
        here = [each for each in self.clocks if each.body.id in shown]
        only = self.chosen.get("due")
        return [e for e in here if (s := e.state(self.today)) in DUE and (not only or s == only)]

    @property
    def later(self) -> list[Clock]:
        shown = {row.known.space.id for row in self.shown}
        return [e for e in self.clocks if e.body.id in shown and e.state(self.today) == "running"]

    @property
    def announced(self) -> list[Announced]:
        """Consultations of the bodies shown that are open or were announced, the first to close first."""
        only, ends = self.chosen.get("state"), "ends" in self.chosen
        every = [a for row in self.shown for a in (row.ends if ends else row.known.announced)]
        return sorted(
            (a for a in every if (a.state == only if only else a.state != "closed")),
            key=lambda a: (a.last_day, a.row.title),
        )

    @property
    def numbers(self) -> dict[str, int]:
        states = [each.state(self.today) for each in self.clocks]
        return {
            "bodies": len(self.district),
            "waiting": sum(each.space.admitted is None for each in self.district),
            "register": sum(each.entry is not None for each in self.district),
            "overdue": states.count("overdue"),
            "soon": states.count("soon"),
            "asap": states.count("asap"),
            "open": sum(a.state == "open" for each in self.district for a in each.announced),
            "releases": sum(each.released for each in self.district),
        }

    @property
    def map(self) -> dict[str, Any] | None:
        """The areas of the bodies shown: on the register, or contested and kept off it."""
        seen = sorted(
            (one for row in self.shown for one in seen_of(row.known)), key=lambda one: LIES.index(one.style)
        )
        if not seen:
            return None
        extent = maps.extent_of([one.geometry for one in seen], g.space.id)
        caption = f"{len(seen)} {'area' if len(seen) == 1 else 'areas'} of {g.space.name}"
        return maps.with_key(maps.on_map(extent, maps.together(seen), caption=caption, ground=g.space), seen)


def seen_of(body: Known) -> list[Seen]:
    found = []
    if body.entry is not None:
        word, _, style = BOUNDARY["designated" if body.entry.designated_on else "applied"]
        found.append(Seen(body.entry.geometry, style, word, body.entry.name))
    off = [a for a in body.applications if body.entry is None or a.id != body.entry.application_id]
    word, _, style = BOUNDARY["contested"]
    return [*found, *(Seen(each.geometry, style, word, each.name) for each in off)]


@whole
def home() -> Panel | None:
    """In place of what everyone sees, for whoever oversees the district."""
    if not g.space.is_authority or not doors.may(Act.OVERSEE):
        return None
    asked = {name: value for name, value in request.args.items() if isinstance(value, str)}
    context = {"sight": Oversight(asked), "boundary": BOUNDARY, "due": DUE, "tones": TONES, "words": words}
    return Panel("officers/oversight.html", context)
