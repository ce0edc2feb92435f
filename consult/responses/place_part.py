"""The question about a place."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from flask_babel import gettext

from consult.plans.sites import Site
from consult.responses.fields import line, long_words
from consult.responses.frozen import Asked, Shown
from consult.responses.part import Part, complain
from consult.responses.pointing import NotAPlace, Pointing, pointed
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

    def fields(self) -> Iterator[tuple[str, Any]]:
        yield f"{self.name}.postcode", line(gettext("Postcode"), 20, id=f"{self.id}-postcode")
        yield f"{self.name}.about", line(gettext("A site or policy in the plan"), id=f"{self.id}-about")
        yield (
            f"{self.name}.words",
            long_words(gettext("Say where it is and what you want to say about it"), id=f"{self.id}-words"),
        )
        yield f"{self.name}.lon", line(gettext("Longitude"), 40, id=f"{self.id}-lon")
        yield f"{self.name}.lat", line(gettext("Latitude"), 40, id=f"{self.id}-lat")
        yield f"{self.name}.view", line("view", 80, id=f"{self.id}-view")

    def given(self, form: Any) -> Pointing:
        about = form[f"{self.name}.about"].data
        lon, lat, postcode, words = (
            form[f"{self.name}.{what}"].data or "" for what in ("lon", "lat", "postcode", "words")
        )
        return Pointing(lon, lat, postcode, words, self.listed.get(about) if about else None)

    def check(self, form: Any) -> None:
        about = form[f"{self.name}.about"]
        if about.data and about.data not in self.listed:
            complain(about, gettext("Choose from the list, or leave it empty."))
        try:
            pointed(self.given(form))
        except NotAPlace as problem:
            complain(form[f"{self.name}.{problem.where}"], problem.sentence)

    def places(self, form: Any) -> list[Pointed]:
        place = pointed(self.given(form))
        if place is None:
            return []
        return [Pointed(self.question.id, place.easting, place.northing, place.words, place.shape)]


def named(thing: Site | Shown) -> str:
    return f"{thing.reference} {thing.name if isinstance(thing, Site) else thing.title}"
