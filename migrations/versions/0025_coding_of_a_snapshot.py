"""a snapshot freezes the coding beside the facts"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("snapshot", sa.Column("coding", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("snapshot", "coding")
