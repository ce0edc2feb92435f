"""downloads of a selection, and their bytes"""

import sqlalchemy as sa
from alembic import op

from consult.database import Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLES = ("download_part", "download_file", "download_source", "download")


def upgrade() -> None:
    op.create_table(
        "download",
        *keys(),
        sa.Column("selection", sa.JSON(), nullable=False),
        sa.Column("in_words", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_download_job_id"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_download_by_id"),
        *constraints("download"),
    )
    op.create_table(
        "download_source",
        *keys(),
        sa.Column("download_id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *constraints("download_source", "download", "consultation", "snapshot"),
    )
    op.create_table(
        "download_file",
        *keys(),
        sa.Column("download_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", Moment(timezone=True), nullable=False),
        sa.Column("ended", Moment(timezone=True), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        *constraints("download_file", "download"),
    )
    op.create_table(
        "download_part",
        *keys(),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "file_id"],
            ["download_file.space_id", "download_file.id"],
            name="fk_download_part_space_id_file_id",
        ),
        sa.UniqueConstraint("space_id", "file_id", "number", name="uq_download_part_space_id_file_id_number"),
        *constraints("download_part"),
    )
    for table, column in (
        ("download_source", "download_id"),
        ("download_source", "consultation_id"),
        ("download_source", "snapshot_id"),
        ("download_file", "download_id"),
        ("download_part", "file_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def keys() -> list[sa.Column]:
    return [sa.Column("space_id", sa.Uuid(), nullable=False), sa.Column("id", sa.Uuid(), nullable=False)]


def constraints(table: str, *linked: str) -> list[sa.Constraint]:
    links = [
        sa.ForeignKeyConstraint(
            ["space_id", f"{target}_id"],
            [f"{target}.space_id", f"{target}.id"],
            name=f"fk_{table}_space_id_{target}_id",
        )
        for target in linked
    ]
    return [
        *links,
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=f"fk_{table}_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name=f"pk_{table}"),
    ]
