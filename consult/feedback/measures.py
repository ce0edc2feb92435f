"""What is measured: each figure by its key, as a weight for each response, above 0 where it contributes; and which of
them are the rows of one table."""

from collections.abc import Iterator

import numpy as np

from consult.consultations.questions.kinds import MEASURED, ONE_OF
from consult.feedback import amounts
from consult.feedback.facts import STANCES, Column, Facts


def measured(facts: Facts) -> Iterator[tuple[str, Column]]:
    yield "counted", np.ones(len(facts), "<i4")
    for number, name in enumerate(facts.campaigns):
        yield f"campaign.{name}", (facts["campaign"] == number).astype("<i4")
    for number, question in enumerate(facts.questions):
        rows = np.flatnonzero(facts["answer_question"] == number)
        places = facts["place_response"][facts["place_question"] == number]
        yield (
            question.reference,
            (once(facts, rows) + np.bincount(places, minlength=len(facts)) > 0).astype("<i4"),
        )
        if question.kind == "place":
            yield f"{question.reference}.places", np.bincount(places, minlength=len(facts))
        for option, (key, _) in enumerate(question.options):
            yield f"{question.reference}.{key}", once(facts, rows[facts["answer_option"][rows] == option])
        if question.kind == "stance":
            yield from stances(facts, question.reference, rows)


def amounts_given(facts: Facts) -> Iterator[tuple[str, Column]]:
    """Numbers and days, value by value or band by band. They are not for everyone: see `amounts.py`."""
    for number, question in enumerate(facts.questions):
        rows = amounts.rows_of(facts, number) if question.kind in MEASURED else np.array([], "i8")
        for band in amounts.bands(facts, number):
            yield band.key, once(facts, rows[band.holds(facts["answer_value"][rows])])


def stances(facts: Facts, question: str, rows: Column) -> Iterator[tuple[str, Column]]:
    for number, policy in enumerate(facts.policies):
        about = rows[facts["answer_policy"][rows] == number]
        yield f"{question}.{policy.reference}", once(facts, about)
        for code, stance in enumerate(STANCES):
            yield (
                f"{question}.{policy.reference}.{stance}",
                once(facts, about[facts["answer_stance"][about] == code]),
            )


def once(facts: Facts, rows: Column) -> Column:
    """Who gave these answers; twice the same answer is one."""
    weights = np.zeros(len(facts), "<i4")
    weights[facts["answer_response"][rows]] = 1
    return weights


def blocks(facts: Facts) -> Iterator[tuple[str, list[str]]]:
    """The tables, each after the one that holds its columns' totals: (key of the totals, keys of the rows). A table
    of several rows has everybody in exactly one; where somebody may choose several, each choice is its own table."""
    yield "", ["counted"]
    yield from (("counted", [f"campaign.{name}"]) for name in facts.campaigns)
    for question in facts.questions:
        yield "counted", [question.reference]
        options = [f"{question.reference}.{key}" for key, _ in question.options]
        if question.kind in ONE_OF:
            yield question.reference, options
        else:
            yield from ((question.reference, [option]) for option in options)
        if question.kind == "place":
            yield question.reference, [f"{question.reference}.places"]
        if question.kind == "stance":
            for policy in facts.policies:
                about = f"{question.reference}.{policy.reference}"
                yield question.reference, [about]
                yield about, [f"{about}.{stance}" for stance in STANCES]
