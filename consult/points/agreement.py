"""How far two people who read the same points without seeing each other's work agree."""

from collections.abc import Iterable, Sequence, Set
from typing import Any

Pair = tuple[Set[Any], Set[Any]]  # the themes that the first and the second found in one point


def alpha(pairs: Sequence[Pair], theme: Any) -> float | None:
    """Krippendorff's α for one theme, present or not (nominal, two readers, nothing missing): 1 they agree throughout,
    0 no better than by lot. None where both always said the same one thing, from which nothing follows."""
    marks = [(theme in one, theme in other) for one, other in pairs]
    values = 2 * len(marks)
    present = sum(one + other for one, other in marks)
    by_lot = 2 * present * (values - present)
    if not by_lot:
        return None
    differ = sum(one != other for one, other in marks)
    return 1 - 2 * differ * (values - 1) / by_lot


def f1(pairs: Iterable[Pair]) -> float | None:
    """The mean over points of how much of what either found both found; None where there is no point."""
    found = [2 * len(one & other) / (len(one) + len(other)) for one, other in pairs if one or other]
    return sum(found) / len(found) if found else None
