"""Work on many shapes in threads, one for each processor up to four: shapely lets go of the interpreter meanwhile."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

MOST_THREADS = 4

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")


def spread(work: Callable[[Piece], Answer], pieces: Iterable[Piece]) -> list[Answer]:
    """What `work` answers to each piece, in their order."""
    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as threads:
        return list(threads.map(work, pieces))
