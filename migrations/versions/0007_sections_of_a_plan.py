"""sections of a plan, policies that last and lie on sites, Word files that wait"""

import re
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PLAN = sa.table("plan", *(sa.column(n, sa.Uuid()) for n in ("space_id", "id")), sa.column("title", sa.Text()))
VERSION = sa.table(
    "plan_version",
    *(sa.column(n, sa.Uuid()) for n in ("space_id", "id", "plan_id")),
    sa.column("number", sa.Integer()),
    sa.column("frozen", consult.database.Moment(timezone=True)),
    sa.column("frozen_title", sa.Text()),
)
POLICY = sa.table(
    "policy",
    *(sa.column(n, sa.Uuid()) for n in ("space_id", "id", "version_id")),
    *(sa.column(n, sa.Text()) for n in ("reference", "key")),
)
LOCKED = ("plan_version", "document", "policy", "policy_site", "section", "site")


def upgrade() -> None:
    section()
    with op.batch_alter_table("plan_version") as batch_op:
        batch_op.add_column(sa.Column("frozen_title", sa.Text(), nullable=True))
    with op.batch_alter_table("policy") as batch_op:
        batch_op.add_column(sa.Column("section_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("key", sa.Text(), nullable=True))
    frozen_titles()
    keys()
    with op.batch_alter_table("policy") as batch_op:
        batch_op.alter_column("key", existing_type=sa.Text(), nullable=False)
        batch_op.create_foreign_key(
            "fk_policy_space_id_section_id", "section", ["space_id", "section_id"], ["space_id", "id"]
        )
        batch_op.create_unique_constraint(
            "uq_policy_space_id_version_id_key", ["space_id", "version_id", "key"]
        )
        batch_op.create_index("ix_policy_section_id", ["section_id"])
    policy_site()
    word_upload()


def section() -> None:
    op.create_table(
        "section",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        within("section", "version_id", "plan_version"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_section_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_section"),
        sa.UniqueConstraint("space_id", "version_id", "key", name="uq_section_space_id_version_id_key"),
    )
    op.create_index("ix_section_version_id", "section", ["version_id"])


def policy_site() -> None:
    op.create_table(
        "policy_site",
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("space_id", "id", "version_id", "policy_id", "site_id")
        ),
        within("policy_site", "version_id", "plan_version"),
        within("policy_site", "policy_id", "policy"),
        within("policy_site", "site_id", "site"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_policy_site_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_policy_site"),
        sa.UniqueConstraint(
            "space_id", "policy_id", "site_id", name="uq_policy_site_space_id_policy_id_site_id"
        ),
    )
    for name in ("version_id", "policy_id", "site_id"):
        op.create_index(f"ix_policy_site_{name}", "policy_site", [name])


def word_upload() -> None:
    op.create_table(
        "word_upload",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_word_upload_by_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_word_upload_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_word_upload"),
    )


def within(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", column], [f"{other}.space_id", f"{other}.id"], name=f"fk_{table}_space_id_{column}"
    )


def frozen_titles() -> None:
    connection = op.get_bind()
    for plan in connection.execute(sa.select(PLAN)).mappings().all():
        mine = (VERSION.c.space_id == plan["space_id"]) & (VERSION.c.plan_id == plan["id"])
        frozen = mine & VERSION.c.frozen.is_not(None)
        connection.execute(sa.update(VERSION).where(frozen).values(frozen_title=plan["title"]))


def keys() -> None:
    """A policy that has kept its reference is the same policy; two that would be called alike are told apart."""
    connection = op.get_bind()
    known: dict[object, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(sa.select(POLICY)).mappings().all():
        mine, reference = known[row["space_id"]], row["reference"].casefold()
        if reference not in mine:
            wanted = "policy-" + re.sub(r"[^a-z0-9]+", "-", reference).strip("-")
            number, key = 1, wanted
            while key in mine.values():
                number += 1
                key = f"{wanted}-{number}"
            mine[reference] = key
        here = (POLICY.c.space_id == row["space_id"]) & (POLICY.c.id == row["id"])
        connection.execute(sa.update(POLICY).where(here).values(key=mine[reference]))


def downgrade() -> None:
    unlock()
    op.drop_table("word_upload")
    op.drop_table("policy_site")
    with op.batch_alter_table("policy") as batch_op:
        batch_op.drop_index("ix_policy_section_id")
        batch_op.drop_constraint("uq_policy_space_id_version_id_key", type_="unique")
        batch_op.drop_constraint("fk_policy_space_id_section_id", type_="foreignkey")
        batch_op.drop_column("key")
        batch_op.drop_column("section_id")
    with op.batch_alter_table("plan_version") as batch_op:
        batch_op.drop_column("frozen_title")
    op.drop_table("section")


def unlock() -> None:
    """Earlier versions know nothing of what is frozen in the database."""
    if op.get_bind().dialect.name == "postgresql":
        for table in LOCKED:
            op.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}")
        return
    for table in LOCKED:
        for act in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_frozen_{act}")
