"""SPACE/REF, as an operator names a consultation in a command."""

from uuid import UUID

import sqlalchemy as sa

from consult.database import db
from consult.spaces.models import Space
from consult.web.errors import Refused


def space_and_reference(where: str) -> tuple[UUID, str]:
    """The space and the consultation's reference; `f/mill-end/reg14`, as in an address, says the same."""
    address, _, reference = where.strip("/").rpartition("/")
    slug = address.rpartition("/")[2]
    space_id = db.session.scalar(sa.select(Space.id).where(Space.slug == slug))
    if space_id is None:
        raise Refused(f"There is no space “{slug}”: say SPACE/REF, such as mill-end/reg14.")
    return space_id, reference
