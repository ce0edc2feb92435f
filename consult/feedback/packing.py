"""Facts packed for counting: several layers as one code for each counted response, so that one `bincount` counts them
all at once, beside whatever they are crossed with.

A layer puts each response in one of its groups or in none; so for any layer its groups, and "none", make up everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod

import numpy as np

from consult.feedback.facts import NONE, Column

SMALL, LARGE = (
    256,
    4096,
)  # cells in a pack of rows: those of a large one still fit into a processor's first cache
ACROSS = 64  # cells in a pack of columns
ONE = 1 << 24  # what a response weighs beside its people: a double holds both exactly


@dataclass(frozen=True)
class Packed:
    """One layer in a pack: `size` codes, of which 0 is in no group and the others the groups from `first`."""

    first: int
    size: int


@dataclass(frozen=True, eq=False)
class Pack:
    """`codes`: for each counted response one whole number, made of its code in each of the layers."""

    layers: tuple[Packed, ...]
    codes: Column

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(layer.size for layer in self.layers)

    @property
    def size(self) -> int:
        return prod(self.sizes)


def packs(layers: Sequence[Column], inside: Column, most: int) -> list[Pack]:
    """The layers in as few packs of at most `most` cells as they make in their order; of the responses `inside`."""
    each = [single(layer[inside]) for layer in layers]
    found = [each[:1]]
    for pack in each[1:]:
        if prod(other.size for other in found[-1]) * pack.size <= most:
            found[-1].append(pack)
        else:
            found.append([pack])
    return [reduce(joined, parts) for parts in found if parts]


def single(layer: Column) -> Pack:
    in_a_group = layer[layer != NONE]
    first, last = (int(in_a_group.min()), int(in_a_group.max())) if len(in_a_group) else (0, NONE)
    codes = np.where(layer == NONE, 0, layer - first + 1).astype(np.intp)
    return Pack((Packed(first, last - first + 2),), codes)


def joined(one: Pack, other: Pack) -> Pack:
    return Pack(one.layers + other.layers, one.codes * other.size + other.codes)


def most_in_rows(responses: int) -> int:
    """Of few responses, a table of many cells would cost more than it saves."""
    return min(max(SMALL, responses // 16), LARGE)


def count(
    down: Sequence[Pack], along: Sequence[Pack], people: Column, shape: tuple[int, int]
) -> tuple[Column, Column]:
    """Responses, and people, in each group of both; the last row and the last column are everybody."""
    responses, heads = np.zeros(shape, "i8"), np.zeros(shape, "i8")
    together = (people + ONE).astype("f8")
    for one in down:
        for other in along:
            at = one.codes * other.size + other.codes if other.size > 1 else one.codes
            size = one.size * other.size
            if people.sum() < ONE:
                counts, of_people = divided(np.bincount(at, together, size))
            else:
                counts, of_people = np.bincount(at, minlength=size), exactly(np.bincount(at, people, size))
            for table, numbers in ((responses, counts), (heads, of_people)):
                unpack(one, other, numbers.reshape(*one.sizes, *other.sizes), table)
    return responses, heads


def divided(sums: Column) -> tuple[Column, Column]:
    """What stands for responses and people in one number, apart again."""
    whole = exactly(sums)
    return whole // ONE, whole % ONE


def exactly(sums: Column) -> Column:
    """A double holds every whole number up to 2⁵³."""
    return np.rint(sums).astype("i8")


def unpack(one: Pack, other: Pack, numbers: Column, table: Column) -> None:
    """Puts into the table what each layer of the rows has beside each of the columns, and the margins of both."""
    wide = len(one.layers)
    axes = range(numbers.ndim)
    for row, layer in enumerate(one.layers):
        for column, beside in enumerate(other.layers):
            rest = tuple(axis for axis in axes if axis not in (row, wide + column))
            cells = numbers.sum(axis=rest) if rest else numbers
            rows = slice(layer.first, layer.first + layer.size - 1)
            columns = slice(beside.first, beside.first + beside.size - 1)
            table[rows, columns] = cells[1:, 1:]
            table[rows, -1] = cells[1:].sum(axis=1)
            table[-1, columns] = cells[:, 1:].sum(axis=0)
    table[-1, -1] = numbers.sum()
