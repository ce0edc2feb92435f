"""Turns written fragments into one person's words about real places on the demo's map."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from consult.demo.atlas import Area, District
from consult.demo.library import shelf

MOST_USES = 2  # of one fragment in one consultation, with other places named in it
WALKED_ON = ("park", "common", "recreation ground")
PLAIN_FIRST_WORDS = ("Former", "Old", "Upper", "Land")


def spoken(site: str) -> str:
    """A site's name as it is said in the middle of a sentence."""
    first, rest = site.split(" ", 1)
    if first == "Gasworks":
        return site
    lowered = first.lower() if first in PLAIN_FIRST_WORDS else first
    return f"{lowered} {rest}" if first == "Land" else f"the {lowered} {rest}"


def sentence_case(words: str) -> str:
    """A name put at the start of a sentence takes its capital."""
    return re.sub(r"(^|[.!?]\s+)(the|land)\b", lambda match: match[1] + match[2].capitalize(), words)


def swapped_letters(words: str, dice: Random) -> str:
    long = [match for match in re.finditer(r"[a-z]{6,}", words)]
    if not long:
        return words
    at = dice.choice(long).start() + dice.randint(1, 3)
    return words[:at] + words[at + 1] + words[at] + words[at + 2 :]


MANNERS: dict[str, tuple[int, Callable[[str, Random], str]]] = {
    "plain": (58, lambda words, dice: words),
    "lower case": (11, lambda words, dice: words.lower()),
    "no full stop": (11, lambda words, dice: words.rstrip(".")),
    "slips": (9, swapped_letters),
    "no apostrophes": (6, lambda words, dice: words.replace("'", "")),
    "loud": (2, lambda words, dice: words.upper()),
    "cheerful": (3, lambda words, dice: words + dice.choice((" 🙂", " 🌳", " xx", " 👍"))),
}


def manner(dice: Random) -> str:
    return dice.choices(list(MANNERS), [weight for weight, _ in MANNERS.values()])[0]


@dataclass(frozen=True)
class Said:
    words: str
    about: BaseGeometry | None = None


@dataclass
class Phrasebook:
    """Fragments for one area's consultation; none is said twice in the same words."""

    area: Area
    district: District
    dice: Random
    uses: Counter[str] = field(default_factory=Counter)
    heard: dict[str, BaseGeometry | None] = field(default_factory=dict)

    @cached_property
    def streets(self) -> dict[str, LineString]:
        outline = self.area.outline.buffer(-15)
        minor = [road for road in self.district.roads if road.kind != "major"]
        inside = {road.name: road.line.intersection(outline) for road in minor}
        return {name: line for name, line in inside.items() if line.length > 60}

    @cached_property
    def greens(self) -> dict[str, Polygon]:
        return {
            green.name: green.outline
            for green in self.district.greens
            if green.kind in WALKED_ON and self.area.outline.contains(green.outline)
        }

    @cached_property
    def sites(self) -> dict[str, Polygon]:
        return {
            spoken(site.name): site.outline
            for site in self.district.sites
            if site.kind == "housing" and site.area_slug == self.area.slug
        }

    @cached_property
    def main_roads(self) -> dict[str, LineString]:
        return {
            road.name: road.line
            for road in self.district.roads
            if road.kind == "major" and road.line.intersection(self.area.outline).length > 200
        }

    @cached_property
    def homes(self) -> list[Point]:
        doors = [postcode.at for postcode in self.district.postcodes]
        return [door for door in doors if self.area.outline.contains(door)]

    def river(self) -> dict[str, BaseGeometry]:
        reach = self.district.river.intersection(self.area.outline.buffer(40))
        return {"river": reach, "Tarrow": reach}

    def slot(self, name: str) -> tuple[str, BaseGeometry | None]:
        """What a fragment's gap is filled with, and where that is."""
        places = {"street": self.streets, "green": self.greens, "site": self.sites, "road": self.main_roads}
        if name.rstrip("2") in places:
            return self.dice.choice(list(places[name.rstrip("2")].items()))
        if name == "river":
            return self.dice.choice(list(self.river().items()))
        village = self.dice.choice(self.district.parishes).name
        town = "village" if self.area.kind == "council" else "town"
        return {"village": village, "town": town, "body": self.area.kind}[name], None

    def filled(self, fragment: str) -> Said:
        slots = {name: self.slot(name) for name in dict.fromkeys(re.findall(r"\{(\w+)\}", fragment))}
        words = re.sub(r"\{(\w+)\}", lambda match: slots[match[1]][0], fragment)
        about = next((place for _, place in slots.values() if place is not None), None)
        return Said(sentence_case(words), about)

    def fresh(self, pool: Sequence[str]) -> str | None:
        """One of the fragments heard least so far; without a place in it, a fragment is said once."""
        left = [fragment for fragment in pool if self.uses[fragment] < (MOST_USES if "{" in fragment else 1)]
        fewest = min((self.uses[fragment] for fragment in left), default=0)
        heard_least = [fragment for fragment in left if self.uses[fragment] == fewest]
        return self.dice.choice(heard_least) if heard_least else None

    def say(self, pool: Sequence[str], way: str = "plain", add_on: float = 0.0) -> Said:
        """Something nobody here has said yet in the same words, or nothing."""
        for _ in range(12):
            fragment = self.fresh(pool)
            if fragment is None:
                break
            self.uses[fragment] += 1
            said = self.filled(fragment)
            words = MANNERS[way][1](said.words + self.tail(add_on), self.dice)
            if words.casefold() not in self.heard:
                self.heard[words.casefold()] = said.about
                return Said(words, said.about)
        return Said("")

    def where(self, words: str) -> BaseGeometry | None:
        """The place that these words, said before, were about."""
        return self.heard.get(words.casefold())

    def tail(self, chance: float) -> str:
        if self.dice.random() >= chance:
            return ""
        pool = shelf("reasons")["add_on"]["any"]
        fewest = min(self.uses[fragment] for fragment in pool)
        chosen = self.dice.choice([fragment for fragment in pool if self.uses[fragment] == fewest])
        self.uses[chosen] += 1
        return " " + self.filled(chosen).words

    def marked(self, about: BaseGeometry | None, shape_chance: float = 0.0) -> Point | Polygon:
        """Where somebody would put the pin, or how they would draw round it."""
        if isinstance(about, Polygon):
            if self.dice.random() < shape_chance:
                return about.simplify(9)
            return self.somewhere_in(about)
        if about is None or about.is_empty:
            return self.near(self.dice.choice(self.homes), 60)
        line = max(getattr(about, "geoms", [about]), key=lambda part: part.length)
        return self.near(line.interpolate(self.dice.uniform(0.1, 0.9), normalized=True), 6)

    def near(self, at: Point, spread: float) -> Point:
        return Point(round(self.dice.gauss(at.x, spread), 3), round(self.dice.gauss(at.y, spread), 3))

    def somewhere_in(self, shape: Polygon) -> Point:
        west, south, east, north = shape.bounds
        for _ in range(60):
            at = Point(round(self.dice.uniform(west, east), 3), round(self.dice.uniform(south, north), 3))
            if shape.contains(at):
                return at
        return shape.representative_point()
