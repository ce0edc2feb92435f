"""tokens by which programs read what a person may see; when what is open data last changed"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("spaces", sa.JSON(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("made", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("expires", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("revoked", consult.database.Moment(timezone=True), nullable=True),
        sa.Column("last_used", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_api_token_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("token_hash", name="uq_api_token_token_hash"),
    )
    op.create_index("ix_api_token_person_id", "api_token", ["person_id"])
    for table in ("register_entry", "announcement"):
        op.add_column(table, sa.Column("changed", consult.database.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    for table in ("announcement", "register_entry"):
        op.drop_column(table, "changed")
    op.drop_table("api_token")
