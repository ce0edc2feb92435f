"""Unit postcodes and the one point that each of them has."""

import re

import sqlalchemy as sa

from consult.areas.models import Postcode
from consult.database import db

SHAPE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")
NOT_WRITTEN = re.compile(r"[\s.\-]+")


def normalised(text: str) -> str | None:
    """A postcode as it is kept, capitals without its space, or None when the text is not one."""
    code = NOT_WRITTEN.sub("", text[:40]).upper()
    return code if SHAPE.fullmatch(code) else None


def point_of(code: str) -> tuple[int, int] | None:
    """Easting and northing of a postcode that `normalised` gave; None when it is not known."""
    found = db.session.execute(
        sa.select(Postcode.easting, Postcode.northing).where(Postcode.code == code)
    ).one_or_none()
    return (found.easting, found.northing) if found else None
