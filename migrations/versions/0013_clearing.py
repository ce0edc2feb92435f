"""what was cleared, redacted or withheld; what was erased; until when people are kept by name"""

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


def retention() -> None:
    walled(
        "retention",
        link("consultation_id"),
        sa.Column("day", sa.Date(), nullable=False),
        moment("at", nullable=False),
        link("by_id", nullable=True),
        moment("proposed"),
        moment("confirmed"),
        link("confirmed_by_id", nullable=True),
        sa.Column("keeps_words", sa.Boolean(), nullable=False),
        moment("carried_out"),
        links={"consultation_id": "consultation"},
        unique=("consultation_id",),
    )
