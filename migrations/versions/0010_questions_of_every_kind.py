"""questions of every kind: pages, conditions, pictures, sets of them; answers with numbers, days and files"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NEW = {
    "help": (sa.Text(), ""),
    "settings": (sa.JSON(), {}),
    "required": (sa.Boolean(), False),
    "page": (sa.Integer(), 1),
}


def upgrade() -> None:
    questions()
    pages_and_pictures()
    with op.batch_alter_table("answer") as batch_op:
        batch_op.add_column(sa.Column("number", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("day", sa.Date(), nullable=True))
    answer_file()
    held_file()
    question_set()


def questions() -> None:
    with op.batch_alter_table("question") as batch_op:
        for name, (kind, _) in NEW.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.add_column(sa.Column("show_if", sa.JSON(), nullable=True))
    question = sa.table("question", *(sa.column(name, kind) for name, (kind, _) in NEW.items()))
    op.get_bind().execute(sa.update(question).values({name: value for name, (_, value) in NEW.items()}))
    with op.batch_alter_table("question") as batch_op:
        for name, (kind, _) in NEW.items():
            batch_op.alter_column(name, existing_type=kind, nullable=False)


def linked(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", name], [f"{to}.space_id", f"{to}.id"], name=op.f(f"fk_{table}_space_id_{name}")
    )


def owned(table: str, *rest: sa.Column | sa.Constraint) -> None:
    """A table of a space's own rows, with an index on each of its links."""
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


def pages_and_pictures() -> None:
    owned(
        "question_page",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        linked("question_page", "consultation_id", "consultation"),
        sa.UniqueConstraint(
            "space_id",
            "consultation_id",
            "number",
            name=op.f("uq_question_page_space_id_consultation_id_number"),
        ),
    )
    indexed("question_page", "consultation_id")
    owned(
        "question_picture",
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        linked("question_picture", "question_id", "question"),
    )
    indexed("question_picture", "question_id")


def answer_file() -> None:
    owned(
        "answer_file",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        linked("answer_file", "response_id", "response"),
        linked("answer_file", "question_id", "question"),
    )
    indexed("answer_file", "response_id", "question_id")


def held_file() -> None:
    owned(
        "held_file",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        linked("held_file", "consultation_id", "consultation"),
        linked("held_file", "question_id", "question"),
    )
    indexed("held_file", "consultation_id", "question_id")
    with op.batch_alter_table("held_file") as batch_op:
        batch_op.create_index("ix_held_file_key", ["space_id", "key"])


def question_set() -> None:
    owned(
        "question_set",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_question_set_by_id")),
        sa.UniqueConstraint("space_id", "name", name=op.f("uq_question_set_space_id_name")),
    )


def downgrade() -> None:
    for table in ("question_set", "held_file", "answer_file", "question_picture", "question_page"):
        op.drop_table(table)
    with op.batch_alter_table("answer") as batch_op:
        batch_op.drop_column("day")
        batch_op.drop_column("number")
    with op.batch_alter_table("question") as batch_op:
        for name in ("show_if", *NEW):
            batch_op.drop_column(name)
