"""what looks unusual, and who looked at it; networks as keyed hashes; searches as jobs; who reads what"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLES = ("network", "search", "flag_rule", "flag", "flagged", "flag_review", "assignment")


def linked(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", name], [f"{to}.space_id", f"{to}.id"], name=op.f(f"fk_{table}_space_id_{name}")
    )


def given(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False)


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def done_by(table: str, nullable: bool = True) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=nullable),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id")),
    )


def ended_by(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("ended", consult.database.Moment(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f(f"fk_{table}_ended_by_id")),
    )


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
    owned("network", {"response_id": "response"}, text("network"))
    owned(
        "search",
        {"consultation_id": "consultation"},
        text("what"),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_search_job_id")),
        *done_by("search"),
    )
    owned(
        "flag_rule",
        {"consultation_id": "consultation"},
        text("rule"),
        given("thresholds"),
        *done_by("flag_rule"),
    )
    owned(
        "flag",
        {"consultation_id": "consultation"},
        text("rule"),
        given("evidence"),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
    )
    owned("flagged", {"flag_id": "flag", "response_id": "response"})
    owned(
        "flag_review",
        {"flag_id": "flag"},
        text("decision"),
        text("reason"),
        *done_by("flag_review"),
        *ended_by("flag_review"),
    )
    owned(
        "assignment",
        {"consultation_id": "consultation", "response_id": "response"},
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        *done_by("assignment"),
        *ended_by("assignment"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
