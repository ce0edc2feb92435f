"""The question about a place."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from flask_babel import gettext

from consult.consultations.questions.kinds import ON_THE_MAP, ways_of
from consult.plans.sites import Site
from consult.responses.form.fields import OneOf, line, long_words
from consult.responses.form.frozen import Asked, Shown
from consult.responses.form.part import Part, complain
from consult.responses.form.pointing import LONGEST_DRAWING, NotAPlace, Pointing, pointed
from consult.responses.receiving import Pointed


class Spot(Part):
    """A place: by map, postcode, the plan's own sites and policies, words, or numbers."""

    def __init__(
        self, question: Asked, policies: Sequence[Shown], sites: Callable[[], Sequence[Site]]
    ) -> None:
        super().__init__(question)
        self.policies, self.sites = policies, sites

    @cached_property
    def listed(self) -> dict[str, Site | Shown]:
        """Sites and policies to choose from; looked up only where they are shown or one was chosen."""
        listed: dict[str, Site | Shown] = {f"site:{site.reference}": site for site in self.sites()}
        return listed | {f"policy:{policy.reference}": policy for policy in self.policies}

    def choices(self) -> list[tuple[str, str]]:
        return [(key, named(thing)) for key, thing in self.listed.items()]

    @property
    def ways(self) -> tuple[str, ...]:
        """How the place may be given here."""
        return ways_of(self.question.settings)

    @property
    def drawings(self) -> list[tuple[str, str]]:
        """What may be put on the map."""
        words = {"pin": gettext("A pin"), "line": gettext("A line"), "area": gettext("An area")}
        return [(way, words[way]) for way in ON_THE_MAP if way in self.ways]

    def fields(self) -> Iterator[tuple[str, Any]]:
        name, id_, ways = self.name, self.id, self.ways
        about = gettext("Say where it is and what you want to say about it")
        if "words" in ways:
            yield f"{name}.words", long_words(about, id=f"{id_}-words")
        if "postcode" in ways:
            yield f"{name}.postcode", line(gettext("Postcode"), 20, id=f"{id_}-postcode")
        if "grid" in ways:
            yield f"{name}.grid", line(gettext("Grid reference"), 40, id=f"{id_}-grid")
        if "list" in ways:
            yield f"{name}.about", line(gettext("A site or policy in the plan"), id=f"{id_}-about")
        if "pin" in ways:
            yield f"{name}.lon", line(gettext("Longitude"), 40, id=f"{id_}-lon")
            yield f"{name}.lat", line(gettext("Latitude"), 40, id=f"{id_}-lat")
        if self.drawings:
            yield f"{name}.view", line("view", 80, id=f"{id_}-view")
            words = gettext("What do you want to put on the map?")
            yield f"{name}.as", OneOf(words, self.drawings, id=f"{id_}-as")
            yield f"{name}.points", line(gettext("What you drew"), LONGEST_DRAWING, id=f"{id_}-points")

    def value(self, form: Any, what: str) -> str:
        """What is in one of its fields, also of one that this question does not have."""
        field = form._fields.get(f"{self.name}.{what}")
        return str(field.data or "") if field is not None else ""

    def drawn(self, form: Any) -> str:
        """Whether a pin, a line or an area is put on the map; what is allowed first, where nobody said."""
        allowed = [way for way, _ in self.drawings]
        given = self.value(form, "as")
        return given if given in allowed else next(iter(allowed), "")

    def given(self, form: Any) -> Pointing:
        about = self.value(form, "about")
        lon, lat, postcode, words, grid, points = (
            self.value(form, what) for what in ("lon", "lat", "postcode", "words", "grid", "points")
        )
        drawn = self.drawn(form)
        pin = (lon, lat) if drawn in ("", "pin") else ("", "")
        listed = self.listed.get(about) if about else None
        return Pointing(*pin, postcode, words, listed, grid, points, drawn)

    def check(self, form: Any) -> None:
        about = self.value(form, "about")
        if about and about not in self.listed:
            complain(form[f"{self.name}.about"], gettext("Choose from the list, or leave it empty."))
        try:
            pointed(self.given(form))
        except NotAPlace as problem:
            complain(form[f"{self.name}.{problem.where}"], problem.sentence)

    def places(self, form: Any) -> list[Pointed]:
        try:
            place = pointed(self.given(form))
        except NotAPlace:
            return []
        if place is None:
            return []
        return [Pointed(self.question.id, place.easting, place.northing, place.words, place.shape)]

    def lacking(self) -> str:
        return gettext(
            "Give a place for “%(question)s”, in any of the ways here.", question=self.question.title
        )


def named(thing: Site | Shown) -> str:
    return f"{thing.reference} {thing.name if isinstance(thing, Site) else thing.title}"
