"""1,000 races of two clashing applications, of two bare claims, of two clashing designations and of two settlements:
never two areas on the register that overlap, and each race ends as it must. Words on the command line choose among the
races and the databases."""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from typing import Any

from flask import Flask

from tests.areas.races import (
    Result,
    overlaps,
    two_applications,
    two_claims,
    two_designations,
    two_settlements,
    withdraw_all,
)
from tests.bench._places import fresh, kinds

RACES = int(os.environ.get("RACES", "1000"))
WAYS = cycle([("modify", "modify"), ("smaller", "smaller"), ("modify", "smaller"), ("refuse", "modify")])
Race = Callable[[int], Result]


def said(ended: Result) -> list[str]:
    return sorted("an area" if name in ("Ash", "Beck") else name for name in ended.said)


def races(app: Flask, space: dict[str, Any]) -> dict[str, tuple[Race, Callable[[Result], bool]]]:
    """Each kind of race, by its number, and whether it ended as it must. Where something is designated, each race
    stands a metre further north: what was designated once cannot be applied for anew."""
    ash, beck, dell, cole, northam = (space[slug] for slug in ("ash", "beck", "dell", "cole", "northam"))
    return {
        "applications": (
            lambda number: two_applications(app, ash, beck),
            lambda ended: said(ended) == ["applied", "contested"] and len(ended.on_register) == 1,
        ),
        "claims": (
            lambda number: two_claims(app, ash, beck, northam),
            lambda ended: said(ended) == ["clash", "on the register"] and len(ended.on_register) == 1,
        ),
        "designations": (
            lambda number: two_designations(app, northam, dell, ash, beck, north=number),
            lambda ended: said(ended) == ["an area", "refused"] and len(ended.on_register) == 1,
        ),
        "settlements": (
            lambda number: two_settlements(app, northam, cole, ash, beck, next(WAYS), north=number),
            lambda ended: (
                set(said(ended)) <= {"an area", "refused"}
                and said(ended) != ["refused", "refused"]
                and overlaps(app) == 0
            ),
        ),
    }


def main(chosen: list[str]) -> int:
    lost = 0
    for kind in [kind for kind in kinds() if kind in chosen] or kinds():
        with fresh(kind) as (app, world):
            for what, (run, ended_well) in races(app, world.space).items():
                if what not in (set(chosen) - set(kinds()) or {what}):
                    continue
                began, ends = time.monotonic(), Counter[bool]()
                for number in range(1, RACES + 1):
                    ends[ended_well(run(number))] += 1
                    withdraw_all(app, *(world.space[slug] for slug in ("ash", "beck", "cole")))
                lost += ends[False]
                seconds = time.monotonic() - began
                right = f"{ends[True]} of {RACES} right"
                print(f"{kind}, two {what} at once: {right}, {seconds:.0f} s", flush=True)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
