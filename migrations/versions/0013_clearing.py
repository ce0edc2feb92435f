"""what was cleared, redacted, withheld or hidden; what was erased; until when people are kept by name"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0013"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    clearance()
    redaction()
    erasure()
    hiding()
    retention()


def walled(name: str, *fields: Any, links: dict[str, str], unique: tuple[str, ...] = ()) -> None:
    people = [column.name for column in fields if column.name.endswith("by_id")]
    op.create_table(
        name,
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *fields,
        *(
            sa.ForeignKeyConstraint(
                ["space_id", column],
                [f"{table}.space_id", f"{table}.id"],
                name=op.f(f"fk_{name}_space_id_{column}"),
            )
            for column, table in links.items()
        ),
        *(
            sa.ForeignKeyConstraint([person], ["person.id"], name=op.f(f"fk_{name}_{person}"))
            for person in people
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f(f"fk_{name}_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f(f"pk_{name}")),
        *(
            sa.UniqueConstraint(
                "space_id", *columns.split(), name=op.f(f"uq_{name}_space_id_{columns.replace(' ', '_')}")
            )
            for columns in unique
        ),
    )
    for column in links:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def link(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def moment(name: str, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, consult.database.Moment(timezone=True), nullable=nullable)


def clearance() -> None:
    walled(
        "clearance",
        link("response_id"),
        link("answer_id", nullable=True),
        link("place_id", nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        text("outcome"),
        text("reason"),
        moment("at", nullable=False),
        link("by_id", nullable=True),
        links={"response_id": "response", "answer_id": "answer", "place_id": "place"},
        unique=("answer_id number", "place_id number"),
    )


def redaction() -> None:
    walled(
        "redaction",
        link("response_id"),
        link("clearance_id"),
        text("part"),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        text("kind"),
        text("proposed"),
        text("reason"),
        links={"response_id": "response", "clearance_id": "clearance"},
    )


def erasure() -> None:
    walled(
        "erasure",
        link("response_id"),
        text("extent"),
        text("reason"),
        moment("at", nullable=False),
        link("by_id", nullable=True),
        moment("done"),
        links={"response_id": "response"},
    )


def hiding() -> None:
    walled(
        "hiding",
        link("response_id"),
        text("ground"),
        text("reason"),
        moment("at", nullable=False),
        link("by_id", nullable=True),
        moment("ended"),
        link("ended_by_id", nullable=True),
        links={"response_id": "response"},
    )


def retention() -> None:
    walled(
        "retention",
        link("consultation_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("keeps_words", sa.Boolean(), nullable=False),
        moment("at", nullable=False),
        link("by_id", nullable=True),
        moment("carried_out"),
        links={"consultation_id": "consultation"},
        unique=("consultation_id",),
    )


DOORS = {
    "response": "UPDATE",
    "answer": "UPDATE",
    "place": "UPDATE",
    "answer_file": "DELETE",
    "scan": "DELETE",
}


def downgrade() -> None:
    """The doors that an erasure opened are walls again before what they ask is gone."""
    for table, act in DOORS.items():
        shut(table, act)
    for table in ("retention", "hiding", "redaction", "clearance", "erasure"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS consult_refuse_unless_erased()")


def shut(table: str, act: str) -> None:
    name = f"{table}_no_{act.lower()}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION consult_refuse()"
        )
    else:
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'what was written here is never changed'); END"
        )
