"""boundaries that belong to everybody, what other parishes consented to, and how contested areas were settled"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# What was designated until now was designated as applied for.
FILL = """
UPDATE area_decision SET how = 'as applied',
    outline = (SELECT a.outline FROM application AS a
               WHERE a.space_id = area_decision.space_id AND a.id = area_decision.application_id),
    hectares = (SELECT a.hectares FROM application AS a
                WHERE a.space_id = area_decision.space_id AND a.id = area_decision.application_id)
WHERE outcome = 'designated'
"""
WORDS = {"application": "spans", "area_decision": "how"}
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
    op.create_table(
        "area_modification",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("favour_space_id", sa.Uuid(), nullable=False),
        sa.Column("favour_application_id", sa.Uuid(), nullable=False),
        sa.Column("favour_name", sa.Text(), nullable=False),
        sa.Column("favour_body", sa.Text(), nullable=False),
        sa.Column("taken_m2", sa.Double(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["space_id", column],
                ["register_entry.space_id", "register_entry.id"],
                name=op.f(f"fk_area_modification_space_id_{column}"),
            )
            for column in ("entry_id", "successor_id")
        ),
        sa.ForeignKeyConstraint(
            ["favour_space_id", "favour_application_id"],
            ["application.space_id", "application.id"],
            name=op.f("fk_area_modification_favour_space_id_favour_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["space.id"], name=op.f("fk_area_modification_authority_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_area_modification_by_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_area_modification_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_area_modification")),
    )
    for column in ("authority_id", "entry_id", "successor_id"):
        op.create_index(f"ix_area_modification_{column}", "area_modification", [column])
    for table, column in WORDS.items():
        # In two steps: the rows that are there need the default, and the models have none.
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Text(), nullable=False, server_default=""))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=sa.Text(), server_default=None)
    with op.batch_alter_table("area_decision") as batch_op:
        batch_op.add_column(sa.Column("outline", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("hectares", sa.Double(), nullable=True))
    op.execute(FILL)


def downgrade() -> None:
    with op.batch_alter_table("area_decision") as batch_op:
        for column in ("hectares", "outline", "how"):
            batch_op.drop_column(column)
    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_column("spans")
    op.drop_table("area_modification")
    op.drop_table("parish_consent")
    op.drop_table("boundary")
