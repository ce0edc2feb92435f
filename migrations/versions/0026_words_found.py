"""an index of what people wrote: the catalogue makes and fills it, since a rebuilt table would lose what keeps it"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ON_SQLITE = (
    *(f"{table}_words_{act}" for table in ("answer", "place") for act in ("insert", "update", "delete")),
    *(f"response_search_words_{act}" for act in ("insert", "delete")),
)


def upgrade() -> None:
    pass


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in ("answer", "place"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_words ON {table}")
        op.execute("DROP FUNCTION IF EXISTS consult_keep_words()")
        op.execute("DROP TABLE IF EXISTS response_search")
        return
    for name in ON_SQLITE:
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
    for table in ("response_search_stem", "response_search_part", "response_search"):
        op.execute(f"DROP TABLE IF EXISTS {table}")
