"""the file that a site came from is kept"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0015"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site_file",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_site_file_by_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_site_file_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_site_file"),
    )
    op.create_table(
        "site_original",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("outline", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "file_id"],
            ["site_file.space_id", "site_file.id"],
            name="fk_site_original_space_id_file_id",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "site_id"], ["site.space_id", "site.id"], name="fk_site_original_space_id_site_id"
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_site_original_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_site_original"),
    )
    with op.batch_alter_table("site_original") as batch_op:
        batch_op.create_index("ix_site_original_site_id", ["site_id"])
        batch_op.create_index("ix_site_original_file_id", ["file_id"])


def downgrade() -> None:
    op.drop_table("site_original")
    op.drop_table("site_file")
