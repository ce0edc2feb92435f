"""The words for groups and figures, as people read them. Keys are stored; the words are shown."""

from typing import Any

from flask_babel import lazy_gettext as _l

from consult.responses.words import CHANNELS, KINDS, STANCES

__all__ = ["CHANNELS", "KINDS", "STANCES"]

NONE_GIVEN = _l("Gave no connection")
GROUPS: dict[str, dict[str, Any]] = {
    "home": {
        "inside": _l("Home inside the area"),
        "outside": _l("Home outside the area"),
        "unknown": _l("Home not known"),
    },
    "connection": {
        "live": _l("Live in the area"),
        "work": _l("Work in the area"),
        "business": _l("Run a business in the area"),
        "none": NONE_GIVEN,
    },
    "kind": KINDS,
}
SPLITS: dict[str, Any] = {
    "home": _l("Where people live"),
    "connection": _l("Connection with the area"),
    "kind": _l("Who they are"),
}
STATUSES: dict[str, Any] = {
    "received": _l("Received"),
    "counted": _l("Counted"),
    "duplicates": _l("Duplicates"),
    "late": _l("Late"),
    "withdrawn": _l("Withdrawn"),
    "excluded": _l("Excluded"),
}
BARS = {"support": "support", "support_with_changes": "changes", "object": "object", "comment": "comment"}


def group_words(filter_: str) -> str:
    """“home=inside” as people say it; a kind that we have no word for is shown as it was received."""
    split, _, name = filter_.partition("=")
    return str(GROUPS.get(split, {}).get(name, name))
