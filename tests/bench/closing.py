"""The last hour before a close: of a hundred visits eighty read (the consultation, the first page and the pages of a
form, a receipt), fifteen save a page of a draft, five send. A_SECOND visits (70, of which 3.5 send: ten times the
busiest hour that we know of) for SECONDS, to two workers on this machine, with every limit as it is, spread over two
forums and as many networks as there are visits.

No answer may fail, and of all of them the 95th in a hundred may take half a second.
"""

import os
import random
import re
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask import Flask

from consult import tenancy
from consult.consultations.models import find
from consult.database import db, unit_of_work
from consult.responses.drafts import drafts
from consult.spaces.models import Space
from tests.bench._asking import both_asking
from tests.bench._load import Ask, Times, at_rate
from tests.bench._places import kinds
from tests.responses.asking import URL
from tests.responses.restarting import restarting

A_SECOND = float(os.environ.get("A_SECOND", "70"))
SECONDS = int(os.environ.get("SECONDS", "60"))
LONGEST_MS = 500.0
SHARES = {"read": 80, "save": 15, "send": 5}
PAGES = ("page-2", "about")


class Residents:
    """They begin with a few drafts of each forum; whoever sends leaves a receipt to look at."""

    def __init__(self, tokens: dict[str, list[str]]) -> None:
        self.chance = random.Random(7)
        self.receipts: list[str] = []
        self.drafts = [
            f"/f/{slug}/consultations/reg14/drafts/{token}" for slug, held in tokens.items() for token in held
        ]

    def visits(self) -> Iterator[Ask]:
        kinds_ = [kind for kind, share in SHARES.items() for _ in range(share)]
        while True:
            yield getattr(self, self.chance.choice(kinds_))()

    def form(self) -> str:
        return URL.replace("/ash/", self.chance.choice(("/ash/", "/beck/")))

    def read(self) -> Ask:
        form = self.form()
        draft = self.chance.choice(self.drafts)
        ways = [
            form.removesuffix("respond"),
            form,
            f"{form}?whole=1",
            *(f"{draft}?at={page}" for page in PAGES),
        ]
        return Ask("read", self.chance.choice([*ways, *self.receipts[-1:]]))

    def save(self) -> Ask:
        about = {"at": "page-2", "do": "next", "q4": f"A thought {uuid4()}", "q2": "yes"}
        return Ask("save", self.chance.choice(self.drafts), about)

    def send(self) -> Ask:
        given = {"q4": "My last word", "email": f"{uuid4().hex}@example.org", "idempotency_key": str(uuid4())}
        return Ask(
            "send", self.form(), given, lambda status, location, body: self.receipts.append(way(location))
        )


def way(location: str) -> str:
    return re.sub(r"\?.*", "", urlsplit(location).path)


def begun(app: Flask, spaces: dict[str, UUID], each: int = 200) -> dict[str, list[str]]:
    tokens: dict[str, list[str]] = {}
    for slug, space in spaces.items():
        with app.app_context(), unit_of_work(), tenancy.inside(space):
            tokens[slug] = [drafts.begin(find("reg14"))[1] for _ in range(each)]
            db.session.flush()
    return tokens


def spaces_of(app: Flask) -> dict[str, UUID]:
    with app.app_context():
        found = {space.slug: space.id for space in db.session.query(Space) if space.slug in ("ash", "beck")}
        db.session.remove()
    return found


def told(kind: str, times: Times) -> bool:
    for what in SHARES:
        took = f"median {times.p50(what):.0f} ms, p95 {times.p95(what):.0f} ms"
        print(f"{kind}, {what}: {took}, {len(times.ms[what])} visits")
    failed, p95 = times.failed(), times.p95()
    print(f"{kind}, all: p95 {p95:.0f} ms (at most {LONGEST_MS:.0f}); failed: {failed or 0}")
    return p95 <= LONGEST_MS and not failed


def main(chosen: list[str]) -> int:
    good = True
    for kind in [kind for kind in kinds() if kind in chosen] or kinds():
        with both_asking(kind) as (app, _):
            residents = Residents(begun(app, spaces_of(app)))
            with restarting(app, LIMITS="", TRUSTED_PROXIES="1") as server:
                visits = residents.visits()
                at_rate(server.port, visits, 5, 3)
                good = told(kind, at_rate(server.port, visits, A_SECOND, SECONDS)) and good
    print("within its limits" if good else "NOT within its limits")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
