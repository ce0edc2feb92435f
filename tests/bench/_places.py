"""What every benchmark stands on: the service on fresh databases, and medians taken fairly."""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from consult.database import db
from tests import world as worlds
from tests.conftest import app_on
from tests.databases import GIVEN, PostgresqlDatabases, SqliteDatabases

ROUNDS = 31


@contextmanager
def fresh(kind: str) -> Iterator[tuple[Flask, worlds.World]]:
    """The service on a new database with the tests' world in it, in a unit of application context."""
    with tempfile.TemporaryDirectory() as folder:
        databases = PostgresqlDatabases(GIVEN) if kind == "PostgreSQL" else SqliteDatabases(Path(folder))
        app = app_on(databases.template_url(), Path(folder))
        with app.app_context():
            upgrade()
            world = worlds.build()
            db.session.remove()
        try:
            yield app, world
        finally:
            with app.app_context():
                db.engine.dispose()
            if isinstance(databases, PostgresqlDatabases):
                databases.close()


def kinds() -> list[str]:
    return ["SQLite", "PostgreSQL"] if GIVEN else ["SQLite"]


def medians(methods: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Milliseconds of each method in each round, the methods shuffled within every round."""
    taken: dict[str, list[float]] = {name: [] for name in methods}
    shuffled = random.Random(7)
    for _ in range(rounds):
        for name in shuffled.sample(sorted(methods), len(methods)):
            began = time.perf_counter()
            methods[name]()
            taken[name].append((time.perf_counter() - began) * 1000)
    return taken


def median(values: list[float]) -> float:
    return statistics.median(values)
