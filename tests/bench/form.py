"""How many a second get the form of a consultation, its first page and the long one, beside a static template of the
same size that a bare Flask renders; in turn, in this run. ROUNDS and SECONDS may be given."""

import os
import statistics
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path

from tests.bench._asking import both_asking
from tests.bench._places import kinds
from tests.bench._serving import peer, rate
from tests.responses.asking import URL
from tests.responses.restarting import restarting

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = int(os.environ.get("SECONDS", "4"))
LEAST_RATIO = 0.5
FORMS = {"first": URL, "whole": f"{URL}?whole=1"}


def fetched(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    return answer.read().decode()


def main(chosen: list[str]) -> int:
    good = True
    for kind in [kind for kind in kinds() if kind in chosen] or kinds():
        with (
            tempfile.TemporaryDirectory() as folder,
            both_asking(kind) as (app, _),
            restarting(app) as server,
        ):
            place = Path(folder)
            for name, path in FORMS.items():
                text = fetched(server.port, path)
                (place / f"{name}.html").write_text("{% raw %}" + text + "{% endraw %}")
            with peer("tests.bench._static:app", STATIC_TEMPLATES=folder) as static:
                for name, path in FORMS.items():
                    ours, theirs = [], []
                    for _ in range(ROUNDS):
                        theirs.append(rate(static, f"/{name}", place, SECONDS))
                        ours.append(rate(server.port, path, place, SECONDS))
                    ratio = statistics.median(ours) / statistics.median(theirs)
                    spread = sorted(one / other for one, other in zip(ours, theirs, strict=True))
                    size = (place / f"{name}.html").stat().st_size / 1000
                    print(
                        f"{kind}, {name} page ({size:.0f} KB): {statistics.median(ours):.0f}/s, the static template "
                        f"{statistics.median(theirs):.0f}/s; ratio {ratio:.2f} "
                        f"({spread[0]:.2f} to {spread[-1]:.2f}; at least {LEAST_RATIO})",
                        flush=True,
                    )
                    good = good and ratio >= LEAST_RATIO
    print("within its limits" if good else "NOT within its limits")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
