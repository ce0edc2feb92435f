"""The pages of spaces, which several modules add theirs to, and what these share."""

from flask import Blueprint

from consult.spaces.models import Space

pages = Blueprint("spaces", __name__)


def by_authority(spaces: list[Space]) -> list[tuple[Space, list[Space]]]:
    """Each authority with the bodies of its district."""
    return [(a, [s for s in spaces if s.authority_id == a.id]) for a in spaces if a.is_authority]
