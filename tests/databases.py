"""Real databases for tests: one is migrated and filled once, and every test gets a copy of it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from consult.settings import database_url

GIVEN = os.environ.get("TEST_DATABASE_URL", "")


class SqliteDatabases:
    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"

    def template_url(self) -> str:
        return f"sqlite:///{self.template}"

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        path = folder / "test.db"
        shutil.copyfile(self.template, path)
        yield f"sqlite:///{path}"


class PostgresqlDatabases:
    """PostgreSQL at TEST_DATABASE_URL, whose owner may create databases and roles."""

    def __init__(self, given: str) -> None:
        self.url = sa.make_url(database_url(given, Path()))
        self.admin = sa.create_engine(self.url, isolation_level="AUTOCOMMIT")
        self.template = f"consult_test_{uuid4().hex[:8]}"
        self.run(f"CREATE DATABASE {self.template}")

    def run(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.exec_driver_sql(statement)

    def named(self, name: str) -> str:
        return self.url.set(database=name).render_as_string(hide_password=False)

    def template_url(self) -> str:
        return self.named(self.template)

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        name = f"{self.template}_{uuid4().hex[:8]}"
        # A copy of files: written to the log page by page it takes three times as long.
        self.run(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY FILE_COPY")
        try:
            yield self.named(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self.run(f"DROP DATABASE IF EXISTS {self.template} WITH (FORCE)")
        self.admin.dispose()
