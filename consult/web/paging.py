"""Which page of a list is asked for."""

from flask import request

LAST_PAGE = 1_000_000  # far beyond any list, and a number that a database can still skip


def page_asked_for() -> int:
    """Any number may be typed into an address; what is no page of any list is its first or its last."""
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
