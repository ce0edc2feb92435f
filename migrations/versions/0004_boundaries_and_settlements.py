"""boundaries that belong to everybody, what other parishes consented to, and how contested areas were settled"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = consult.database.Moment(timezone=True)


def upgrade() -> None:
    op.create_table(
        "boundary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("west", sa.Integer(), nullable=False),
        sa.Column("south", sa.Integer(), nullable=False),
        sa.Column("east", sa.Integer(), nullable=False),
        sa.Column("north", sa.Integer(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("loaded", MOMENT, nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("outline", sa.LargeBinary(), nullable=False),
        sa.Column("hectares", sa.Double(), nullable=False),
        sa.CheckConstraint("kind IN ('authority', 'parish', 'ward')", name=op.f("ck_boundary_kind")),
        sa.ForeignKeyConstraint(["body_id"], ["space.id"], name=op.f("fk_boundary_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary")),
        sa.UniqueConstraint("kind", "reference", name=op.f("uq_boundary_kind_reference")),
    )
    op.create_index("ix_boundary_body_id", "boundary", ["body_id"])
    op.create_index("ix_boundary_kind_west", "boundary", ["kind", "west"])
    op.create_table(
        "parish_consent",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parish", sa.Text(), nullable=False),
        sa.Column("parish_name", sa.Text(), nullable=False),
        sa.Column("by_whom", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn", MOMENT, nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["space.id"], name=op.f("fk_parish_consent_authority_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_parish_consent_by_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_parish_consent_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_parish_consent")),
    )
    op.create_index("ix_parish_consent_authority_id", "parish_consent", ["authority_id"])


def downgrade() -> None:
    op.drop_table("parish_consent")
    op.drop_table("boundary")
