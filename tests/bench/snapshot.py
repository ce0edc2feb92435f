"""The facts of 100,000 responses to 12 questions frozen and hashed, from the database. Limit: 30 seconds. And every
figure is the same when the snapshot is counted twice."""

import os
import sys
import time

from consult import tenancy
from consult.consultations.models import find
from consult.database import unit_of_work
from consult.feedback import tallies
from consult.feedback.snapshots import facts_of, freeze
from tests.bench import _polled
from tests.bench._places import fresh, kinds

NUMBER = int(os.environ.get("RESPONSES", "100000"))
LIMIT = 30.0 * NUMBER / 100_000


def seconds_on(kind: str) -> float:
    with fresh(kind) as (app, world), app.app_context():
        space = world.space["ash"]
        with unit_of_work(), tenancy.inside(space):
            _polled.consultation()
        _polled.fill(space, NUMBER)
        with unit_of_work(), tenancy.inside(space):
            made = find("reg14")
            assert made is not None
            began = time.perf_counter()
            snapshot = freeze(made, None)
            taken = time.perf_counter() - began
            once, again = (tallies.figures(facts_of(snapshot)) for _ in range(2))
            assert once == again
            assert tallies.reconciliation(facts_of(snapshot)).received == NUMBER
    return taken


def main() -> int:
    found = {kind: seconds_on(kind) for kind in kinds()}
    for kind, taken in found.items():
        print(
            f"{kind}: a snapshot of {NUMBER:,} in {taken:.1f} s; of the limit of {LIMIT:.1f} s: {taken / LIMIT:.2f}"
        )
    return 0 if max(found.values()) <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
