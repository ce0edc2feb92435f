"""1,000 races of two clashing applications, of two bare claims and of two clashing designations: exactly one on the
register, every time."""

import os
import sys
import time
from collections import Counter
from functools import partial
from typing import Any

from tests.areas.races import Result, two_applications, two_claims, two_designations, withdraw_all
from tests.bench._places import fresh, kinds

DESIGNATED = ["an area", "refused"]
RACES = int(os.environ.get("RACES", "1000"))


class Designations:
    """Each race a metre further north."""

    def __init__(self, *where: Any) -> None:
        self.where, self.number = where, 0

    def __call__(self) -> Result:
        self.number += 1
        return two_designations(*self.where, north=self.number)


def main() -> int:
    lost = 0
    for kind in kinds():
        with fresh(kind) as (app, world):
            ash, beck, dell, northam = (world.space[slug] for slug in ("ash", "beck", "dell", "northam"))
            for what, run, good in (
                ("applications", partial(two_applications, app, ash, beck), ["applied", "contested"]),
                ("claims", partial(two_claims, app, ash, beck, northam), ["clash", "on the register"]),
                ("designations", Designations(app, northam, dell, ash, beck), DESIGNATED),
            ):
                began, ends = time.monotonic(), Counter()
                for _ in range(RACES):
                    ended = run()
                    said = ["an area" if s in ("Ash", "Beck") else s for s in ended.said]
                    ends[len(ended.on_register) == 1 and sorted(said) == good] += 1
                    withdraw_all(app, ash, beck)
                lost += ends[False]
                seconds = time.monotonic() - began
                print(
                    f"{kind}, two {what} at once: {ends[True]} of {RACES} right, {seconds:.0f} s", flush=True
                )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
