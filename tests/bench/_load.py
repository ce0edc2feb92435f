"""A load that comes as people do: at its own rate, however long the answers take. A time is counted from the moment at
which a request was due, so that a server that falls behind does not look quick."""

import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import randrange
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
LONGEST = 30.0  # seconds for one answer
VISITORS = 64  # at once, at most


@dataclass(frozen=True)
class Ask:
    """One request; `told` may look at the answer (status, where it leads, its body)."""

    kind: str
    path: str
    fields: dict[str, str] | None = None  # posted, where there are any
    told: Callable[[int, str, bytes], None] | None = None


@dataclass
class Times:
    ms: dict[str, list[float]] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, ms: float, answer: str) -> None:
        with self.lock:
            self.ms.setdefault(kind, []).append(ms)
            self.answers[f"{kind} {answer}"] += 1

    def p95(self, *kinds: str) -> float:
        return percentile([ms for kind in kinds or tuple(self.ms) for ms in self.ms[kind]], 95)

    def p50(self, *kinds: str) -> float:
        return statistics.median([ms for kind in kinds or tuple(self.ms) for ms in self.ms[kind]])

    def failed(self) -> dict[str, int]:
        return {what: n for what, n in self.answers.items() if what.split()[-1] not in ("200", "303")}


def percentile(values: Sequence[float], which: int) -> float:
    return statistics.quantiles(values, n=100)[which - 1]


def at_rate(port: int, asks: Iterator[Ask], a_second: float, seconds: float) -> Times:
    times, began = Times(), time.monotonic()
    with ThreadPoolExecutor(VISITORS) as visitors:
        for number in range(int(a_second * seconds)):
            due = began + number / a_second
            time.sleep(max(0.0, due - time.monotonic()))
            visitors.submit(visit, port, next(asks), due, times)
    return times


def visit(port: int, ask: Ask, due: float, times: Times) -> None:
    status, location, body = answered(port, ask)
    times.note(ask.kind, (time.monotonic() - due) * 1000, status)
    if ask.told is not None and status.isdecimal():
        ask.told(int(status), location, body)


def answered(port: int, ask: Ask) -> tuple[str, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    from_anywhere = {"X-Forwarded-For": f"10.{randrange(256)}.{randrange(256)}.{randrange(1, 255)}"}
    try:
        if ask.fields is None:
            connection.request("GET", ask.path, headers=from_anywhere)
        else:
            connection.request("POST", ask.path, urlencode(ask.fields, doseq=True), FORM | from_anywhere)
        answer = connection.getresponse()
        return str(answer.status), answer.headers.get("Location", ""), answer.read()
    except (OSError, HTTPException) as problem:
        return type(problem).__name__, "", b""
    finally:
        connection.close()
