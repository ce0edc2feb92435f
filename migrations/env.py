"""Brings a database up to date: the numbered versions, then everything that a rebuilt table would lose."""

from contextlib import contextmanager

from alembic import context
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType

from consult import catalogue
from consult.database import Base, db, unit_of_work

SHADOWS = ("register_index", "response_search")  # and the tables SQLite keeps behind them


class Box(UserDefinedType):
    """PostgreSQL's own, of the register's index. Alembic reads the columns of every table once there are more than a
    hundred, ours or not, and SQLAlchemy has no name for it."""

    def get_col_spec(self):
        return "box"


ischema_names["box"] = Box


def ours(name, type_, parents) -> bool:
    return not (type_ == "table" and name.startswith(SHADOWS))


@contextmanager
def tables_may_be_rebuilt(connection):
    """SQLite changes a table by making it anew and dropping the old one, which would take with it, or be refused for,
    the rows that point there. It can only be told so between transactions; each version is checked before it ends."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    driver.execute("PRAGMA legacy_alter_table=ON")  # a trigger may name the table that is being made anew
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA legacy_alter_table=OFF")
        driver.execute("PRAGMA foreign_keys=ON")


def every_link_holds(ctx, step, heads, run_args, **rest) -> None:
    if ctx.dialect.name == "sqlite":
        broken = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            tables = ", ".join(sorted({f"{table} to {parent}" for table, _, parent, _ in broken}))
            raise RuntimeError(f"{step.up_revision_id} would leave links that lead nowhere: {tables}.")


def run() -> None:
    with unit_of_work(), db.engine.connect() as connection, tables_may_be_rebuilt(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_name=ours,
            render_as_batch=True,
            transaction_per_migration=True,
            on_version_apply=every_link_holds,
        )
        with context.begin_transaction():
            context.run_migrations()
        migrated = context.get_context().get_current_revision()
        if migrated and migrated == context.get_head_revision():
            catalogue.apply(connection)
        connection.commit()


run()
