"""what somebody has typed and not sent, what took a response's place, devices at events, what each stage asks"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NEW: dict[str, tuple[Any, Any]] = {
    "address": (sa.Text(), sa.text("''")),
    "client": (sa.Text(), sa.text("''")),
    "publication": (sa.Text(), sa.text("''")),
    "tell_decision": (sa.Boolean(), sa.false()),
    "wants_hearing": (sa.Boolean(), sa.false()),
    "why_hearing": (sa.Text(), sa.text("''")),
}


def upgrade() -> None:
    # Added where it stands: rebuilding a table of responses would write every row of it again.
    for name, (kind, was) in NEW.items():
        op.add_column("response", sa.Column(name, kind, nullable=False, server_default=was))
    op.add_column(
        "setting_aside", sa.Column("own_word", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    replacement()
    event_device()
    draft()
    beside_responses()


def walled(name: str, *fields: Any, links: dict[str, str], unique: tuple[str, ...] = ()) -> None:
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
            sa.ForeignKeyConstraint([column.name], ["person.id"], name=op.f(f"fk_{name}_{column.name}"))
            for column in fields
            if column.name in ("by_id", "ended_by_id")
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


def replacement() -> None:
    walled(
        "replacement",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("former_id", sa.Uuid(), nullable=False),
        links={"response_id": "response", "former_id": "response"},
        unique=("response_id", "former_id"),
    )


def event_device() -> None:
    walled(
        "event_device",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("ended", consult.database.Moment(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        links={"consultation_id": "consultation"},
    )


def draft() -> None:
    walled(
        "draft",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("begun", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("touched", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("former_id", sa.Uuid(), nullable=True),
        sa.Column("sent_as_id", sa.Uuid(), nullable=True),
        sa.Column("event_device_id", sa.Uuid(), nullable=True),
        links={
            "consultation_id": "consultation",
            "former_id": "response",
            "sent_as_id": "response",
            "event_device_id": "event_device",
        },
        unique=("token_hash", "sent_as_id"),
    )


def beside_responses() -> None:
    walled(
        "manner",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("asks_equality", sa.Boolean(), nullable=False),
        sa.Column("confirms_email", sa.Boolean(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        links={"consultation_id": "consultation"},
        unique=("consultation_id",),
    )
    walled(
        "email_confirmation",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        links={"response_id": "response"},
        unique=("response_id",),
    )
    walled(
        "equality_tally",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        links={"consultation_id": "consultation"},
        unique=("consultation_id question answer",),
    )


def downgrade() -> None:
    for table in ("equality_tally", "email_confirmation", "manner", "draft", "event_device", "replacement"):
        op.drop_table(table)
    op.drop_column("setting_aside", "own_word")
    for name in NEW:
        op.drop_column("response", name)
