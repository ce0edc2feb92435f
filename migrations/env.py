"""Brings a database up to date: the numbered versions, then everything that a rebuilt table would lose."""

from alembic import context

from consult import catalogue
from consult.database import Base, db, unit_of_work

SHADOWS = ("register_index", "response_search")  # and the tables SQLite keeps behind them


def ours(thing, name, type_, reflected, compare_to) -> bool:
    return not (type_ == "table" and name.startswith(SHADOWS))


def run() -> None:
    with unit_of_work(), db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=ours,
            render_as_batch=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        migrated = context.get_context().get_current_revision()
        if migrated and migrated == context.get_head_revision():
            catalogue.apply(connection)
        connection.commit()


run()
