"""What a district's aggregate tells of small groups, so that nothing that is kept back can be worked out.

Each release comes with its groups protected within itself (`feedback/disclosure.py`: small cells, and complementary
ones beside them). Laid side by side, releases could still be undone in two ways, which Hundepool et al., *Statistical
Disclosure Control* (2012), call linked tables and differencing. Against both:

1. Of several releases of one consultation the groups of only one are told: those of the first that has any, until a
   later one differs from *each* that was ever told by nought or by `SMALLEST` and more, in every number of every group.
   Between two releases a few responses apart, the difference would be those few.
2. A total over consultations adds only numbers that are themselves shown. Whatever is chosen with a filter is then a
   sum of published cells: a total less what is shown, and one selection less another, are published cells again.

Headline totals (how many responded, and how many supported or objected) are never kept back: the authority has every
comment, and publishes them under regulation 16.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from consult.feedback.disclosure import SMALLEST

Figures = dict[str, Any]  # as `feedback.publications.public_figures` gives them
NUMBERS = ("responses", "people", "value")


def groups_from(releases: Sequence[Figures]) -> int | None:
    """Which of the releases of one consultation, oldest first, tells its groups; None where none does."""
    told: list[int] = []
    for at, figures in enumerate(releases):
        if has_groups(figures) and all(is_far(releases[before], figures) for before in told):
            told.append(at)
    return told[-1] if told else None


def has_groups(figures: Figures) -> bool:
    return any(each["filter"] for each in figures.get("figures", ()))


def is_far(earlier: Figures, later: Figures) -> bool:
    """Whether their difference tells nothing of a few. A number that either keeps back is not known to be far."""
    before, after = cells(earlier), cells(later)
    if before.keys() != after.keys():
        return False
    return all(far(before[key], after[key]) for key in before)


def cells(figures: Figures) -> dict[tuple[str, str], tuple[int | None, ...]]:
    return {
        (each["key"], each["filter"]): tuple(each[name] for name in NUMBERS)
        for each in figures.get("figures", ())
        if each["filter"]
    }


def far(before: Iterable[int | None], after: Iterable[int | None]) -> bool:
    return all(
        a is not None and b is not None and (a == b or abs(a - b) >= SMALLEST)
        for a, b in zip(before, after, strict=True)
    )


def added(numbers: Iterable[int | None]) -> int | None:
    """The sum of those that are shown; None where none is."""
    shown = [number for number in numbers if number is not None]
    return sum(shown) if shown else None
