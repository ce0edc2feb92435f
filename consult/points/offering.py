"""Which themes a page suggested for a point, sealed into its form: what counts as an accepted suggestion was one."""

from collections.abc import Iterable
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def sealed() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="suggested themes")


def seal(passage: UUID, letter: str, themes: Iterable[UUID]) -> str:
    return str(sealed().dumps([passage.hex, letter, [theme.hex for theme in themes]]))


def offered(passage: UUID, letter: str, seal: str) -> frozenset[UUID]:
    """Those that were suggested for this very point; nothing where the form does not say so, or not truly."""
    try:
        of, at, themes = sealed().loads(seal)
        return frozenset(map(UUID, themes)) if (of, at) == (passage.hex, letter) else frozenset()
    except (BadSignature, ValueError, TypeError, AttributeError):
        return frozenset()
