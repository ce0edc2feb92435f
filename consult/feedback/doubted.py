"""The headline with and without what looks unusual, for organisers: `tallies.without` counts, a person decides."""

from dataclasses import dataclass

from consult.consultations.models import Consultation
from consult.feedback import tallies
from consult.feedback.board import names_of
from consult.feedback.facts import Facts
from consult.feedback.tallies import Figure
from consult.flags.standing import doubted, flags_of


@dataclass(frozen=True)
class Beside:
    """One figure as it is, and without those that are flagged and not cleared."""

    name: str
    figure: Figure
    without: Figure


def headline(consultation: Consultation, facts: Facts) -> list[Beside]:
    """Empty where nothing is in doubt that is counted. Of the stances those that would differ."""
    left_out = doubted(flags_of(consultation))
    first, *stances = tallies.without(facts, left_out)
    if first[0].responses == first[1].responses:
        return []
    names = names_of(facts)
    rows = [Beside(names.get(one.key, one.key), one, other) for one, other in stances if one != other]
    return [Beside("Responses counted", *first), *rows]
