"""what an authority records of a plan's road; forum applications; submissions"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forum_application",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("constitution_file", sa.LargeBinary(), nullable=True),
        sa.Column("outline", sa.LargeBinary(), nullable=False),
        sa.Column("hectares", sa.Double(), nullable=False),
        sa.Column("conditions_from", sa.Date(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("constitution", sa.Text(), nullable=False),
        sa.Column("constitution_name", sa.Text(), nullable=False),
        sa.Column("constitution_type", sa.Text(), nullable=False),
        sa.Column("area_name", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("contact_address", sa.Text(), nullable=False),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["space.id"], name=op.f("fk_forum_application_authority_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_forum_application_by_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_forum_application_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_forum_application")),
    )
    with op.batch_alter_table("forum_application") as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_application_authority_id"), ["authority_id"])

    op.create_table(
        "forum_draft",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("constitution_file", sa.LargeBinary(), nullable=True),
        sa.Column("changed", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("constitution", sa.Text(), nullable=False),
        sa.Column("constitution_name", sa.Text(), nullable=False),
        sa.Column("constitution_type", sa.Text(), nullable=False),
        sa.Column("area_name", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("contact_address", sa.Text(), nullable=False),
        sa.Column("statement", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_forum_draft_by_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_forum_draft_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_forum_draft")),
        sa.UniqueConstraint("space_id", name=op.f("uq_forum_draft_space_id")),
    )
    op.create_table(
        "milestone",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("document_name", sa.Text(), nullable=False),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("document_sha256", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("withdrawn", consult.database.Moment(timezone=True), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["space.id"], name=op.f("fk_milestone_authority_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_milestone_by_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_milestone_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_authority_id"), ["authority_id"])

    op.create_table(
        "submission",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("area_name", sa.Text(), nullable=False),
        sa.Column("area_reference", sa.Text(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=True),
        sa.Column("consultation_reference", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["space.id"], name=op.f("fk_submission_authority_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_submission_by_id")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_submission_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_submission")),
        sa.UniqueConstraint("space_id", "number", name=op.f("uq_submission_space_id_number")),
    )
    with op.batch_alter_table("submission") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_authority_id"), ["authority_id"])

    op.create_table(
        "forum_application_member",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("lives", sa.Boolean(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("elected", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["space.id"], name=op.f("fk_forum_application_member_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "application_id"],
            ["forum_application.space_id", "forum_application.id"],
            name=op.f("fk_forum_application_member_space_id_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["space_id"], ["space.id"], name=op.f("fk_forum_application_member_space_id")
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_forum_application_member")),
    )
    with op.batch_alter_table("forum_application_member") as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_application_member_application_id"), ["application_id"])
        batch_op.create_index(batch_op.f("ix_forum_application_member_authority_id"), ["authority_id"])

    op.create_table(
        "forum_decision",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["space.id"], name=op.f("fk_forum_decision_authority_id")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_forum_decision_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "application_id"],
            ["forum_application.space_id", "forum_application.id"],
            name=op.f("fk_forum_decision_space_id_application_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_forum_decision_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_forum_decision")),
        sa.UniqueConstraint(
            "space_id", "application_id", name=op.f("uq_forum_decision_space_id_application_id")
        ),
    )
    with op.batch_alter_table("forum_decision") as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_decision_application_id"), ["application_id"])
        batch_op.create_index(batch_op.f("ix_forum_decision_authority_id"), ["authority_id"])

    op.create_table(
        "forum_member",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("lives", sa.Boolean(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("elected", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "draft_id"],
            ["forum_draft.space_id", "forum_draft.id"],
            name=op.f("fk_forum_member_space_id_draft_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_forum_member_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_forum_member")),
    )
    with op.batch_alter_table("forum_member") as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_member_draft_id"), ["draft_id"])

    op.create_table(
        "forum_withdrawal",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["space.id"], name=op.f("fk_forum_withdrawal_authority_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_forum_withdrawal_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "application_id"],
            ["forum_application.space_id", "forum_application.id"],
            name=op.f("fk_forum_withdrawal_space_id_application_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_forum_withdrawal_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_forum_withdrawal")),
        sa.UniqueConstraint(
            "space_id", "application_id", name=op.f("uq_forum_withdrawal_space_id_application_id")
        ),
    )
    with op.batch_alter_table("forum_withdrawal") as batch_op:
        batch_op.create_index(batch_op.f("ix_forum_withdrawal_application_id"), ["application_id"])
        batch_op.create_index(batch_op.f("ix_forum_withdrawal_authority_id"), ["authority_id"])

    op.create_table(
        "submission_file",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["space.id"], name=op.f("fk_submission_file_authority_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "submission_id"],
            ["submission.space_id", "submission.id"],
            name=op.f("fk_submission_file_space_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_submission_file_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_submission_file")),
        sa.UniqueConstraint(
            "space_id", "submission_id", "name", name=op.f("uq_submission_file_space_id_submission_id_name")
        ),
    )
    with op.batch_alter_table("submission_file") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_file_authority_id"), ["authority_id"])
        batch_op.create_index(batch_op.f("ix_submission_file_submission_id"), ["submission_id"])

    op.create_table(
        "submission_reply",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["space.id"], name=op.f("fk_submission_reply_authority_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_submission_reply_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "submission_id"],
            ["submission.space_id", "submission.id"],
            name=op.f("fk_submission_reply_space_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_submission_reply_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_submission_reply")),
    )
    with op.batch_alter_table("submission_reply") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_reply_authority_id"), ["authority_id"])
        batch_op.create_index(batch_op.f("ix_submission_reply_submission_id"), ["submission_id"])

    op.create_table(
        "submission_withdrawal",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["space.id"], name=op.f("fk_submission_withdrawal_authority_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_submission_withdrawal_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "submission_id"],
            ["submission.space_id", "submission.id"],
            name=op.f("fk_submission_withdrawal_space_id_submission_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_submission_withdrawal_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_submission_withdrawal")),
        sa.UniqueConstraint(
            "space_id", "submission_id", name=op.f("uq_submission_withdrawal_space_id_submission_id")
        ),
    )
    with op.batch_alter_table("submission_withdrawal") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_withdrawal_authority_id"), ["authority_id"])
        batch_op.create_index(batch_op.f("ix_submission_withdrawal_submission_id"), ["submission_id"])

    op.create_table(
        "submission_draft",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("conditions_from", sa.Date(), nullable=True),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("determined_on", sa.Date(), nullable=True),
        sa.Column("changes_nature", sa.Text(), nullable=False),
        sa.Column("modification", sa.Text(), nullable=False),
        sa.Column("changed", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_submission_draft_by_id")),
        sa.ForeignKeyConstraint(
            ["space_id", "report_id"],
            ["report.space_id", "report.id"],
            name=op.f("fk_submission_draft_space_id_report_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_submission_draft_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_submission_draft")),
        sa.UniqueConstraint("space_id", name=op.f("uq_submission_draft_space_id")),
    )
    with op.batch_alter_table("submission_draft") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_draft_report_id"), ["report_id"])

    op.create_table(
        "submission_draft_file",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "draft_id"],
            ["submission_draft.space_id", "submission_draft.id"],
            name=op.f("fk_submission_draft_file_space_id_draft_id"),
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_submission_draft_file_space_id")),
        sa.PrimaryKeyConstraint("space_id", "id", name=op.f("pk_submission_draft_file")),
        sa.UniqueConstraint(
            "space_id", "draft_id", "name", name=op.f("uq_submission_draft_file_space_id_draft_id_name")
        ),
    )
    with op.batch_alter_table("submission_draft_file") as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_draft_file_draft_id"), ["draft_id"])


def downgrade() -> None:
    op.drop_table("submission_draft_file")
    op.drop_table("submission_draft")
    op.drop_table("submission_withdrawal")
    op.drop_table("submission_reply")
    op.drop_table("submission_file")
    op.drop_table("forum_withdrawal")
    op.drop_table("forum_member")
    op.drop_table("forum_decision")
    op.drop_table("forum_application_member")
    op.drop_table("submission")
    op.drop_table("milestone")
    op.drop_table("forum_draft")
    op.drop_table("forum_application")
