"""The whole pack of 10,000 responses to 12 questions, two of them in words. Limit: 60 seconds of CPU."""

import os
import sys
import time

from consult import tenancy
from consult.consultations.models import find
from consult.database import unit_of_work
from consult.feedback.snapshots import freeze
from consult.reports.building import makers, material
from tests.bench import _polled
from tests.bench._places import fresh

NUMBER = int(os.environ.get("RESPONSES", "10000"))
LIMIT = 60.0 * NUMBER / 10_000
IN_WORDS = 2


def main() -> int:
    with fresh("SQLite") as (app, world), app.app_context():
        space = world.space["ash"]
        with unit_of_work(), tenancy.inside(space):
            _polled.consultation(IN_WORDS)
        _polled.fill(space, NUMBER)
        with unit_of_work(), tenancy.inside(space):
            made = find("reg14")
            assert made is not None
            snapshot = freeze(made, None)
            began = last = time.process_time()
            make = makers(material(made, snapshot, False))
            told = []
            for name in ("", *sorted(make)):
                size = len(make[name]()) if name else 0
                now = time.process_time()
                told.append(f"{name or 'reading'} {now - last:.1f} s ({size / 1e6:.1f} MB)")
                last = now
    taken = last - began
    print("; ".join(told))
    print(f"{NUMBER:,} responses: {taken:.1f} s of CPU; of the limit of {LIMIT:.0f} s: {taken / LIMIT:.2f}")
    return 0 if taken <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
