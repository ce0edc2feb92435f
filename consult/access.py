"""Who may do what: one table of roles and acts, and a declaration on every route."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    CHAIR = "chair"
    ORGANISER = "organiser"
    ANALYST = "analyst"
    VIEWER = "viewer"
    OFFICER = "officer"


class Act(StrEnum):
    """What a member may do in a space."""

    LOOK = "look at what is not public yet"
    MANAGE_MEMBERS = "invite and remove members"
    CHANGE_SETTINGS = "change the space's settings"
    DRAW = "draw the area, the sites and the plan"
    APPLY = "apply for the area to be designated"
    CONSULT = "set up, open and close consultations"
    ENTER_RESPONSES = "enter responses received elsewhere"
    READ_RESPONSES = "read responses"
    COMBINE = "combine and clear the feedback"
    PUBLISH = "publish results and release reports"
    ANSWER_FOR_DATA = "hand over and erase personal data"
    ADMIT = "admit bodies to the district"
    DESIGNATE = "decide on areas and forums"
    OVERSEE = "oversee the district"


ALL_OF_A_BODY: set[Act] = {a for a in Act if a not in (Act.ADMIT, Act.DESIGNATE, Act.OVERSEE)}
MAY: dict[Role, set[Act]] = {
    Role.CHAIR: ALL_OF_A_BODY,
    Role.ORGANISER: ALL_OF_A_BODY - {Act.MANAGE_MEMBERS, Act.CHANGE_SETTINGS, Act.APPLY, Act.ANSWER_FOR_DATA},
    Role.ANALYST: {Act.LOOK, Act.ENTER_RESPONSES, Act.READ_RESPONSES, Act.COMBINE},
    Role.VIEWER: {Act.LOOK},
    Role.OFFICER: set(Act) - {Act.APPLY},
}
ROLES_IN = {
    "forum": (Role.CHAIR, Role.ORGANISER, Role.ANALYST, Role.VIEWER),
    "council": (Role.CHAIR, Role.ORGANISER, Role.ANALYST, Role.VIEWER),
    "authority": (Role.OFFICER, Role.ANALYST, Role.VIEWER),
}


def may(role: str | None, act: Act) -> bool:
    return role is not None and act in MAY[Role(role)]


# Every route says which of these it is; `web/doors.py` asks, and a route that says nothing stops the start.
PUBLIC = "everyone"
SIGNED_IN = "anyone signed in"
OPERATOR = "the operator"


def _declare(who: Act | str) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = who  # type: ignore[attr-defined]
        return view

    return mark


def needs(act: Act) -> Callable[[View], View]:
    """Only members of the space in the URL whose role may do `act`; to anyone else the page is not there."""
    return _declare(act)


public = _declare(PUBLIC)
signed_in = _declare(SIGNED_IN)
operator_only = _declare(OPERATOR)


def declared(view: Any) -> Act | str | None:
    return getattr(view, "access", None)
