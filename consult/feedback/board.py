"""Figures laid out for a page: each question with its rows, each number with the link that opens it. Counts nothing."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from consult.feedback import tallies
from consult.feedback.amounts import bands, middles
from consult.feedback.facts import CONNECTIONS, HOMES, STANCES, Asked, Facts, Proposed, asked
from consult.feedback.tallies import Figure
from consult.feedback.words import BARS, STATUSES, group_words
from consult.responses.words import STANCES as STANCE_WORDS

Link = Callable[[str, str], str]


def nowhere(key: str, filter_: str) -> str:
    return ""


@dataclass(frozen=True)
class Board:
    """One set of figures, seen as a whole or (`filter`) for one group."""

    questions: Sequence[Asked]
    policies: Sequence[Proposed]
    numbers: dict[tuple[str, str], Figure]
    line: dict[str, int]
    filter: str = ""
    link: Link = nowhere
    amounts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # the rows of a number or a date
    middles: dict[str, str] = field(default_factory=dict)  # the answer in the middle, of everyone

    @classmethod
    def of(cls, facts: Facts, filter_: str, link: Link) -> "Board":
        line = asdict(tallies.reconciliation(facts))
        figures = by_name(tallies.figures(facts))
        return cls(
            facts.questions, facts.policies, figures, line, filter_, link, rows_of(facts), middles(facts)
        )

    @classmethod
    def published(cls, said: dict[str, Any]) -> "Board":
        return cls(
            [asked(**question) for question in said["questions"]],
            [Proposed(**policy) for policy in said["policies"]],
            by_name([Figure(**figure) for figure in said["figures"]]),
            said["reconciliation"],
        )

    def number(self, key: str) -> Figure:
        return self.numbers[key, self.filter]

    def href(self, key: str) -> str:
        return self.link(key, self.filter)

    def bar(self, key: str, label: str) -> dict[str, Any]:
        figure = self.number(key)
        row = {"label": label, "value": figure.responses, "suppressed": figure.suppressed}
        return row | {"href": self.href(key) if figure.responses else ""}

    def bars(self, question: Asked) -> list[dict[str, Any]]:
        return [self.bar(key, label) for key, label in self.answers(question)]

    def stances(self, question: Asked) -> list[dict[str, Any]]:
        return [
            self.stance_bar(f"{question.reference}.{policy.reference}", policy) for policy in self.policies
        ]

    def stance_bar(self, key: str, policy: Proposed) -> dict[str, Any]:
        return {
            "label": policy.name,
            "values": {BARS[stance]: self.number(f"{key}.{stance}").responses for stance in STANCES},
            "href": self.href(key) if self.number(key).responses else "",
        }

    def groups(self, split: str) -> list[dict[str, Any]]:
        """How many responses each group of a split has, whatever the page shows."""
        shown = [(filter_, f) for (key, filter_), f in self.numbers.items() if key == "counted"]
        return [
            {
                "filter": filter_,
                "label": group_words(filter_),
                "value": figure.responses,
                "suppressed": figure.suppressed,
                "href": self.link("counted", filter_) if figure.responses else "",
            }
            for filter_, figure in shown
            if filter_.startswith(f"{split}=")
        ]

    def by_group(self, keys: Sequence[tuple[str, str]], split: str) -> list[dict[str, Any]]:
        """A table: a row for each (key, label), a cell for everyone and for each group."""
        names = [group["filter"] for group in self.groups(split)]
        return [
            {"label": label, "cells": [self.numbers[key, name] for name in ("", *names)]}
            for key, label in keys
        ]

    def answers(self, question: Asked) -> list[tuple[str, str]]:
        options = [(f"{question.reference}.{key}", label) for key, label in question.options]
        return options or self.amounts.get(question.reference, [])

    def answers_on(self, question: Asked, policy: Proposed) -> list[tuple[str, str]]:
        about = f"{question.reference}.{policy.reference}"
        return [(f"{about}.{stance}", str(STANCE_WORDS[stance])) for stance in STANCES]


def rows_of(facts: Facts) -> dict[str, list[tuple[str, str]]]:
    return {
        question.reference: [(band.key, band.label) for band in bands(facts, number)]
        for number, question in enumerate(facts.questions)
    }


def by_name(figures: Sequence[Figure]) -> dict[tuple[str, str], Figure]:
    return {(figure.key, figure.filter): figure for figure in figures}


def chosen_filter(home: str, connection: str, kind: str, kinds: Sequence[str]) -> str:
    """The group that an address asks for; anything that is not a group is everybody."""
    if home in HOMES:
        return f"home={home}"
    if connection in (*CONNECTIONS, "none"):
        return f"connection={connection}"
    return f"kind={kind}" if kind in kinds else ""


def names_of(facts: Facts | Board) -> dict[str, str]:
    """What each figure counts, in words: the question, and the answer or the policy and stance."""
    names = {key: str(said) for key, said in STATUSES.items()}
    amounts = rows_of(facts) if isinstance(facts, Facts) else facts.amounts
    if isinstance(facts, Facts):
        names |= {f"campaign.{name}": campaign_words(name) for name in facts.campaigns}
    for question in facts.questions:
        names |= {key: f"{question.title} – {label}" for key, label in amounts.get(question.reference, ())}
        names[question.reference] = names[f"{question.reference}.places"] = question.title
        names |= {
            f"{question.reference}.{key}": f"{question.title} – {label}" for key, label in question.options
        }
        for policy in facts.policies if question.kind == "stance" else ():
            about, title = f"{question.reference}.{policy.reference}", f"{policy.reference} {policy.title}"
            names |= {about: title} | {
                f"{about}.{key}": f"{title} – {said}" for key, said in STANCE_WORDS.items()
            }
    return names


def campaign_words(name: str) -> str:
    return f"Petition {name}" if name.startswith("P") else f"Copies of the standard letter {name}"
