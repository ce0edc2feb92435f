"""Two hundred requests a second at one forum, and what another forum's form takes meanwhile, beside what it takes when
nothing else is asked. The flood comes from one network, as a robot's does: a third of it asks for the form, a third
sends one, and a third asks for the forum's front page. Two workers on this machine, every limit as it is. SECONDS may
be given.
"""

import os
import sys
from collections.abc import Iterator
from itertools import cycle
from threading import Thread
from uuid import uuid4

from tests.bench._asking import both_asking
from tests.bench._load import Ask, Times, at_rate
from tests.bench._places import kinds
from tests.responses.asking import URL
from tests.responses.restarting import restarting

RATE = 200.0  # requests a second
SECONDS = int(os.environ.get("SECONDS", "15"))
VISITS = 10.0  # a second, of people at the other forum
LONGEST_MS = 1000.0  # the goal for another forum's page, at the 95th of a hundred
ELSEWHERE = URL.replace("/f/ash/", "/f/beck/")


def robot() -> Iterator[Ask]:
    for what in cycle(("form", "send", "front")):
        if what == "send":
            yield Ask("send", URL, {"q4": "Buy now", "idempotency_key": str(uuid4())})
        else:
            yield Ask(what, URL if what == "form" else "/f/ash/")


def people() -> Iterator[Ask]:
    for path in cycle((ELSEWHERE, f"{ELSEWHERE}?whole=1", "/f/beck/", ELSEWHERE.removesuffix("respond"))):
        yield Ask("elsewhere", path)


def flooded(port: int) -> tuple[Times, Times]:
    """The flood's times, and those of people elsewhere meanwhile."""
    floods: list[Times] = []
    flood = Thread(target=lambda: floods.append(at_rate(port, robot(), RATE, SECONDS + 2)))
    flood.start()
    elsewhere = at_rate(port, people(), VISITS, SECONDS)
    flood.join()
    return floods[0], elsewhere


def main(chosen: list[str]) -> int:
    good = True
    for kind in [kind for kind in kinds() if kind in chosen] or kinds():
        with both_asking(kind) as (app, _), restarting(app, LIMITS="") as server:
            at_rate(server.port, people(), VISITS, 3)  # wakes every worker
            quiet = at_rate(server.port, people(), VISITS, SECONDS)
            flood, elsewhere = flooded(server.port)
        print(f"{kind}, the flood, {RATE:.0f} a second: {dict(flood.answers)}, p95 {flood.p95():.0f} ms")
        print(
            f"{kind}, another forum: p95 {quiet.p95():.0f} ms quiet, {elsewhere.p95():.0f} ms under the flood (at most "
            f"{LONGEST_MS:.0f}), ratio {elsewhere.p95() / quiet.p95():.1f}; failed: {elsewhere.failed() or 0}"
        )
        good = good and elsewhere.p95() <= LONGEST_MS and not elsewhere.failed()
    print("within its limits" if good else "NOT within its limits")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
