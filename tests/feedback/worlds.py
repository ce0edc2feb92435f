"""Everything that could be so: an attacker who knows how figures are kept back counts out all that would have shown
the same."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

World = tuple[int, ...]


def worlds(total: int, parts: int) -> Iterator[World]:
    """Every way to put so many people into so many parts."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in worlds(total - first, parts - 1):
            yield first, *rest


def alike(every: Iterable[World], published: Callable[[World], Hashable]) -> Iterator[list[World]]:
    """The worlds, those together that show the same."""
    found: dict[Hashable, list[World]] = {}
    for world in every:
        found.setdefault(published(world), []).append(world)
    yield from found.values()


def determined(shown: Mapping[Any, int | None], truths: list[Mapping[Any, int]]) -> list[Any]:
    """What is kept back and is yet the same in every world that shows this."""
    return [name for name, number in shown.items() if number is None and len({t[name] for t in truths}) < 2]
