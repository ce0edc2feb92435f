from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from consult.accounts.models import Person
from consult.database import db
from tests.clearing.conftest import opened as opened
from tests.clearing.conftest import publication as publication
from tests.conftest import app_on
from tests.databases import PostgresqlDatabases
from tests.tenancy.everything import plant_everything


@pytest.fixture
def chair(world: Any) -> Callable[[], Person]:
    return lambda: db.session.get_one(Person, world.person["ash", "chair"])


@pytest.fixture
def planted(app: Flask, world: Any) -> None:
    """A row in every table."""
    spaces = world.space["ash"], world.space["northam"]
    with app.app_context():
        plant_everything(*spaces, world.person["ash", "chair"], own="kestrel", handed="osprey", opened=True)


@pytest.fixture
def elsewhere(databases: Any, tmp_path: Path) -> Iterator[Flask]:
    """A new machine: the service on a database with nothing in it, not even tables."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with empty(databases, folder) as url:
        app = app_on(url, folder)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def empty(databases: Any, folder: Path) -> Iterator[str]:
    if not isinstance(databases, PostgresqlDatabases):
        yield f"sqlite:///{folder / 'consult.db'}"
        return
    name = f"{databases.template}_{uuid4().hex[:8]}"
    databases.run(f"CREATE DATABASE {name}")
    try:
        yield databases.named(name)
    finally:
        databases.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def run() -> Callable[..., Any]:
    """`run(app, "backup", path)`: as the operator types it."""
    return lambda app, *words: app.test_cli_runner().invoke(args=[str(word) for word in words])
