"""Residents who send responses, on one page and a page at a time, to a server that is killed again and again; and what
must be there at the end: each response that was acknowledged, once, and its receipt in the outbox, once."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask

from consult import tenancy
from consult.consultations.models import find
from consult.database import db
from consult.jobs import Job
from consult.responses.models import Answer, Response
from consult.responses.receipts import token_of
from tests.responses.asking import URL
from tests.responses.restarting import restarting

SENDERS = 8
LONGEST = 30.0  # seconds for one answer
A_LIFE = (1, 40)  # responses that a server acknowledges before it is killed
LONGEST_LIFE = 20.0  # seconds


@dataclass
class Residents:
    """What they were told: the receipt's address by the email address that a response carries."""

    port: int
    acknowledged: dict[str, str] = field(default_factory=dict)
    retried: int = 0
    strange: Counter[str] = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)

    def write(self, number: int) -> None:
        while not self.stop.is_set():
            email = f"{uuid4().hex}@example.org"
            way = self.on_one_page if number % 2 else self.page_by_page
            self.acknowledged[email] = way(email)

    def wait_for(self, more: int) -> None:
        """Until so many more have been acknowledged, or, where that takes long, at least one."""
        fewest = len(self.acknowledged) + 1
        enough, until = fewest - 1 + more, time.monotonic() + LONGEST_LIFE
        while len(self.acknowledged) < (enough if time.monotonic() < until else fewest):
            if time.monotonic() > until + LONGEST:
                raise AssertionError(f"nothing is acknowledged any more: {dict(self.strange)}")
            time.sleep(0.002)

    def on_one_page(self, email: str) -> str:
        return self.posted(URL, q4=f"From {email}", email=email, idempotency_key=str(uuid4()))

    def page_by_page(self, email: str) -> str:
        draft = self.posted(URL, do="start").partition("?")[0]
        self.posted(draft, at="page-2", do="next", q4=f"From {email}")
        self.posted(draft, at="about", do="next", email=email)
        return self.posted(draft, at="check", do="send")

    def posted(self, path: str, **fields: str) -> str:
        """Where it leads. Sent again, as it is, until there is an answer: nobody types a response twice."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                status, location = post(self.port, path, fields)
            except (OSError, HTTPException):
                self.retried += 1
                time.sleep(0.05)
                continue
            if status == 303:
                return location
            self.strange[f"{status} {path.rpartition('/')[2][:8]}"] += 1
            if status < 500:
                break
        raise AssertionError(f"{path} was never received: {dict(self.strange)}")


def post(port: int, path: str, fields: dict[str, str]) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    try:
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


@dataclass(frozen=True)
class Found:
    """What is there after the last kill. All but `acknowledged`, `stored` and `retried` must be empty."""

    acknowledged: int
    stored: int
    retried: int
    lost: list[str]
    twice: list[str]
    without_one_receipt: list[str]
    of_another: list[str]  # acknowledged with the receipt of another response
    half: list[str]  # stored without its answer
    strange: dict[str, int]

    @property
    def right(self) -> bool:
        wrong = (self.lost, self.twice, self.without_one_receipt, self.of_another, self.half, self.strange)
        return self.acknowledged > 0 and not any(wrong)


def killed(app: Flask, space: UUID, times: int, told: Callable[[int], Any] = lambda number: None) -> Found:
    """Kills the server so often while residents send; `app` reads what is there then."""
    chance = random.Random(7)
    with restarting(app) as server:
        residents = Residents(server.port)
        senders = [threading.Thread(target=residents.write, args=(n,)) for n in range(SENDERS)]
        for sender in senders:
            sender.start()
        try:
            for number in range(1, times + 1):
                server.wait()
                residents.wait_for(chance.randint(*A_LIFE))
                server.kill()
                told(number)
        finally:
            residents.stop.set()
            for sender in senders:
                sender.join(150)
    assert not any(sender.is_alive() for sender in senders)
    return found(app, space, residents)


def found(app: Flask, space: UUID, residents: Residents) -> Found:
    with app.app_context(), app.test_request_context(), tenancy.inside(space):
        ours = sa.select(Response).where(Response.consultation_id == find("reg14").id)
        rows = {row.id: row for row in db.session.scalars(ours)}
        answered = set(db.session.scalars(sa.select(Answer.response_id)))
        stored = Counter(row.email for row in rows.values())
        mailed = Counter(
            job.payload["to"] for job in db.session.scalars(sa.select(Job).where(Job.kind == "mail"))
        )
        tokens = {row.email: token_of(row) for row in rows.values()}
        db.session.remove()
    told = residents.acknowledged
    return Found(
        acknowledged=len(told),
        stored=len(rows),
        retried=residents.retried,
        lost=[email for email in told if email not in stored],
        twice=[email for email, n in stored.items() if n > 1],
        without_one_receipt=[email for email in stored if mailed[email] != 1],
        of_another=[email for email in told if email in tokens and tokens[email] not in told[email]],
        half=[row.email for row in rows.values() if row.id not in answered],
        strange=dict(residents.strange),
    )
