"""Two hundred requests a second at one forum's form, and what another forum's page takes meanwhile.

`python -m tests.bench.flood`. Served by gunicorn (2 workers of 4 threads) on this machine, in this run. The flood comes
from one network, as a robot's does: half of it asks for the form, half sends one.
"""

import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from consult import tenancy
from consult.database import db, unit_of_work
from consult.spaces.models import Space
from tests.bench.responses import prepared, served
from tests.responses import asking
from tests.responses.asking import URL

RATE = 200  # requests a second
SECONDS = 15
SENDERS = 20
ELSEWHERE = URL.replace("/f/ash/", "/f/beck/")
LONGEST_MS = 1000  # the goal for another forum's page, at the 95th of a hundred


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        app, _ids = prepared(place)
        with app.app_context(), unit_of_work():
            beck = db.session.query(Space.id).filter_by(slug="beck").scalar()
            with tenancy.inside(beck):
                asking.consultation()
                db.session.flush()
        with served("wsgi:app", place) as port:
            quiet = looked_at(port)
            stop, answers = threading.Event(), Counter[str]()
            senders = [threading.Thread(target=flood, args=(port, stop, answers, n)) for n in range(SENDERS)]
            for sender in senders:
                sender.start()
            flooded = looked_at(port)
            stop.set()
            for sender in senders:
                sender.join()
    sent = sum(answers.values()) / SECONDS
    print(f"flood: {sent:.0f} requests a second were sent of {RATE}; answered: {dict(answers)}")
    print(
        f"another forum's form: p95 {quiet:.0f} ms quiet, {flooded:.0f} ms under the flood, ratio {flooded / quiet:.1f}"
    )
    return 0 if flooded <= LONGEST_MS else 1


def looked_at(port: int) -> float:
    """The 95th of a hundred of the times that one visitor at a time waits for the other forum's page, in ms."""
    times, until = [], time.monotonic() + SECONDS
    while time.monotonic() < until:
        began = time.monotonic()
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", ELSEWHERE)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        connection.close()
        times.append((time.monotonic() - began) * 1000)
        time.sleep(0.05)
    return statistics.quantiles(times, n=20)[-1]


def flood(port: int, stop: threading.Event, answers: "Counter[str]", number: int) -> None:
    """One of the robot's senders: its share of the rate, however long an answer takes."""
    pause, turn = SENDERS / RATE, number
    due = time.monotonic()
    while not stop.is_set():
        due += pause
        turn += 1
        answers[one(port, sends=turn % 2 == 0)] += 1
        time.sleep(max(0.0, due - time.monotonic()))


def one(port: int, sends: bool) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        if sends:
            body = urlencode({"q4": "Buy now", "idempotency_key": str(uuid4())})
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
            connection.request("POST", URL, body, headers)
        else:
            connection.request("GET", URL)
        answer = connection.getresponse()
        answer.read()
        return f"{'POST' if sends else 'GET'} {answer.status}"
    except (OSError, HTTPException) as problem:
        return type(problem).__name__
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
