"""openings that are planned; published results and events for everyone; what people are asked is frozen"""

import json

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

LOCKED = ("consultation", "question", "question_page", "question_picture", "manner")
MOMENT = consult.database.Moment(timezone=True)


def upgrade() -> None:
    op.create_table(
        "planned_opening",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("opens", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("ended", MOMENT, nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_planned_opening_by_id"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name="fk_planned_opening_ended_by_id"),
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name="fk_planned_opening_space_id_consultation_id",
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_planned_opening_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_planned_opening"),
    )
    with op.batch_alter_table("planned_opening") as batch_op:
        batch_op.create_index("ix_planned_opening_consultation_id", ["consultation_id"])
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.add_column(sa.Column("scheduled", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("results", MOMENT, nullable=True))
    with op.batch_alter_table("publicity") as batch_op:
        batch_op.add_column(sa.Column("times", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("access", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("publicity") as batch_op:
        for name in ("times", "access"):
            batch_op.alter_column(name, existing_type=sa.Text(), server_default=None)
    results_so_far()


def results_so_far() -> None:
    """What stands published of a consultation that had closed is said on its announcement."""
    publication = sa.table(
        "publication", *map(sa.column, ("space_id", "consultation_id", "figures", "ended", "at"))
    )
    announcement = sa.table("announcement", *map(sa.column, ("space_id", "consultation_id", "results")))
    connection = op.get_bind()
    standing = sa.select(publication).where(publication.c.ended.is_(None))
    for row in connection.execute(standing).mappings().all():
        figures = row["figures"]
        figures = json.loads(figures) if isinstance(figures, str) else figures
        if figures.get("final"):
            theirs = (announcement.c.space_id == row["space_id"]) & (
                announcement.c.consultation_id == row["consultation_id"]
            )
            connection.execute(sa.update(announcement).where(theirs).values(results=row["at"]))


def downgrade() -> None:
    unlock()
    with op.batch_alter_table("publicity") as batch_op:
        batch_op.drop_column("access")
        batch_op.drop_column("times")
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.drop_column("results")
        batch_op.drop_column("scheduled")
    op.drop_table("planned_opening")


def unlock() -> None:
    """Earlier versions know nothing of what is frozen in the database."""
    if op.get_bind().dialect.name == "postgresql":
        for table in LOCKED:
            op.execute(f"DROP TRIGGER IF EXISTS {table}_asked ON {table}")
        return
    for table in LOCKED:
        for act in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_asked_{act}")
