"""standard letters and petitions, and the steps of those who confirm them"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0023"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLES = ("campaign", "campaign_step", "petition", "petition_entry", "signatory")


def linked(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", name], [f"{to}.space_id", f"{to}.id"], name=op.f(f"fk_{table}_space_id_{name}")
    )


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("space_id", *names, name=op.f("_".join(["uq", table, "space_id", *names])))


def number(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def done_by(table: str, nullable: bool = True) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=nullable),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f(f"fk_{table}_by_id")),
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
    owned(
        "campaign",
        {"consultation_id": "consultation", "template_id": "response"},
        number("number"),
        text("detector"),
        *done_by("campaign"),
        unique("campaign", "consultation_id", "number"),
    )
    owned(
        "campaign_step",
        {"campaign_id": "campaign", "response_id?": "response"},
        number("number"),
        text("kind"),
        sa.Column("share", sa.Double(), nullable=True),
        number("undoes", nullable=True),
        *done_by("campaign_step"),
        unique("campaign_step", "campaign_id", "number"),
    )
    owned(
        "petition",
        {"consultation_id": "consultation", "response_id": "response"},
        number("number"),
        *done_by("petition"),
        unique("petition", "consultation_id", "number"),
        unique("petition", "response_id"),
    )
    owned(
        "petition_entry",
        {"petition_id": "petition"},
        number("number"),
        text("kind"),
        number("signatures"),
        number("left_out"),
        *done_by("petition_entry", nullable=False),
        unique("petition_entry", "petition_id", "number"),
    )
    owned(
        "signatory",
        {"response_id": "response", "own_response_id?": "response"},
        number("position"),
        text("name"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
