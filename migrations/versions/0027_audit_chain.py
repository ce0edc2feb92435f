"""the audit log sealed into a chain; what a deed says of a response can be erased with it"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deed") as batch_op:
        batch_op.add_column(sa.Column("salt", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("response_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            "fk_deed_space_id_response_id", "response", ["space_id", "response_id"], ["space_id", "id"]
        )
        batch_op.create_index("ix_deed_response_id", ["response_id"])
    with op.batch_alter_table("deed") as batch_op:
        batch_op.alter_column("salt", existing_type=sa.Text(), server_default=None)
    op.create_table(
        "audit_link",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deed_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("detail_sha256", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "deed_id"], ["deed.space_id", "deed.id"], name="fk_audit_link_space_id_deed_id"
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_audit_link_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_audit_link"),
        sa.UniqueConstraint("space_id", "number", name="uq_audit_link_space_id_number"),
        sa.UniqueConstraint("space_id", "deed_id", name="uq_audit_link_space_id_deed_id"),
    )
    op.create_index("ix_audit_link_deed_id", "audit_link", ["deed_id"])


def downgrade() -> None:
    """The door that an erasure opened into a deed is a wall again before what it asks is gone."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER IF EXISTS deed_no_update ON deed")
        op.execute(
            "CREATE TRIGGER deed_no_update BEFORE UPDATE ON deed FOR EACH ROW EXECUTE FUNCTION consult_refuse()"
        )
    op.drop_table("audit_link")
    with op.batch_alter_table("deed") as batch_op:
        batch_op.drop_index("ix_deed_response_id")
        batch_op.drop_constraint("fk_deed_space_id_response_id", type_="foreignkey")
        batch_op.drop_column("response_id")
        batch_op.drop_column("salt")
