"""sites belong to a version of the plan, and the owners of them were contacted"""

from uuid import uuid4

import shapely
import sqlalchemy as sa
from alembic import op

import consult.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

VERSION = sa.table(
    "plan_version",
    *(sa.column(n, sa.Uuid()) for n in ("space_id", "id", "plan_id")),
    sa.column("number", sa.Integer()),
)
SITE = sa.table(
    "site",
    *(sa.column(n, sa.Uuid()) for n in ("space_id", "id", "plan_id", "version_id", "first_id", "by_id")),
    *(sa.column(n, sa.Text()) for n in ("reference", "name", "kind", "notes", "source")),
    sa.column("outline", sa.LargeBinary()),
    sa.column("hectares", sa.Double()),
    sa.column("at", consult.database.Moment(timezone=True)),
)


def upgrade() -> None:
    with op.batch_alter_table("site") as batch_op:
        batch_op.add_column(sa.Column("version_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("first_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("hectares", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("by_id", sa.Uuid(), nullable=True))
    into_every_version()
    with op.batch_alter_table("site") as batch_op:
        batch_op.drop_index("ix_site_plan_id")
        batch_op.drop_constraint("fk_site_space_id_plan_id", type_="foreignkey")
        batch_op.drop_column("plan_id")
        batch_op.alter_column("version_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column("hectares", existing_type=sa.Double(), nullable=False)
        batch_op.alter_column("source", existing_type=sa.Text(), nullable=False)
        batch_op.create_foreign_key(
            "fk_site_space_id_version_id", "plan_version", ["space_id", "version_id"], ["space_id", "id"]
        )
        batch_op.create_foreign_key(
            "fk_site_space_id_first_id", "site", ["space_id", "first_id"], ["space_id", "id"]
        )
        batch_op.create_foreign_key("fk_site_by_id", "person", ["by_id"], ["id"])
        batch_op.create_unique_constraint(
            "uq_site_space_id_version_id_reference", ["space_id", "version_id", "reference"]
        )
        batch_op.create_index("ix_site_version_id", ["version_id"])
        batch_op.create_index("ix_site_first_id", ["first_id"])
    owner_contact()


def into_every_version() -> None:
    """A site of a plan was in each of its versions: the row goes to the first, and the later ones continue it."""
    connection = op.get_bind()
    versions = connection.execute(sa.select(VERSION).order_by(VERSION.c.number)).mappings().all()
    for site in connection.execute(sa.select(SITE)).mappings().all():
        mine = [
            each
            for each in versions
            if (each["space_id"], each["plan_id"]) == (site["space_id"], site["plan_id"])
        ]
        row = dict(site) | {"hectares": shapely.from_wkb(site["outline"]).area / 10_000, "source": "drawn"}
        here = (SITE.c.space_id == site["space_id"]) & (SITE.c.id == site["id"])
        if not mine:
            connection.execute(sa.delete(SITE).where(here))
            continue
        first = {name: row[name] for name in ("hectares", "source")} | {"version_id": mine[0]["id"]}
        connection.execute(sa.update(SITE).where(here).values(first))
        for version in mine[1:]:
            later = {"id": uuid4(), "version_id": version["id"], "first_id": site["id"]}
            connection.execute(sa.insert(SITE).values(row | later))


def owner_contact() -> None:
    op.create_table(
        "owner_contact",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", consult.database.Moment(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_owner_contact_by_id"),
        sa.ForeignKeyConstraint(
            ["space_id", "site_id"], ["site.space_id", "site.id"], name="fk_owner_contact_space_id_site_id"
        ),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_owner_contact_space_id"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_owner_contact"),
    )
    with op.batch_alter_table("owner_contact") as batch_op:
        batch_op.create_index("ix_owner_contact_site_id", ["site_id"])


def downgrade() -> None:
    """Each plan keeps the sites of its newest version."""
    op.drop_table("owner_contact")
    with op.batch_alter_table("site") as batch_op:
        batch_op.add_column(sa.Column("plan_id", sa.Uuid(), nullable=True))
    connection = op.get_bind()
    versions = connection.execute(sa.select(VERSION).order_by(VERSION.c.number)).mappings().all()
    newest = {(each["space_id"], each["plan_id"]): each["id"] for each in versions}
    connection.execute(sa.update(SITE).values(first_id=None))
    connection.execute(sa.delete(SITE).where(SITE.c.version_id.not_in(list(newest.values()))))
    for (space_id, plan_id), version_id in newest.items():
        mine = (SITE.c.space_id == space_id) & (SITE.c.version_id == version_id)
        connection.execute(sa.update(SITE).where(mine).values(plan_id=plan_id))
    with op.batch_alter_table("site") as batch_op:
        for name in ("ix_site_version_id", "ix_site_first_id"):
            batch_op.drop_index(name)
        for name in ("fk_site_space_id_version_id", "fk_site_space_id_first_id", "fk_site_by_id"):
            batch_op.drop_constraint(name, type_="foreignkey")
        batch_op.drop_constraint("uq_site_space_id_version_id_reference", type_="unique")
        for name in ("version_id", "first_id", "hectares", "source", "by_id"):
            batch_op.drop_column(name)
        batch_op.alter_column("plan_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.create_foreign_key(
            "fk_site_space_id_plan_id", "plan", ["space_id", "plan_id"], ["space_id", "id"]
        )
        batch_op.create_index("ix_site_plan_id", ["plan_id"])
