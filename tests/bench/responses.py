"""Accepting a response: SQL statements with none and with 100,000 stored; and how long it takes at fifty a second,
beside a bare Flask view that inserts two rows into the same kind of database, in turn, in this run. ROUNDS, SECONDS and
STORED may be given; the names of databases on the command line choose among them."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from flask import Flask

from consult.database import db
from tests.bench._asking import both_asking
from tests.bench._load import Ask, Times, at_rate
from tests.bench._places import kinds
from tests.bench._serving import ROOT, peer
from tests.bench._stored import fill
from tests.responses.asking import FULL, URL
from tests.responses.costs import statements
from tests.responses.restarting import restarting

STORED = int(os.environ.get("STORED", "100000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = int(os.environ.get("SECONDS", "10"))
A_SECOND = 50
MOST_STATEMENTS = 20
MOST_RATIO = 4.0


def asks(path: str) -> Iterator[Ask]:
    while True:
        yield Ask(
            "response", path, FULL | {"idempotency_key": str(uuid4()), "email": f"{uuid4().hex}@example.org"}
        )


@contextmanager
def bare(app: Flask) -> Iterator[int]:
    """Its rows lie beside the service's: in a file in the same folder, or in the same database."""
    url = db.engine.url
    if url.drivername.startswith("postgresql"):
        where = url.set(drivername="postgresql").render_as_string(hide_password=False)
    else:
        where = str(Path(app.config["SETTINGS"].data_dir) / "bare.db")
    environment = {"BARE_DATABASE": where}
    prepare = [sys.executable, "-m", "tests.bench._bare"]
    subprocess.run(prepare, cwd=ROOT, env=os.environ | environment, check=True)
    with peer("tests.bench._bare:app", **environment) as port:
        yield port


def posting(app: Flask) -> int:
    client = app.test_client()
    one = asks(URL)
    client.post(URL, data=next(one).fields)  # the first one reads what is asked
    return len(statements(app, lambda: client.post(URL, data=next(one).fields)))


def main(chosen: list[str]) -> int:
    good = True
    for kind in [kind for kind in kinds() if kind in chosen] or kinds():
        with both_asking(kind) as (app, space):
            counts = [posting(app)]
            fill(app, space, STORED)
            counts.append(posting(app))
            print(
                f"{kind}: {counts[0]} statements with none stored, {counts[1]} with {STORED:,} "
                f"(at most {MOST_STATEMENTS})"
            )
            good = good and counts[0] == counts[1] <= MOST_STATEMENTS
            good = compared(kind, app) and good
    print("within its limits" if good else "NOT within its limits")
    return 0 if good else 1


def compared(kind: str, app: Flask) -> bool:
    ours, theirs = [], []
    with app.app_context(), restarting(app) as server, bare(app) as port:
        for a_port, path in ((port, "/"), (server.port, URL)):
            at_rate(a_port, asks(path), A_SECOND, 3)  # wakes every worker
        for _ in range(ROUNDS):
            theirs.append(at_rate(port, asks("/"), A_SECOND, SECONDS))
            ours.append(at_rate(server.port, asks(URL), A_SECOND, SECONDS))
    failed = [times.failed() for times in (*ours, *theirs) if times.failed()]
    ratio = p95(ours) / p95(theirs)
    spread = sorted(one.p95() / other.p95() for one, other in zip(ours, theirs, strict=True))
    for name, rounds in (("bare insert of two rows", theirs), (f"a response, {STORED:,} stored", ours)):
        median = statistics.median(times.p50() for times in rounds)
        print(f"{kind}, {name}, {A_SECOND} a second: median {median:.1f} ms, p95 {p95(rounds):.1f} ms")
    print(
        f"{kind}: ratio {ratio:.2f} ({spread[0]:.2f} to {spread[-1]:.2f}; at most {MOST_RATIO}); failed: {failed or 0}"
    )
    return ratio <= MOST_RATIO and not failed


def p95(rounds: list[Times]) -> float:
    return statistics.median(times.p95() for times in rounds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
