"""announcements say when a consultation opened, and no day where none was chosen"""

import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FILL = """
UPDATE announcement SET opened = (
    SELECT opening.at FROM opening
    WHERE opening.space_id = announcement.space_id AND opening.consultation_id = announcement.consultation_id
)
"""


def upgrade() -> None:
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.add_column(sa.Column("opened", consult.database.Moment(timezone=True), nullable=True))
        batch_op.alter_column("opens", existing_type=consult.database.Moment(timezone=True), nullable=True)
    op.execute(FILL)


def downgrade() -> None:
    op.execute("UPDATE announcement SET opens = coalesce(opens, at)")
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.alter_column("opens", existing_type=consult.database.Moment(timezone=True), nullable=False)
        batch_op.drop_column("opened")
