"""The migrations and the models say the same; changing a table loses neither rows nor links."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from flask_migrate import upgrade

from consult.database import db
from tests.databases import GIVEN

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ONLY_SQLITE = pytest.mark.skipif(bool(GIVEN), reason="only SQLite changes a table by making it anew")
VERSION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9999", "{head}"


def upgrade():
    {what}
"""


def test_the_migrations_make_what_the_models_say(app):
    with app.app_context():
        config = app.extensions["migrate"].migrate.get_config()
        command.check(config)


@pytest.fixture
def one_more(app, tmp_path):
    """Brings the database to a version that does `what`, after all of ours."""

    def one_more(what):
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
        (folder / "versions" / "9999_one_more.py").write_text(VERSION.format(head=head, what=what))
        upgrade(directory=str(folder))

    return one_more


def rows(table):
    with db.engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()


REBUILT = """
    with op.batch_alter_table("person", recreate="always") as table:
        table.add_column(sa.Column("shoe_size", sa.Text()))
"""


@ONLY_SQLITE
def test_a_table_that_others_point_to_can_be_made_anew(app, one_more):
    with app.app_context():
        people, members = rows("person"), rows("membership")
        assert people
        assert members
        one_more(REBUILT.strip())
        assert (rows("person"), rows("membership")) == (people, members)
        assert "shoe_size" in {column["name"] for column in sa.inspect(db.engine).get_columns("person")}
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


@ONLY_SQLITE
def test_a_version_that_leaves_links_to_nowhere_is_refused_whole(app, one_more, caplog):
    with app.app_context():
        people = rows("person")
        with pytest.raises(SystemExit):
            one_more('op.execute("DELETE FROM person")')
        assert "9999 would leave links that lead nowhere: " in caplog.text
        assert "membership to person" in caplog.text
        assert rows("person") == people
        with db.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() != "9999"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
