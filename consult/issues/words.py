"""The words for what became of an issue; the keys are stored."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

OUTCOMES: Final[dict[str, Any]] = {
    "changed": _l("The plan changes"),
    "partly": _l("The plan changes in part"),
    "no_change": _l("The plan does not change"),
    "noted": _l("Noted"),
    "passed": _l("Passed to the authority"),
}
CHANGING: Final = ("changed", "partly")
TONES: Final = {
    "changed": "good",
    "partly": "good",
    "no_change": "closed",
    "noted": "quiet",
    "passed": "waiting",
}
