"""Reads a file in a process that has done nothing else, so that what its reading costs can be told.

A child begins as a copy of its parent, and the kernel counts that copy's memory as the child's own: measured from a
test process that has grown, every child would seem as large.
"""

import resource
from dataclasses import dataclass

from geodata.reading import Unreadable, read


@dataclass(frozen=True)
class Tried:
    """What came of a file: a sentence, or the kinds of its shapes; all of it as text; what the children cost."""

    sentence: str
    kinds: frozenset[str] | None
    text: str
    cpu_s: float
    memory_bytes: int


def tried(data: bytes) -> Tried:
    before, _ = cost()
    sentence, kinds, text = "", None, ""
    try:
        reading = read(data)
        kinds, text = frozenset(f.geometry.geom_type for f in reading.features), repr(reading)
    except Unreadable as refused:
        sentence = text = str(refused)
    after, memory_bytes = cost()
    return Tried(sentence, kinds, text, after - before, memory_bytes)


def cost() -> tuple[float, int]:
    """Seconds of CPU and the most memory of any child so far; Linux gives kilobytes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
