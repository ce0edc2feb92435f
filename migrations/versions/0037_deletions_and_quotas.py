"""a space can be deleted, and has a quota"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

HANDED = (("release", "report_id"), ("application", "area_version_id"))  # these outlive what they link to


def moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, consult.database.Moment(timezone=True), nullable=nullable)


def person(table: str, *names: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([name], ["person.id"], name=f"fk_{table}_{name}") for name in names]


def upgrade() -> None:
    op.add_column("space", moment("deleted"))
    op.create_table(
        "deletion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        moment("at", nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        moment("withdrawn"),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        moment("begun"),
        moment("done"),
        *person("deletion", "by_id", "withdrawn_by_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_deletion_space_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deletion"),
    )
    op.create_index("ix_deletion_space_id", "deletion", ["space_id"])
    op.create_table(
        "quota",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("space_id", sa.Uuid(), nullable=False),
        moment("at", nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("megabytes", sa.Integer(), nullable=True),
        *person("quota", "by_id"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_quota_space_id"),
        sa.PrimaryKeyConstraint("id", name="pk_quota"),
    )
    op.create_index("ix_quota_space_id", "quota", ["space_id"])
    for table, column in HANDED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    """Refused by the database where a space was deleted: what it had handed over then links to nothing."""
    shut_doors()
    for table, column in HANDED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=sa.Uuid(), nullable=False)
    op.drop_table("quota")
    op.drop_table("deletion")
    op.drop_column("space", "deleted")


DOOR = (
    "NOT EXISTS (SELECT 1 FROM deletion WHERE deletion.space_id = OLD.space_id "
    "AND deletion.begun IS NOT NULL AND deletion.done IS NULL)"
)


def shut_doors() -> None:
    """The doors that a deletion opened are walls again before what they ask is gone."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        asked = "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE prosrc LIKE '%FROM deletion WHERE%'"
        for made in connection.execute(sa.text(asked)).scalars().all():
            connection.exec_driver_sql(made.replace(DOOR, "true").replace("%", "%%"))
        return
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%FROM deletion WHERE%'"
    for name, made in connection.execute(sa.text(asked)).all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(made.replace(DOOR, "1"))
