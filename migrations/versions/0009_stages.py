"""who answers for the data; kinds of a stage; what an authority publicises; sites that people proposed"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CONSULTATION = (
    "controller",
    "lawful_basis",
    "kept_until",
    "data_contact",
    "variant",
    "changes_nature",
    "changes_reasons",
    "statement",
)
COPIED = ("consultee", "unaffected")


def words(name: str, proposed: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=proposed)


def upgrade() -> None:
    with op.batch_alter_table("consultation") as batch_op:
        for name in CONSULTATION:
            batch_op.add_column(words(name))
        batch_op.add_column(words("publication", "redacted"))
        batch_op.add_column(sa.Column("notice_day", sa.Date(), nullable=True))
    with op.batch_alter_table("consultation") as batch_op:
        for name in (*CONSULTATION, "publication"):
            batch_op.alter_column(name, existing_type=sa.Text(), server_default=None)
    for table in COPIED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(words("copied_from"))
            batch_op.add_column(sa.Column("confirmed", consult.database.Moment(timezone=True), nullable=True))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("copied_from", existing_type=sa.Text(), server_default=None)
    proposals()
    site_decisions()


def proposals() -> None:
    op.create_table(
        "proposal",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("received", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["space.id"], name=op.f("fk_proposal_body_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name=op.f("fk_proposal_space_id_consultation_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_proposal_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("space_id", "consultation_id", name=op.f("uq_proposal_space_id_consultation_id")),
    )
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_consultation_id"), ["consultation_id"])


def site_decisions() -> None:
    linked = {"response_id": "response", "place_id": "place", "site_id": "site"}
    op.create_table(
        "site_decision",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("site_title", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_site_decision_by_id")),
        *(
            sa.ForeignKeyConstraint(
                ["space_id", column],
                [f"{table}.space_id", f"{table}.id"],
                name=op.f(f"fk_site_decision_space_id_{column}"),
            )
            for column, table in linked.items()
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_site_decision_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_site_decision")),
        sa.UniqueConstraint("space_id", "place_id", name=op.f("uq_site_decision_space_id_place_id")),
    )
    with op.batch_alter_table("site_decision") as batch_op:
        for column in linked:
            batch_op.create_index(batch_op.f(f"ix_site_decision_{column}"), [column])


def downgrade() -> None:
    op.drop_table("site_decision")
    op.drop_table("proposal")
    for table in COPIED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("confirmed")
            batch_op.drop_column("copied_from")
    with op.batch_alter_table("consultation") as batch_op:
        for name in (*CONSULTATION, "publication", "notice_day"):
            batch_op.drop_column(name)
