"""points of what people wrote, their themes, and the moves of those who code them"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0021"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = (
    "move",
    "point",
    "point_beginning",
    "point_ending",
    "bearing",
    "theme",
    "theme_wording",
    "theme_merge",
    "theme_retirement",
    "coding",
    "uncoding",
)


def linked(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", name], [f"{to}.space_id", f"{to}.id"], name=op.f(f"fk_{table}_space_id_{name}")
    )


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("space_id", *names, name=op.f("_".join(["uq", table, "space_id", *names])))


def text(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=nullable)


def number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def owned(table: str, links: dict[str, str], *rest: sa.Column | sa.Constraint) -> None:
    """A table of a space's own rows, with an index on each of its links; a link that ends in “?” may be empty."""
    named = {name.rstrip("?"): to for name, to in links.items()}
    op.create_table(
        table,
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name.rstrip("?"), sa.Uuid(), nullable=name.endswith("?")) for name in links),
        *rest,
        *(linked(table, name, to) for name, to in named.items()),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f(f"fk_{table}_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table) as batch_op:
        for name in named:
            batch_op.create_index(batch_op.f(f"ix_{table}_{name}"), [name])


def upgrade() -> None:
    owned(
        "move",
        {"consultation_id": "consultation", "undoes_id?": "move"},
        number("number"),
        text("kind"),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_move_by_id")),
        unique("move", "consultation_id", "number"),
        unique("move", "undoes_id"),
    )
    points()
    themes()
    owned(
        "coding",
        {"point_id": "point", "theme_id": "theme", "move_id": "move"},
        text("origin"),
        text("round"),
    )
    owned("uncoding", {"coding_id": "coding", "move_id": "move"})


def points() -> None:
    owned(
        "point",
        {
            "consultation_id": "consultation",
            "response_id": "response",
            "answer_id?": "answer",
            "place_id?": "place",
        },
        text("field"),
        number("start"),
        number("end"),
        text("letter"),
        unique("point", "answer_id", "field", "start", "end"),
        unique("point", "place_id", "field", "start", "end"),
        sa.CheckConstraint("(answer_id IS NULL) <> (place_id IS NULL)", name=op.f("ck_point_of_one_thing")),
    )
    owned("point_beginning", {"point_id": "point", "move_id": "move"})
    owned("point_ending", {"beginning_id": "point_beginning", "move_id": "move"})
    owned(
        "bearing",
        {"point_id": "point", "policy_id?": "policy", "move_id": "move"},
        text("stance", nullable=True),
    )


def themes() -> None:
    owned("theme", {"consultation_id": "consultation", "move_id": "move"}, text("kind"))
    owned(
        "theme_wording",
        {"theme_id": "theme", "parent_id?": "theme", "move_id": "move"},
        *(text(name) for name in ("label", "definition", "includes", "excludes")),
        number("position"),
    )
    owned("theme_merge", {"theme_id": "theme", "into_id": "theme", "move_id": "move"})
    owned("theme_retirement", {"theme_id": "theme", "move_id": "move"})


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
