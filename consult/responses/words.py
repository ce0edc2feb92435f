"""The words of a response: who answers, how it came, what they think. Keys are stored; the words are shown."""

from typing import Any

from flask_babel import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "individual": _l("A resident, or another person for themselves"),
    "business": _l("A business"),
    "landowner": _l("A landowner"),
    "group": _l("A local group or charity"),
    "statutory_body": _l("A public or statutory body"),
    "agent": _l("An agent for somebody else"),
}
CONNECTIONS: dict[str, Any] = {
    "live": _l("I live in the area"),
    "work": _l("I work in the area"),
    "business": _l("I run a business in the area"),
}
ELSEWHERE = "elsewhere"  # their own word that their home is not in the area
STANCES: dict[str, Any] = {
    "support": _l("Support"),
    "support_with_changes": _l("Support with changes"),
    "object": _l("Object"),
    "comment": _l("Comment"),
}
CHANNELS: dict[str, Any] = {
    "web": _l("Online"),
    "paper": _l("On paper"),
    "email": _l("By email"),
    "event": _l("At an event"),
    "telephone": _l("By telephone"),
    "import": _l("Imported"),
}
HOMES: dict[str, Any] = {
    "inside": _l("Inside the area"),
    "outside": _l("Outside the area"),
    "unknown": _l("Not known"),
}
ASIDE: dict[str, str] = {
    "duplicate": "A duplicate of another response",
    "withdrawn": "Withdrawn by the person who sent it",
    "excluded": "Excluded for another reason",
}
FOR_TEMPLATES = {
    "kinds": KINDS,
    "connections": CONNECTIONS,
    "stances": STANCES,
    "channels": CHANNELS,
    "homes": HOMES,
    "aside": ASIDE,
}
