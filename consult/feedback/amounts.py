"""Numbers and days that were given in answer to a question: how many gave which, and the one in the middle.

Nobody is told a mean: one who says 10,000 would move it, and it is nobody's answer. Amounts are shown to members and
in full reports only: one of them may be as telling as words.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from consult.consultations.questions.kinds import MEASURED
from consult.feedback.facts import STATUSES, Asked, Column, Facts

EACH_SHOWN = 12  # so many different values are listed one by one; more are put together
MOST_BANDS = 10
MOST_MONTHS = 24
STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Band:
    """From `low`, included, to `high`, included where it is one value and else not."""

    key: str
    label: str
    low: float
    high: float

    def holds(self, values: Column) -> Column:
        return values == self.low if self.low == self.high else (values >= self.low) & (values < self.high)


def rows_of(facts: Facts, number: int) -> Column:
    return np.flatnonzero(facts["answer_question"] == number)


def counted_values(facts: Facts, number: int) -> Column:
    """What counted responses gave to the question with this number, sorted."""
    rows = rows_of(facts, number)
    status = facts["status"][facts["answer_response"][rows]]
    values = facts["answer_value"][rows[status == STATUSES.index("counted")]]
    return np.sort(values[np.isfinite(values)])


def bands(facts: Facts, number: int) -> list[Band]:
    question = facts.questions[number]
    if question.kind not in MEASURED:
        return []
    values = counted_values(facts, number)
    different = [float(value) for value in np.unique(values)]
    if len(different) <= EACH_SHOWN:
        return [one_value(question, value) for value in different]
    between = spans_of_days(different) if question.kind == "date" else spans(different)
    return [
        Band(f"{question.reference}.{plain(low)}_{plain(high)}", label, low, high)
        for label, low, high in between
    ]


def one_value(question: Asked, value: float) -> Band:
    return Band(
        f"{question.reference}.{said(question.kind, value)}", words(question.kind, value), value, value
    )


def spans(values: list[float]) -> Iterator[tuple[str, float, float]]:
    """Bands of one round width that hold every value."""
    rough = (values[-1] - values[0]) / MOST_BANDS
    power = 10.0 ** math.floor(math.log10(rough))
    width = next(step * power for step in STEPS if step * power >= rough)
    whole = all(value.is_integer() for value in values) and width >= 1
    for step in range(math.floor(values[0] / width), math.floor(values[-1] / width) + 1):
        low, high = step * width, (step + 1) * width
        last = f"{plain(high - 1)}" if whole else f"under {plain(high)}"
        yield (f"{plain(low)} to {last}" if not (whole and width == 1) else plain(low)), low, high


def spans_of_days(values: list[float]) -> Iterator[tuple[str, float, float]]:
    """Months, or years where there are many of them."""
    days = [date.fromordinal(int(value)) for value in values]
    months = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month + 1
    if months <= MOST_MONTHS:
        for number in range(months):
            first = month(days[0], number)
            yield f"{first:%B} {first.year}", first.toordinal(), month(days[0], number + 1).toordinal()
        return
    for year in range(days[0].year, days[-1].year + 1):
        yield str(year), date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()


def month(day: date, later: int) -> date:
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def middle(facts: Facts, number: int) -> str:
    """The median in words: of an even number the lower of the two in the middle, so that it is always somebody's
    answer. Of a scale it is a point. Nothing where nobody answered, or where answers have no order."""
    question = facts.questions[number]
    values = points(facts, number) if question.kind == "scale" else np.array([])
    if question.kind in MEASURED:
        values = counted_values(facts, number)
    return words(question.kind, float(values[(len(values) - 1) // 2])) if len(values) else ""


def points(facts: Facts, number: int) -> Column:
    """The points of a scale that counted responses gave, sorted."""
    rows = rows_of(facts, number)
    counted = facts["status"][facts["answer_response"][rows]] == STATUSES.index("counted")
    chosen = facts["answer_option"][rows[counted]]
    keys = np.array([float(key) for key, _ in facts.questions[number].options])
    return np.sort(keys[chosen[chosen >= 0]])


def middles(facts: Facts) -> dict[str, str]:
    """By the reference of the question."""
    found = {question.reference: middle(facts, at) for at, question in enumerate(facts.questions)}
    return {reference: words for reference, words in found.items() if words}


def value_of(number: float | None, day: date | None) -> float | None:
    """As the facts hold it: a day by its ordinal number."""
    return float(day.toordinal()) if day else number


def said(kind: str, value: float) -> str:
    """As a table says it: a day as 2027-03-14."""
    return date.fromordinal(int(value)).isoformat() if kind == "date" else plain(value)


def read(kind: str, text: str) -> float:
    """The other way round."""
    return float(date.fromisoformat(text).toordinal()) if kind == "date" else float(text)


def words(kind: str, value: float) -> str:
    if kind != "date":
        return plain(value)
    day = date.fromordinal(int(value))
    return f"{day.day} {day:%B} {day.year}"


def plain(number: float) -> str:
    return f"{int(number)}" if float(number).is_integer() else f"{number:.6f}".rstrip("0")
