"""responses a day as handed to the authority; the officers' weekly letter; what they say of an application"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLES = ("announcement_day", "digest_subscription", "digest", "application_reply")


def moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, consult.database.Moment(timezone=True), nullable=nullable)


def made(table: str, *rest: sa.Column | sa.Constraint, within: dict[str, str], also: dict[str, str]) -> None:
    """A walled table: links within its space, references to spaces and people, an index on each that is looked up."""
    columns = [sa.Column(name, sa.Uuid(), nullable=False) for name in ("space_id", "id", *also, *within)]
    op.create_table(
        table,
        *columns,
        *rest,
        *(
            sa.ForeignKeyConstraint(
                ["space_id", name], [f"{to}.space_id", f"{to}.id"], name=op.f(f"fk_{table}_space_id_{name}")
            )
            for name, to in within.items()
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))
            for name, to in {"space_id": "space", **also}.items()
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table) as batch_op:
        for name in (*also, *within):
            batch_op.create_index(batch_op.f(f"ix_{table}_{name}"), [name])


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("space_id", *names, name=op.f("_".join(["uq", table, "space_id", *names])))


def upgrade() -> None:
    made(
        "announcement_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        unique("announcement_day", "announcement_id", "day"),
        within={"announcement_id": "announcement"},
        also={"authority_id": "space"},
    )
    made(
        "digest_subscription",
        sa.Column("quiet_too", sa.Boolean(), nullable=False),
        moment("at"),
        moment("ended", nullable=True),
        within={},
        also={"person_id": "person"},
    )
    made(
        "digest",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        moment("at"),
        unique("digest", "subscription_id", "week"),
        within={"subscription_id": "digest_subscription"},
        also={},
    )
    replies()


def replies() -> None:
    of = {"application_id": "application", "forum_application_id": "forum_application"}
    op.create_table(
        "application_reply",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("space_id", "id", "authority_id")),
        *(sa.Column(name, sa.Uuid(), nullable=True) for name in (*of, "by_id")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("outcome", "words", "by")),
        moment("at"),
        *(
            sa.ForeignKeyConstraint(
                ["space_id", name],
                [f"{to}.space_id", f"{to}.id"],
                name=op.f(f"fk_application_reply_space_id_{name}"),
            )
            for name, to in of.items()
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_application_reply_{name}"))
            for name, to in {"space_id": "space", "authority_id": "space", "by_id": "person"}.items()
        ),
        sa.CheckConstraint(
            "(application_id IS NULL) <> (forum_application_id IS NULL)",
            name=op.f("ck_application_reply_of_one_thing"),
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_application_reply")),
    )
    with op.batch_alter_table("application_reply") as batch_op:
        for name in ("authority_id", *of):
            batch_op.create_index(batch_op.f(f"ix_application_reply_{name}"), [name])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
