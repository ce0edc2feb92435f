"""People who press twice: each response is sent two times at the very same moment, and everybody sends at once."""

import asyncio
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask

from consult import tenancy
from consult.consultations.models import find
from consult.database import db, unit_of_work
from consult.jobs import Job
from consult.responses.drafts import drafts
from consult.responses.models import Response
from tests.responses.asking import URL
from tests.responses.restarting import restarting

LONGEST = 900.0  # seconds for the last answer of all


@dataclass(frozen=True)
class Doubled:
    pairs: int
    rows: int
    mails: int
    answers: dict[str, int]  # by status
    two_receipts: int  # pairs that were not told one and the same

    @property
    def right(self) -> bool:
        each_once = self.pairs == self.rows == self.mails
        return each_once and not self.two_receipts and self.answers == {"303": 2 * self.pairs}


def on_one_page(app: Flask, space: UUID, number: int) -> list[tuple[str, str]]:
    """What is posted, and where: a form of one page each."""
    return [
        (URL, urlencode({"q4": f"Number {n}", "email": address(n), "idempotency_key": str(uuid4())}))
        for n in range(number)
    ]


def page_by_page(app: Flask, space: UUID, number: int) -> list[tuple[str, str]]:
    """The same of drafts that are ready to be sent."""
    with app.app_context(), unit_of_work(), tenancy.inside(space):
        consultation = find("reg14")
        tokens = [
            drafts.begin(consultation, fields={"q4": [f"Number {n}"], "email": [address(n)]})[1]
            for n in range(number)
        ]
        db.session.flush()
    there = URL.removesuffix("respond") + "drafts/"
    return [(there + token, urlencode({"do": "send"})) for token in tokens]


WAYS = {"on one page": on_one_page, "page by page": page_by_page}


def address(number: int) -> str:
    return f"person{number}@example.org"


def doubled(app: Flask, space: UUID, way: str, pairs: int) -> Doubled:
    posts = WAYS[way](app, space, pairs)
    # In a thread of its own: a browser that the same worker drove leaves its event loop in this one.
    with restarting(app) as server, ThreadPoolExecutor(1) as apart:
        told = apart.submit(asyncio.run, asyncio.wait_for(sent(server.port, posts), LONGEST)).result()
    with app.app_context(), tenancy.inside(space):
        mine = Response.consultation_id == find("reg14").id
        rows = db.session.scalar(sa.select(sa.func.count(Response.id)).where(mine)) or 0
        mails = db.session.scalar(sa.select(sa.func.count(Job.id)).where(Job.kind == "mail")) or 0
        db.session.remove()
    return Doubled(
        pairs,
        rows,
        mails,
        dict(Counter(status for both in told for status, _ in both)),
        sum(1 for one, other in told if one[1] != other[1] or "/receipts/" not in one[1]),
    )


async def sent(port: int, posts: list[tuple[str, str]]) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Opens all connections first; then everything is sent in one go."""
    ready = asyncio.Event()
    waiting = [asyncio.create_task(one(port, path, body, ready)) for path, body in posts for _ in range(2)]
    await asyncio.sleep(0.5)
    ready.set()
    answers = await asyncio.gather(*waiting)
    return list(zip(answers[::2], answers[1::2], strict=True))


async def one(port: int, path: str, body: str, ready: asyncio.Event) -> tuple[str, str]:
    """Its status and where it leads."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await ready.wait()
    writer.write(
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    head = (await reader.read()).partition(b"\r\n\r\n")[0].decode()
    writer.close()
    found = re.search(r"^Location: ([^?\r]*)", head, re.M | re.I)
    return head.split(" ")[1], found.group(1) if found else ""
