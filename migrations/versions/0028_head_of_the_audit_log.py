"""a snapshot keeps the head of the audit log, which its reports print"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("snapshot", sa.Column("audit_head", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("snapshot", "audit_head")
