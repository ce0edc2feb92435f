"""Accepting a response: SQL statements at 0 and 100,000 stored; throughput beside a bare Flask insert of two rows.

`python -m tests.bench.responses`. Both are served by gunicorn (2 workers of 4 threads) on this machine, in this run.
"""

import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from consult import tenancy
from consult.app import create_app
from consult.database import db, unit_of_work
from consult.settings import Settings
from tests import world as worlds
from tests.responses import asking
from tests.responses.asking import FULL, URL

ROOT = Path(__file__).resolve().parents[2]
STORED = 100_000
SECONDS = 10
CLIENTS = 16
MOST_STATEMENTS = 20
LEAST_RATIO = 0.25
LUA = """
local body = %s
local names = {}
for i = 1, 12 do names[i] = string.char(96 + i) end
math.randomseed(os.time())
request = function()
  local key = string.format("%%08x%%08x%%08x", math.random(0, 2^31), math.random(0, 2^31), os.clock() * 1e9 %% 2^31)
  local from = "10." .. math.random(0, 255) .. "." .. math.random(0, 255) .. "." .. math.random(1, 254)
  local headers = {["Content-Type"] = "application/x-www-form-urlencoded", ["X-Forwarded-For"] = from,
    ["Sec-Fetch-Site"] = "same-origin"}
  return wrk.format("POST", nil, headers, body .. "&idempotency_key=" .. key)
end
done = function(summary, latency)
  local bad = summary.errors.status + summary.errors.timeout
  io.write(string.format('{"n": %%d, "us": %%d, "bad": %%d, "p50": %%d, "p99": %%d}',
    summary.requests, summary.duration, bad, latency:percentile(50), latency:percentile(99)))
end
"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        app, consultation = prepared(place)
        empty = statements(app)
        fill(place / "consult.db", consultation)
        full = statements(app)
        with app.app_context():
            db.engine.dispose()
        body = urlencode(FULL | {"email": ""}, doseq=True)
        theirs = measured("tests.bench._bare:app", "/", body, place)
        ours = measured("wsgi:app", URL, body, place)
    ratio = ours["per_second"] / theirs["per_second"]
    print(f"statements to accept one: {empty} at 0 stored, {full} at {STORED:,} (at most {MOST_STATEMENTS})")
    for name, got in (("bare Flask insert of two rows", theirs), (f"a response, {STORED:,} stored", ours)):
        took = f"median {got['p50']:.0f} ms, p99 {got['p99']:.0f} ms"
        print(f"{name}: {got['per_second']:.0f}/s, {took}, {got['bad']} failed")
    print(f"ratio {ratio:.2f} (at least {LEAST_RATIO})")
    good = ratio >= LEAST_RATIO and empty == full <= MOST_STATEMENTS and not ours["bad"]
    print("within its limits" if good else "NOT within its limits")
    return 0 if good else 1


def environment(place: Path) -> dict[str, str]:
    return {
        "CONSULT_DEMO": "1",
        "DATA_DIR": str(place),
        "TRUSTED_PROXIES": "1",
        "BARE_DATABASE": str(place / "bare.db"),
    }


def prepared(place: Path) -> tuple[Flask, tuple[UUID, UUID, UUID]]:
    app = create_app(Settings.read(environment(place)), RATELIMIT_ENABLED=False, WTF_CSRF_ENABLED=False)
    with app.app_context():
        upgrade()
        space = worlds.build().space["ash"]
        with unit_of_work(), tenancy.inside(space):
            made = asking.consultation()
            asking.postcodes()
            text = next(question.id for question in made.questions if question.kind == "text")
            ids = (space, made.id, text)
            db.session.flush()
    return app, ids


def fill(path: Path, ids: tuple[UUID, UUID, UUID]) -> None:
    """A hundred thousand responses, each with an answer, past the application."""
    space, consultation, question = (each.hex for each in ids)
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    made = [(uuid4().hex, number) for number in range(STORED)]
    with sqlite3.connect(path) as connection:
        insert(
            connection,
            "response",
            [
                {
                    "space_id": space,
                    "id": id_,
                    "consultation_id": consultation,
                    "reference": f"S-{number}",
                    "key": f"stored {number}",
                    "received": now,
                    "channel": "web",
                    "kind": "individual",
                    "name": "",
                    "organisation": "",
                    "email": "",
                    "postcode": "",
                    "connection": "[]",
                    "people": 1,
                    "home": "unknown",
                    "home_by": "",
                    "late": 0,
                    "notice": "",
                }
                for id_, number in made
            ],
        )
        insert(
            connection,
            "answer",
            [
                {
                    "space_id": space,
                    "id": uuid4().hex,
                    "response_id": id_,
                    "question_id": question,
                    "position": 0,
                    "text": f"Answer {number}",
                    "suggested_change": "",
                }
                for id_, number in made
            ],
        )


def insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    names = list(rows[0])
    marks = ", ".join(f":{name}" for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    connection.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)


def statements(app: Flask) -> int:
    """What one response asks of the database, BEGIN, PRAGMA and settings apart."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, sql: str, *rest: Any) -> None:
        if not re.match(r"\s*(BEGIN|COMMIT|PRAGMA|SET |SELECT set_config)", sql):
            seen.append(sql)

    with app.app_context():
        engine = db.engine
    client = app.test_client()
    client.post(URL, data=FULL | {"idempotency_key": str(uuid4())})  # the first one compiles
    sa.event.listen(engine, "before_cursor_execute", note)
    answer = client.post(URL, data=FULL | {"idempotency_key": str(uuid4())})
    sa.event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 303, answer.text
    return len(seen)


@contextmanager
def served(what: str, place: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-k",
        "gthread",
        "-w",
        "2",
        "--threads",
        "4",
        "-b",
        f"127.0.0.1:{port}",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command, what], cwd=ROOT, env=os.environ | environment(place), **quiet)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(port: int) -> None:
    """Until both workers answer: the socket listens long before they have started."""
    deadline, answered = time.monotonic() + 120, 0
    while answered < 20:
        if time.monotonic() > deadline:
            raise TimeoutError("the server did not start")
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            answered += 1
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()


def measured(what: str, path: str, body: str, place: Path) -> dict[str, float]:
    """Posts for a while, and says how it went; a short run first wakes every worker."""
    post = by_wrk if shutil.which("wrk") else by_threads
    with served(what, place) as port:
        post(port, path, body, place, 2)
        return post(port, path, body, place, SECONDS)


def by_wrk(port: int, path: str, body: str, place: Path, seconds: int) -> dict[str, float]:
    script = place / "post.lua"
    script.write_text(LUA % json.dumps(body))
    command = [
        "wrk",
        "-t2",
        f"-c{CLIENTS}",
        f"-d{seconds}s",
        "--latency",
        "-s",
        str(script),
        f"http://127.0.0.1:{port}{path}",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    got = json.loads(said[said.rindex("{") :])
    return {
        "per_second": got["n"] / (got["us"] / 1e6),
        "bad": got["bad"],
        "p50": got["p50"] / 1e3,
        "p99": got["p99"] / 1e3,
    }


def by_threads(port: int, path: str, body: str, place: Path, seconds: int) -> dict[str, float]:
    took: list[float] = []
    bad: list[int] = []
    ends = time.monotonic() + seconds

    def post(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < ends:
            began = time.monotonic()
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Sec-Fetch-Site": "same-origin",
                "X-Forwarded-For": f"10.1.{number}.{len(took) % 250}",
            }
            connection.request("POST", path, f"{body}&idempotency_key={uuid4()}", headers)
            answer = connection.getresponse()
            answer.read()
            took.append(time.monotonic() - began)
            if answer.status != 303:
                bad.append(answer.status)

    threads = [threading.Thread(target=post, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    ms = [took[int(len(took) * share)] * 1e3 for share in (0.5, 0.99)]
    return {"per_second": len(took) / seconds, "bad": len(bad), "p50": ms[0], "p99": ms[1]}


if __name__ == "__main__":
    sys.exit(main())
