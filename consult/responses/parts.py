"""Each kind of question as a part of the form: its fields, what is wrong with them, and what was said in them."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from flask_babel import gettext

from consult.plans.sites import Site
from consult.responses.fields import (
    OneOf,
    SomeOf,
    change_name,
    line,
    long_words,
    reason_name,
    stance_name,
)
from consult.responses.frozen import Asked, Shown
from consult.responses.pointing import NotAPlace, Pointing, pointed
from consult.responses.receiving import Pointed, Said
from consult.responses.words import STANCES


def complain(field: Any, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


class Part:
    """A question; `id` is unique on the page, whatever the question's own reference is."""

    def __init__(self, question: Asked) -> None:
        self.question = question
        self.name = question.reference
        self.id = f"question-{question.position}-{question.id.hex[:6]}"

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def options(self) -> list[tuple[str, str]]:
        return [(option["key"], option["label"]) for option in self.question.options]

    def fields(self) -> Iterator[tuple[str, Any]]:
        raise NotImplementedError

    def check(self, form: Any) -> None:
        """Adds what is wrong, beside the field it is wrong in."""

    def said(self, form: Any) -> list[Said]:
        return []

    def places(self, form: Any) -> list[Pointed]:
        return []


class Choice(Part):
    def fields(self) -> Iterator[tuple[str, Any]]:
        yield self.name, OneOf(self.question.title, self.options, description=self.question.hint, id=self.id)

    def said(self, form: Any) -> list[Said]:
        chosen = form[self.name].data
        return [Said(self.question.id, choice=chosen)] if chosen else []


class Choices(Part):
    def fields(self) -> Iterator[tuple[str, Any]]:
        yield self.name, SomeOf(self.question.title, self.options, description=self.question.hint, id=self.id)

    def said(self, form: Any) -> list[Said]:
        return [Said(self.question.id, choice=chosen) for chosen in dict.fromkeys(form[self.name].data or ())]


class Words(Part):
    def fields(self) -> Iterator[tuple[str, Any]]:
        yield self.name, long_words(self.question.title, description=self.question.hint, id=self.id)

    def said(self, form: Any) -> list[Said]:
        words = form[self.name].data
        return [Said(self.question.id, text=words)] if words else []


class Stances(Part):
    """A stance on each policy that the resident chooses to comment on. There are policies: the gate sees to that."""

    def __init__(self, question: Asked, policies: Sequence[Shown]) -> None:
        super().__init__(question)
        self.policies = policies

    def fields(self) -> Iterator[tuple[str, Any]]:
        ticks = [(policy.reference, f"{policy.reference} {policy.title}") for policy in self.policies]
        yield self.name, SomeOf(self.question.title, ticks, id=self.id)
        for number, policy in enumerate(self.policies):
            id_ = f"{self.id}-{number}"
            about = gettext("What do you think of %(policy)s?", policy=f"{policy.reference} {policy.title}")
            yield stance_name(self.name, policy.reference), OneOf(about, STANCES.items(), id=f"{id_}-stance")
            yield (
                reason_name(self.name, policy.reference),
                long_words(gettext("Your reasons"), id=f"{id_}-reason"),
            )
            yield (
                change_name(self.name, policy.reference),
                long_words(gettext("What you would change"), id=f"{id_}-change"),
            )

    def of(self, policy: Shown, form: Any) -> tuple[Any, Any, Any]:
        """The three fields about one policy."""
        reference = policy.reference
        return (
            form[stance_name(self.name, reference)],
            form[reason_name(self.name, reference)],
            form[change_name(self.name, reference)],
        )

    def is_filled(self, policy: Shown, form: Any) -> bool:
        return any(field.data for field in self.of(policy, form))

    def is_ticked(self, policy: Shown, form: Any) -> bool:
        return policy.reference in (form[self.name].data or ())

    def check(self, form: Any) -> None:
        for policy in self.policies:
            filled, ticked = self.is_filled(policy, form), self.is_ticked(policy, form)
            if ticked and not filled:
                stance = self.of(policy, form)[0]
                complain(
                    stance, gettext("Say what you think of %(ref)s, or untick it.", ref=policy.reference)
                )
            if filled and not ticked and not self.was_asked(policy, form):
                self.ask(policy, form)

    def was_asked(self, policy: Shown, form: Any) -> bool:
        return stance_name(self.name, policy.reference) in (form["asked"].data or "").split("|")

    def ask(self, policy: Shown, form: Any) -> None:
        """Filled in, but not ticked: neither dropped in silence nor sent against their will."""
        form["asked"].data = "|".join(
            filter(None, [form["asked"].data, stance_name(self.name, policy.reference)])
        )
        sentence = gettext(
            "You filled in something about %(ref)s, but it is not ticked. Tick it to send that too; "
            "if you leave it unticked, it will not be sent.",
            ref=policy.reference,
        )
        complain(form[self.name], sentence)

    def said(self, form: Any) -> list[Said]:
        return [
            Said(self.question.id, policy.id, stance=stance.data or "comment", text=reason.data or "",
                 suggested_change=change.data or "")
            for policy in self.policies
            if self.is_ticked(policy, form)
            for stance, reason, change in [self.of(policy, form)]
            if stance.data or reason.data or change.data
        ]  # fmt: skip


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


def part_of(question: Asked, policies: Sequence[Shown], sites: Callable[[], Sequence[Site]]) -> Part:
    if question.kind == "stance":
        return Stances(question, policies)
    if question.kind == "place":
        return Spot(question, policies, sites)
    return {"choice": Choice, "choices": Choices, "text": Words}[question.kind](question)
