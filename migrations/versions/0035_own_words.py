"""the body's own words in its consultation statement"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_words",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_own_words_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name=op.f("fk_own_words_space_id_consultation_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_own_words_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_own_words")),
        sa.UniqueConstraint(
            "space_id", "consultation_id", "part", name=op.f("uq_own_words_space_id_consultation_id_part")
        ),
    )
    with op.batch_alter_table("own_words") as batch_op:
        batch_op.create_index(batch_op.f("ix_own_words_consultation_id"), ["consultation_id"])


def downgrade() -> None:
    op.drop_table("own_words")
