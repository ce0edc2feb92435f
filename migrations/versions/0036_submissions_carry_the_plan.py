"""a submission carries the sections and the sites of its plan through the wall"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

WHOSE = ("space_id", "authority_id")


def upgrade() -> None:
    handed(
        "submitted_section",
        "key",
        *texts("key", "title", "text"),
        sa.Column("level", sa.Integer(), nullable=False),
    )
    handed(
        "submitted_site",
        "reference",
        *texts("reference", "name", "kind", "notes"),
        sa.Column("outline", sa.LargeBinary(), nullable=False),
        sa.Column("hectares", sa.Double(), nullable=False),
    )
    with op.batch_alter_table("submitted_policy") as batch_op:
        batch_op.add_column(sa.Column("section", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("sites", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("submitted_policy") as batch_op:
        batch_op.alter_column("section", existing_type=sa.Text(), server_default=None)
        batch_op.alter_column("sites", existing_type=sa.JSON(), server_default=None)


def texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def handed(table: str, unique: str, *columns: Any) -> None:
    """A part of a submission, handed over with it."""
    op.create_table(
        table,
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.ForeignKeyConstraint([column], ["space.id"], name=f"fk_{table}_{column}") for column in WHOSE),
        sa.ForeignKeyConstraint(
            ["space_id", "submission_id"],
            ["submission.space_id", "submission.id"],
            name=f"fk_{table}_space_id_submission_id",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=f"pk_{table}"),
        sa.UniqueConstraint(
            "space_id", "submission_id", unique, name=f"uq_{table}_space_id_submission_id_{unique}"
        ),
    )
    with op.batch_alter_table(table) as batch_op:
        for column in ("authority_id", "submission_id"):
            batch_op.create_index(f"ix_{table}_{column}", [column])


def downgrade() -> None:
    with op.batch_alter_table("submitted_policy") as batch_op:
        batch_op.drop_column("sites")
        batch_op.drop_column("section")
    op.drop_table("submitted_site")
    op.drop_table("submitted_section")
