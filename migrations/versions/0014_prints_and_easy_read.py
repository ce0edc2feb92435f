"""what a consultation prints is kept; an Easy Read version of it"""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_a_consultation(
        "printed",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.UniqueConstraint(
            "space_id",
            "consultation_id",
            "name",
            "language",
            name=op.f("uq_printed_space_id_consultation_id_name_language"),
        ),
    )
    of_a_consultation(
        "easy_read_line",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    print_what_is_open()


def of_a_consultation(table: str, *rest: sa.Column | sa.Constraint) -> None:
    op.create_table(
        table,
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        *rest,
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name=op.f(f"fk_{table}_space_id_consultation_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f(f"fk_{table}_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_consultation_id"), ["consultation_id"])


def print_what_is_open() -> None:
    """What was opened before this posts a job at its opening is printed too."""
    opening = sa.table("opening", sa.column("space_id", sa.Uuid()), sa.column("consultation_id", sa.Uuid()))
    moment = consult.database.Moment(timezone=True)
    job = sa.table(
        "job",
        sa.column("id", sa.Uuid()),
        sa.column("kind", sa.Text()),
        sa.column("payload", sa.JSON()),
        sa.column("space_id", sa.Uuid()),
        sa.column("posted", moment),
        sa.column("due", moment),
        sa.column("tries", sa.Integer()),
        sa.column("steps", sa.Text()),
        sa.column("error", sa.Text()),
    )
    now = datetime.now(UTC)
    empty = {"kind": "print", "posted": now, "due": now, "tries": 0, "steps": "", "error": ""}
    for row in op.get_bind().execute(sa.select(opening)).all():
        about = {"payload": {"consultation": row.consultation_id.hex}, "space_id": row.space_id}
        op.get_bind().execute(sa.insert(job).values(id=uuid4(), **empty, **about))


def downgrade() -> None:
    op.execute("DELETE FROM job WHERE kind = 'print' AND done IS NULL")
    op.drop_table("easy_read_line")
    op.drop_table("printed")
