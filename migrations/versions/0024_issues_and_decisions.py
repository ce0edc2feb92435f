"""issues, the points that each gathers, and the decisions on them"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = (
    "issue_step",
    "issue",
    "issue_wording",
    "gathering",
    "gathering_parting",
    "issue_dissolving",
    "decision",
    "decision_agreement",
    "answers_publication",
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


def by() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
    )


def person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id"))


def upgrade() -> None:
    owned(
        "issue_step",
        {"consultation_id": "consultation", "undoes_id?": "issue_step"},
        number("number"),
        text("kind"),
        *by(),
        person("issue_step"),
        unique("issue_step", "consultation_id", "number"),
        unique("issue_step", "undoes_id"),
    )
    owned(
        "issue",
        {"consultation_id": "consultation", "step_id": "issue_step"},
        number("number"),
        unique("issue", "consultation_id", "number"),
    )
    owned("issue_wording", {"issue_id": "issue", "step_id": "issue_step"}, text("title"), text("summary"))
    owned(
        "gathering",
        {"issue_id": "issue", "theme_id?": "theme", "point_id?": "point", "step_id": "issue_step"},
        sa.CheckConstraint(
            "(theme_id IS NULL) <> (point_id IS NULL)", name=op.f("ck_gathering_of_one_thing")
        ),
    )
    owned("gathering_parting", {"gathering_id": "gathering", "step_id": "issue_step"})
    owned("issue_dissolving", {"issue_id": "issue", "step_id": "issue_step"})
    decisions()


def decisions() -> None:
    owned(
        "decision",
        {"issue_id": "issue", "point_id?": "point"},
        number("number"),
        *(text(name) for name in ("outcome", "reply", "reason", "change", "policy_key")),
        sa.Column("answers", sa.JSON(), nullable=False),
        *by(),
        person("decision"),
        unique("decision", "issue_id", "number"),
    )
    owned(
        "decision_agreement",
        {"decision_id": "decision"},
        sa.Column("day", sa.Date(), nullable=False),
        text("minute"),
        *by(),
        person("decision_agreement"),
        unique("decision_agreement", "decision_id"),
    )
    owned(
        "answers_publication",
        {"consultation_id": "consultation"},
        sa.Column("content", sa.JSON(), nullable=False),
        *by(),
        sa.Column("ended", consult.database.Moment(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        person("answers_publication"),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_answers_publication_ended_by_id")
        ),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
