"""The server is killed a hundred times (SIGKILL, with its workers) while residents send: every response that was
acknowledged is there once, with its receipt in the outbox once. KILLS=10 asks it of fewer; the names of databases on
the command line choose among them."""

import os
import sys
import time

from tests.bench._asking import both_asking
from tests.bench._places import kinds
from tests.responses.killing import Found, killed

KILLS = int(os.environ.get("KILLS", "100"))
EVERY = 10


def said(kind: str, found: Found, seconds: float) -> None:
    print(
        f"{kind}: {KILLS} kills in {seconds:.0f} s; {found.acknowledged} responses acknowledged, {found.retried} "
        f"answers lost on the way and asked for again, {found.stored} stored"
    )
    wrong = (
        ("lost", found.lost),
        ("stored twice", found.twice),
        ("without exactly one receipt in the outbox", found.without_one_receipt),
        ("acknowledged with another's receipt", found.of_another),
        ("stored without their answer", found.half),
    )
    print("  " + ", ".join(f"{len(which)} {what}" for what, which in wrong))
    if found.strange:
        print(f"  answers that must not be: {found.strange}")


def main(chosen: list[str]) -> int:
    good = True
    for kind in [kind for kind in kinds() if kind in chosen] or kinds():
        with both_asking(kind) as (app, space):
            began = time.monotonic()

            def told(number: int, kind: str = kind, began: float = began) -> None:
                if number % EVERY == 0:
                    print(
                        f"{kind}: {number} kills, {time.monotonic() - began:.0f} s",
                        file=sys.stderr,
                        flush=True,
                    )

            found = killed(app, space, KILLS, told)
            said(kind, found, time.monotonic() - began)
            good = good and found.right
    print("all as it must be" if good else "NOT as it must be")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
