"""A thousand responses, each sent twice at the same moment and all of them at once: a thousand rows, a thousand
receipts in the outbox, and one and the same receipt for each pair. PAIRS=100 asks it of fewer; the names of databases
on the command line choose among them."""

import os
import sys
import time

from tests.bench._asking import both_asking
from tests.bench._places import kinds
from tests.responses.doubles import WAYS, doubled

PAIRS = int(os.environ.get("PAIRS", "1000"))


def main(chosen: list[str]) -> int:
    good = True
    for kind in [kind for kind in kinds() if kind in chosen] or kinds():
        for way in WAYS:
            with both_asking(kind) as (app, space):
                began = time.monotonic()
                found = doubled(app, space, way, PAIRS)
                seconds = time.monotonic() - began
            print(
                f"{kind}, {way}: {found.pairs} pairs at once, {seconds:.0f} s; {found.rows} rows, {found.mails} "
                f"receipts in the outbox, {found.two_receipts} pairs with two receipts; answers: {found.answers}",
                flush=True,
            )
            good = good and found.right
    print("all as it must be" if good else "NOT as it must be")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
