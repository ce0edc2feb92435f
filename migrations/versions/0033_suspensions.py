"""a space can be suspended"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, consult.database.Moment(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.add_column("space", moment("suspended"))
    op.create_table(
        "suspension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        moment("at", nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        moment("ended"),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_suspension_by_id"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name="fk_suspension_ended_by_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_suspension_space_id"),
        sa.PrimaryKeyConstraint("id", name="pk_suspension"),
    )
    op.create_index("ix_suspension_space_id", "suspension", ["space_id"])


def downgrade() -> None:
    op.drop_table("suspension")
    op.drop_column("space", "suspended")
