"""representations published, the examiner's bundle and who may fetch it, those who were told of the decision"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLES = (
    "representations_publication",
    "public_set",
    "bundle",
    "bundle_file",
    "bundle_document",
    "bundle_reader",
    "decision_telling",
    "decision_mail",
)


def linked(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["space_id", name], [f"{to}.space_id", f"{to}.id"], name=op.f(f"fk_{table}_space_id_{name}")
    )


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("space_id", *names, name=op.f("_".join(["uq", table, "space_id", *names])))


def other(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}"))


def text(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, consult.database.Moment(timezone=True), nullable=nullable)


def who(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def content() -> list[sa.Column]:
    size, kept = number("size"), sa.Column("content", sa.LargeBinary(), nullable=False)
    return [*text("sha256"), size, kept]


def walled(table: str, links: dict[str, str], *rest: sa.Column | sa.Constraint) -> None:
    """A table of a space's rows, with an index on each of its links."""
    op.create_table(
        table,
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in links),
        *rest,
        *(linked(table, name, to) for name, to in links.items()),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f(f"fk_{table}_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table) as batch_op:
        for name in links:
            batch_op.create_index(batch_op.f(f"ix_{table}_{name}"), [name])


def upgrade() -> None:
    publications()
    bundles()
    readers()
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.add_column(sa.Column("public", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.alter_column("public", existing_type=sa.Boolean(), server_default=None)
    walled(
        "decision_telling",
        {"consultation_id": "consultation"},
        *text("decision"),
        sa.Column("on", sa.Date(), nullable=False),
        moment("at"),
        who("by_id"),
        other("decision_telling", "by_id", "person"),
        unique("decision_telling", "consultation_id", "decision"),
    )
    walled(
        "decision_mail",
        {"telling_id": "decision_telling", "response_id": "response"},
        moment("at"),
        unique("decision_mail", "telling_id", "response_id"),
    )


def publications() -> None:
    table = "representations_publication"
    walled(
        table,
        {"consultation_id": "consultation"},
        moment("at"),
        who("by_id"),
        moment("ended", nullable=True),
        who("ended_by_id", nullable=True),
        other(table, "by_id", "person"),
        other(table, "ended_by_id", "person"),
    )
    walled(
        "public_set",
        {"publication_id": table},
        *text("shows"),
        number("representations"),
        *content(),
        moment("at"),
        unique("public_set", "publication_id"),
    )


def bundles() -> None:
    walled(
        "bundle",
        {"consultation_id": "consultation"},
        number("number"),
        sa.Column("contents", sa.JSON(), nullable=False),
        who("job_id", nullable=True),
        moment("at"),
        who("by_id", nullable=True),
        moment("built", nullable=True),
        *text("sha256"),
        moment("erased", nullable=True),
        other("bundle", "job_id", "job"),
        other("bundle", "by_id", "person"),
        unique("bundle", "consultation_id", "number"),
    )
    walled(
        "bundle_file",
        {"bundle_id": "bundle"},
        number("position"),
        *text("part", "name", "title", "media_type"),
        *content(),
        unique("bundle_file", "bundle_id", "name"),
    )
    walled(
        "bundle_document",
        {"consultation_id": "consultation"},
        *text("title", "name", "media_type"),
        *content(),
        moment("at"),
        who("by_id"),
        other("bundle_document", "by_id", "person"),
    )


def readers() -> None:
    walled(
        "bundle_reader",
        {"consultation_id": "consultation"},
        who("person_id"),
        *text("title", "name", "capacity", "by"),
        sa.Column("until", sa.Date(), nullable=False),
        moment("at"),
        who("by_id"),
        moment("ended", nullable=True),
        who("ended_by_id", nullable=True),
        *(other("bundle_reader", name, "person") for name in ("person_id", "by_id", "ended_by_id")),
    )
    with op.batch_alter_table("bundle_reader") as batch_op:
        batch_op.create_index(batch_op.f("ix_bundle_reader_person_id"), ["person_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.drop_column("public")
