"""consultations in other languages, the language of a response, and answers translated"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("language", sa.Text(), nullable=False, server_default="en"))
    op.add_column("follower", sa.Column("language", sa.Text(), nullable=False, server_default="en"))
    op.create_table(
        "translation",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_translation_by_id"),
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name="fk_translation_space_id_consultation_id",
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_translation_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_translation"),
        sa.UniqueConstraint(
            "space_id", "consultation_id", "language", name="uq_translation_space_id_consultation_id_language"
        ),
    )
    with op.batch_alter_table("translation") as batch_op:
        batch_op.create_index("ix_translation_consultation_id", ["consultation_id"])
    op.create_table(
        "translation_addition",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("translation_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_translation_addition_by_id"),
        sa.ForeignKeyConstraint(
            ["space_id", "translation_id"],
            ["translation.space_id", "translation.id"],
            name="fk_translation_addition_space_id_translation_id",
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_translation_addition_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_translation_addition"),
    )
    with op.batch_alter_table("translation_addition") as batch_op:
        batch_op.create_index("ix_translation_addition_translation_id", ["translation_id"])
    answers()


def answers() -> None:
    op.create_table(
        "answer_translation",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_answer_translation_by_id"),
        sa.ForeignKeyConstraint(
            ["space_id", "answer_id"],
            ["answer.space_id", "answer.id"],
            name="fk_answer_translation_space_id_answer_id",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "place_id"],
            ["place.space_id", "place.id"],
            name="fk_answer_translation_space_id_place_id",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "response_id"],
            ["response.space_id", "response.id"],
            name="fk_answer_translation_space_id_response_id",
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_answer_translation_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_answer_translation"),
    )
    with op.batch_alter_table("answer_translation") as batch_op:
        for column in ("response_id", "answer_id", "place_id"):
            batch_op.create_index(f"ix_answer_translation_{column}", [column])


def downgrade() -> None:
    op.drop_table("answer_translation")
    op.drop_table("translation_addition")
    op.drop_table("translation")
    op.drop_column("follower", "language")
    op.drop_column("response", "language")
