"""batches of paper, their sheets, scans and second checks; files of responses that are looked over"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def linked(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", name], [f"{to}.space_id", f"{to}.id"], name=op.f(f"fk_{table}_space_id_{name}")
    )


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("space_id", *names, name=op.f("_".join(["uq", table, "space_id", *names])))


def link(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def deed(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    """When it was done, and by whom."""
    return (
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id")),
    )


def owned(table: str, *rest: sa.Column | sa.Constraint) -> None:
    """A table of a space's own rows."""
    op.create_table(
        table,
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *rest,
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f(f"fk_{table}_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f(f"pk_{table}")),
    )


def indexed(table: str, *names: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        for name in names:
            batch_op.create_index(batch_op.f(f"ix_{table}_{name}"), [name])


def upgrade() -> None:
    batches()
    owned(
        "scan",
        link("response_id"),
        *map(text, ("name", "media_type", "sha256")),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *deed("scan"),
        linked("scan", "response_id", "response"),
    )
    indexed("scan", "response_id")
    owned(
        "second_check",
        link("response_id"),
        link("corrected_id", nullable=True),
        *deed("second_check"),
        linked("second_check", "response_id", "response"),
        linked("second_check", "corrected_id", "response"),
        unique("second_check", "response_id"),
    )
    indexed("second_check", "response_id", "corrected_id")
    owned(
        "held_table",
        link("consultation_id"),
        text("name"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *deed("held_table"),
        linked("held_table", "consultation_id", "consultation"),
    )
    indexed("held_table", "consultation_id")


def batches() -> None:
    owned(
        "batch",
        link("consultation_id"),
        text("name"),
        text("channel"),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        *deed("batch"),
        linked("batch", "consultation_id", "consultation"),
        unique("batch", "consultation_id", "name"),
    )
    indexed("batch", "consultation_id")
    owned(
        "sheet",
        link("batch_id"),
        link("response_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        linked("sheet", "batch_id", "batch"),
        linked("sheet", "response_id", "response"),
        unique("sheet", "batch_id", "number"),
        unique("sheet", "response_id"),
    )
    indexed("sheet", "batch_id", "response_id")


def downgrade() -> None:
    for table in ("held_table", "second_check", "scan", "sheet", "batch"):
        op.drop_table(table)
