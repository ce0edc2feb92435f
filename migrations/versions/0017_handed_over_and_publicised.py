"""a submission carries its plan; what an authority publicises has documents, and says whose it is"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WHOSE = ("space_id", "authority_id")


def upgrade() -> None:
    op.add_column("submission", sa.Column("outline", sa.LargeBinary(), nullable=True))
    op.add_column("submission", sa.Column("hectares", sa.Double(), nullable=True))
    handed(
        "submitted_policy",
        *texts("key", "reference", "title", "summary", "text"),
        sa.UniqueConstraint(
            "space_id", "submission_id", "key", name="uq_submitted_policy_space_id_submission_id_key"
        ),
    )
    handed("submitted_consultee", *texts("body", "organisation", "name", "email", "address"))
    documents()
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.add_column(sa.Column("names_bodies", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.create_unique_constraint("uq_proposal_space_id_source_id", ["space_id", "source_id"])
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.alter_column("names_bodies", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.add_column(sa.Column("about_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key("fk_announcement_about_id", "space", ["about_id"], ["id"])
        batch_op.create_index("ix_announcement_about_id", ["about_id"])


def texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def handed(table: str, *columns: Any) -> None:
    """A part of a submission, handed over with it."""
    op.create_table(
        table,
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *columns,
        *(sa.ForeignKeyConstraint([column], ["space.id"], name=f"fk_{table}_{column}") for column in WHOSE),
        sa.ForeignKeyConstraint(
            ["space_id", "submission_id"],
            ["submission.space_id", "submission.id"],
            name=f"fk_{table}_space_id_submission_id",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=f"pk_{table}"),
    )
    with op.batch_alter_table(table) as batch_op:
        for column in ("authority_id", "submission_id"):
            batch_op.create_index(f"ix_{table}_{column}", [column])


def documents() -> None:
    op.create_table(
        "proposal_document",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        *texts("name", "title", "media_type", "sha256"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "proposal_id"],
            ["proposal.space_id", "proposal.id"],
            name="fk_proposal_document_space_id_proposal_id",
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_proposal_document_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_proposal_document"),
        sa.UniqueConstraint(
            "space_id", "proposal_id", "name", name="uq_proposal_document_space_id_proposal_id_name"
        ),
    )
    with op.batch_alter_table("proposal_document") as batch_op:
        batch_op.create_index("ix_proposal_document_proposal_id", ["proposal_id"])


def downgrade() -> None:
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.drop_index("ix_announcement_about_id")
        batch_op.drop_constraint("fk_announcement_about_id", type_="foreignkey")
        batch_op.drop_column("about_id")
    with op.batch_alter_table("proposal") as batch_op:
        batch_op.drop_constraint("uq_proposal_space_id_source_id", type_="unique")
        batch_op.drop_column("names_bodies")
    op.drop_table("proposal_document")
    op.drop_table("submitted_consultee")
    op.drop_table("submitted_policy")
    op.drop_column("submission", "hectares")
    op.drop_column("submission", "outline")
