"""who is consulted, what they were sent, how people heard of it, who wants to be told"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "authority_copy",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_authority_copy_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name=op.f("fk_authority_copy_space_id_consultation_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_authority_copy_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_authority_copy")),
        sa.UniqueConstraint(
            "space_id", "consultation_id", name=op.f("uq_authority_copy_space_id_consultation_id")
        ),
    )
    with op.batch_alter_table("authority_copy") as batch_op:
        batch_op.create_index(batch_op.f("ix_authority_copy_consultation_id"), ["consultation_id"])
    op.create_table(
        "consultee",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_consultee_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name=op.f("fk_consultee_space_id_consultation_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_consultee_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_consultee")),
    )
    with op.batch_alter_table("consultee") as batch_op:
        batch_op.create_index(batch_op.f("ix_consultee_consultation_id"), ["consultation_id"])
    op.create_table(
        "follower",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("asked", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("confirmed", consult.database.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name=op.f("fk_follower_space_id_consultation_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_follower_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_follower")),
        sa.UniqueConstraint(
            "space_id", "consultation_id", "email", name=op.f("uq_follower_space_id_consultation_id_email")
        ),
    )
    with op.batch_alter_table("follower") as batch_op:
        batch_op.create_index(batch_op.f("ix_follower_consultation_id"), ["consultation_id"])
    op.create_table(
        "publicity",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("how_many", sa.Integer(), nullable=True),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("evidence_name", sa.Text(), nullable=False),
        sa.Column("evidence_type", sa.Text(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_publicity_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name=op.f("fk_publicity_space_id_consultation_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_publicity_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_publicity")),
    )
    with op.batch_alter_table("publicity") as batch_op:
        batch_op.create_index(batch_op.f("ix_publicity_consultation_id"), ["consultation_id"])
    op.create_table(
        "unaffected",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_unaffected_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "consultation_id"],
            ["consultation.space_id", "consultation.id"],
            name=op.f("fk_unaffected_space_id_consultation_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_unaffected_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_unaffected")),
        sa.UniqueConstraint(
            "space_id", "consultation_id", "body", name=op.f("uq_unaffected_space_id_consultation_id_body")
        ),
    )
    with op.batch_alter_table("unaffected") as batch_op:
        batch_op.create_index(batch_op.f("ix_unaffected_consultation_id"), ["consultation_id"])
    op.create_table(
        "follower_link",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follower_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "follower_id"],
            ["follower.space_id", "follower.id"],
            name=op.f("fk_follower_link_space_id_follower_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_follower_link_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_follower_link")),
        sa.UniqueConstraint("space_id", "token_hash", name=op.f("uq_follower_link_space_id_token_hash")),
    )
    with op.batch_alter_table("follower_link") as batch_op:
        batch_op.create_index(batch_op.f("ix_follower_link_follower_id"), ["follower_id"])
    op.create_table(
        "notice",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultee_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("due", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_notice_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "consultee_id"],
            ["consultee.space_id", "consultee.id"],
            name=op.f("fk_notice_space_id_consultee_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_notice_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "space_id", "consultee_id", "key", name=op.f("uq_notice_space_id_consultee_id_key")
        ),
    )
    with op.batch_alter_table("notice") as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_consultee_id"), ["consultee_id"])
    op.create_table(
        "reply",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("consultee_id", sa.Uuid(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_reply_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "consultee_id"],
            ["consultee.space_id", "consultee.id"],
            name=op.f("fk_reply_space_id_consultee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "response_id"],
            ["response.space_id", "response.id"],
            name=op.f("fk_reply_space_id_response_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_reply_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_reply")),
        sa.UniqueConstraint("space_id", "response_id", name=op.f("uq_reply_space_id_response_id")),
    )
    with op.batch_alter_table("reply") as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_consultee_id"), ["consultee_id"])
        batch_op.create_index(batch_op.f("ix_reply_response_id"), ["response_id"])
    op.create_table(
        "delivery",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_delivery_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "notice_id"],
            ["notice.space_id", "notice.id"],
            name=op.f("fk_delivery_space_id_notice_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_delivery_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "space_id", "notice_id", "outcome", name=op.f("uq_delivery_space_id_notice_id_outcome")
        ),
    )
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_notice_id"), ["notice_id"])


def downgrade() -> None:
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_notice_id"))
    op.drop_table("delivery")
    with op.batch_alter_table("reply") as batch_op:
        batch_op.drop_index(batch_op.f("ix_reply_response_id"))
        batch_op.drop_index(batch_op.f("ix_reply_consultee_id"))
    op.drop_table("reply")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_consultee_id"))
    op.drop_table("notice")
    with op.batch_alter_table("follower_link") as batch_op:
        batch_op.drop_index(batch_op.f("ix_follower_link_follower_id"))
    op.drop_table("follower_link")
    with op.batch_alter_table("unaffected") as batch_op:
        batch_op.drop_index(batch_op.f("ix_unaffected_consultation_id"))
    op.drop_table("unaffected")
    with op.batch_alter_table("publicity") as batch_op:
        batch_op.drop_index(batch_op.f("ix_publicity_consultation_id"))
    op.drop_table("publicity")
    with op.batch_alter_table("follower") as batch_op:
        batch_op.drop_index(batch_op.f("ix_follower_consultation_id"))
    op.drop_table("follower")
    with op.batch_alter_table("consultee") as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultee_consultation_id"))
    op.drop_table("consultee")
    with op.batch_alter_table("authority_copy") as batch_op:
        batch_op.drop_index(batch_op.f("ix_authority_copy_consultation_id"))
    op.drop_table("authority_copy")
