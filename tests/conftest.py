import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache

from consult import tenancy
from consult.accounts.models import SignIn
from consult.accounts.sessions import hashed
from consult.app import create_app
from consult.database import db, unit_of_work
from consult.jobs import Job
from consult.settings import Settings
from consult.web.limits import limiter
from tests import world as worlds
from tests.databases import GIVEN, PostgresqlDatabases, SqliteDatabases
from tests.inspector import PageInspector
from tests.routing import remember_builders

settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
remember_builders()
settings.load_profile("calm")  # other work shares the machine: no example is timed
COMPILED = FileSystemBytecodeCache(
    tempfile.mkdtemp(prefix="consult-templates-")
)  # each test has an app of its own
SHARED = Path(__file__).resolve().parents[1] / "../shared/data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The walks take minutes: begun last, one would keep a single worker busy long after the others are done.
    items.sort(key=lambda item: "tenancy/test_walls" not in item.nodeid)
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(pytest.mark.skip(reason="the shared data is not beside the project"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data, for tests marked `shared`."""
    return SHARED.resolve()


def app_on(url: str, folder: Path, **overrides: Any) -> Flask:
    environment = {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "SECRET_KEY": "only for tests",
        "CONSULT_DEMO": "1",
    }
    quick: dict[str, Any] = {"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False, "FIRST_PAGES_KEPT": 0}
    app = create_app(Settings.read(environment), TESTING=True, **(quick | overrides))
    app.test_client_class = PageInspector
    app.jinja_env.bytecode_cache = COMPILED
    return app


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("template")
    databases = PostgresqlDatabases(GIVEN) if GIVEN else SqliteDatabases(folder)
    app = app_on(databases.template_url(), folder)
    with app.app_context():
        upgrade()
        databases.world = worlds.build()  # type: ignore[union-attr]
        db.session.remove()
        db.engine.dispose()
    if isinstance(databases, SqliteDatabases):
        into_one_file(databases.template)
    yield databases
    if isinstance(databases, PostgresqlDatabases):
        databases.close()


def into_one_file(path: Path) -> None:
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture
def world(databases: Any) -> worlds.World:
    return databases.world  # type: ignore[no-any-return]


@pytest.fixture
def app(databases: Any, tmp_path: Path) -> Iterator[Flask]:
    """The whole service on a database of its own, with the world in it."""
    with databases.copy(tmp_path) as url:
        app = app_on(url, tmp_path)
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> PageInspector:
    """Somebody who is not signed in."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def sign_in(app: Flask, world: worlds.World) -> Callable[..., PageInspector]:
    """`sign_in("ash", "chair")` is a client signed in as that person."""

    def as_person(space: str, role: str = "chair") -> PageInspector:
        person_id = world.operator if space == "operator" else world.person[space, role]
        return signed_in_client(app, person_id)

    return as_person


def signed_in_client(app: Flask, person_id: UUID) -> PageInspector:
    token = f"token of {person_id}"
    with app.app_context(), unit_of_work():
        db.session.merge(SignIn(id=person_id, person_id=person_id, token_hash=hashed(token)))
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return client  # type: ignore[return-value]


@pytest.fixture
def working(app: Flask, world: worlds.World) -> Callable[[str], Any]:
    """`with working("ash"):` is a unit of work inside that space, as a command or a job would be."""

    @contextmanager
    def inside(slug: str) -> Iterator[None]:
        with app.app_context(), unit_of_work(), tenancy.inside(world.space[slug]):
            yield
            db.session.flush()

    return inside


@pytest.fixture
def mailed(app) -> Callable[[], list[dict[str, Any]]]:
    """What waits in the outbox to be mailed, oldest first."""

    def waiting() -> list[dict[str, Any]]:
        with app.app_context():
            return [
                job.payload
                for job in db.session.scalars(sa.select(Job).where(Job.kind == "mail").order_by(Job.posted))
            ]

    return waiting


@pytest.fixture
def counting(app: Flask) -> Iterator[Any]:
    """The store of the limits, which are otherwise off in tests."""
    app.config["RATELIMIT_ENABLED"] = limiter.enabled = True
    limiter.init_app(app)
    yield limiter._storage
    limiter.enabled = False
