"""The restore drill, which CI runs on both databases: the demo is backed up while somebody writes, restored on a new
machine, and compared table by table with what the backup says it holds."""

import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from consult import audit, tenancy
from consult.database import db, unit_of_work
from consult.demo import story
from consult.operating import rows
from consult.spaces.models import Space
from tests.conftest import app_on
from tests.databases import GIVEN, PostgresqlDatabases
from tests.operating.conftest import empty

CHANGED = {
    "operator_deed",
    "sign_in",
    "api_token",
}  # a restore is on record, and nobody is signed in any more


@pytest.fixture
def told(databases: Any, tmp_path: Path) -> Iterator[Flask]:
    with empty(databases, tmp_path) as url:
        app = app_on(url, tmp_path)
        with app.app_context():
            upgrade()
            assert story.tell(lambda line: None)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def test_the_demo_is_backed_up_while_somebody_writes_and_comes_back_whole(told, elsewhere, run, tmp_path):
    file = tmp_path / "drill.zip"
    with Writer(told) as writer:
        result = run(told, "backup", file)
    assert result.exit_code == 0, result.output
    assert writer.number > 0
    result = run(elsewhere, "restore", file)
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(file) as archive:
        parts = json.loads(archive.read("manifest.json"))["parts"]
    written = {Path(n).stem: p["sha256"] for n, p in parts.items() if n.startswith("tables/")}
    with elsewhere.app_context(), db.engine.connect() as connection:
        restored = rows.digests(connection)
    assert {n: d for n, d in restored.items() if n not in CHANGED} == {
        n: d for n, d in written.items() if n not in CHANGED
    }
    assert run(elsewhere, "audit", "verify").exit_code == 0
    assert run(elsewhere, "register", "audit").exit_code == 0


class Writer:
    """Writes into a space, as fast as it can, until it is left."""

    def __init__(self, app: Flask) -> None:
        self.app, self.number, self.left = app, 0, threading.Event()
        self.thread = threading.Thread(target=self.write)

    def write(self) -> None:
        while not self.left.is_set():
            with self.app.app_context(), unit_of_work():
                space_id = db.session.scalar(sa.select(Space.id).order_by(Space.slug).limit(1))
                with tenancy.inside(space_id):
                    audit.record("drill.wrote", f"number {self.number}")
                    audit.seal()
                    db.session.flush()
            self.number += 1

    def __enter__(self) -> "Writer":
        self.thread.start()
        return self

    def __exit__(self, *why: Any) -> None:
        self.left.set()
        self.thread.join()


@pytest.mark.skipif(not GIVEN, reason="moves between SQLite and PostgreSQL: set TEST_DATABASE_URL")
def test_a_service_moves_from_one_database_to_the_other_and_back(
    planted, app, databases, elsewhere, run, tmp_path
):
    assert isinstance(databases, PostgresqlDatabases)
    folder = tmp_path / "sqlite"
    folder.mkdir()
    small = app_on(f"sqlite:///{folder / 'consult.db'}", folder)
    said = []
    for from_, to in ((app, small), (small, elsewhere)):
        file = tmp_path / f"{len(said)}.zip"
        assert run(from_, "backup", file).exit_code == 0
        assert run(to, "restore", file).exit_code in (0, 1)  # what is planted is in no chain
        with to.app_context(), db.engine.connect() as connection:
            said.append(rows.digests(connection))
    with app.app_context(), db.engine.connect() as connection:
        first = rows.digests(connection)
    for digests in said:
        assert {n: d for n, d in digests.items() if n not in CHANGED} == {
            n: d for n, d in first.items() if n not in CHANGED
        }
    with small.app_context():
        db.session.remove()
        db.engine.dispose()
