"""Counting a crowd. What all workers share is told to the store in handfuls: each one by itself while there are few,
and a twentieth of what is there at a time when there are many. So a flood costs next to nothing to count, and a limit
is met within a twentieth for each worker."""

import threading
import time
from dataclasses import dataclass

from flask import Flask
from limits import parse

from consult.web.limits import limiter, logger, sealed

SHARE = 20
MOST_KNOWN = 10_000


@dataclass
class Count:
    waiting: int = 0
    handful: int = 1
    over: bool = False
    ends: float = 0.0  # of the store's window


class Handfuls:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.counts: dict[tuple[str, ...], Count] = {}
        self.lock = threading.Lock()

    def over(self, limit: str, what: str, *whose: str) -> bool:
        """Counts one more, and says whether that is more than the limit. Where nothing can be counted, nothing is."""
        if not limiter.enabled:
            return False
        count, told = self.counted((limit, what, *whose))
        if told:
            try:
                self.tell(count, told, limit, what, *whose)
            except Exception:  # whatever the store is, and however it fails
                logger.exception("a crowd could not be counted")
                count.over = False
        return count.over

    def counted(self, key: tuple[str, ...]) -> tuple[Count, int]:
        """The count, and how many of it are to be told to the store now."""
        with self.lock:
            if len(self.counts) > MOST_KNOWN:
                self.counts.clear()
            count = self.counts.setdefault(key, Count())
            count.waiting += 1
            if count.waiting < count.handful and time.time() < count.ends:
                return count, 0
            told, count.waiting = count.waiting, 0
            return count, told

    def tell(self, count: Count, told: int, limit: str, what: str, *whose: str) -> None:
        item = parse(limit)
        with self.app.app_context():
            about = (what, sealed("\n".join(whose)))
        count.over = not limiter.limiter.hit(item, *about, cost=told)
        count.ends, remaining = limiter.limiter.get_window_stats(item, *about)
        count.handful = max(1, (item.amount - remaining) // SHARE)
