"""The doors: every request is led into the space its address names, once, or turned away, before any view runs.

To a stranger what they may not see is not there: the same 404 as for a thing that does not exist. Somebody who is
not signed in is asked to sign in before anything at all is looked up.
"""

import unicodedata
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Protocol

import sqlalchemy as sa
from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from consult import access, tenancy
from consult.access import Act
from consult.accounts import sessions
from consult.accounts.models import Person
from consult.database import db
from consult.spaces import suspending
from consult.spaces.models import Membership, Space


class SpaceConverter(BaseConverter):
    """`f/<slug>` for a forum or council, `a/<slug>` for an authority: one route serves both."""

    regex = r"[fa]/[a-z0-9][a-z0-9-]{0,62}"
    part_isolating = False

    def to_url(self, value: Any) -> str:
        return str(value.path if isinstance(value, Space) else value)


class NumberConverter(IntegerConverter):
    """`<int:…>` holds no more than a column of the database does: what is beyond is not there."""

    def __init__(self, url_map: Map, max: int = 2**31 - 1, **options: Any) -> None:
        super().__init__(url_map, max=max, **options)


def take_space(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.space_path = values.pop("space", None) if values else None
    if any(has_controls(value) for value in (values or {}).values() if isinstance(value, str)):
        abort(404)  # no name has a control character in it, and PostgreSQL refuses to look for some of them


def has_controls(text: str) -> bool:
    return any(unicodedata.category(letter) == "Cc" for letter in text)


def give_space(endpoint: str, values: dict[str, Any]) -> None:
    if (
        "space" not in values
        and g.get("space")
        and current_app.url_map.is_endpoint_expecting(endpoint, "space")
    ):
        values["space"] = g.space


class Key(Protocol):
    """What opens no more than it says, whatever the person who shows it may do."""

    @property
    def person(self) -> Person: ...

    def opens(self, space: Space) -> bool: ...

    def allows(self, act: Act) -> bool: ...


_keyed: dict[str, Callable[[], Key | None]] = {}


def keyed(blueprint: str, shown: Callable[[], Key | None]) -> None:
    """Nobody enters the pages of this blueprint by a cookie, only by what `shown` finds in the request."""
    _keyed[blueprint] = shown


def open_door() -> Any:
    g.space = g.membership = g.key = None
    if request.endpoint is None or request.endpoint == "static":
        return None
    wanted = access.declared(current_app.view_functions[request.endpoint])
    person = at_the_door()
    if wanted != access.PUBLIC and person is None:
        return turned_away()
    if wanted == access.OPERATOR and (person is None or person.operator is None):
        abort(404)
    if g.space_path:
        enter(g.space_path, person)
        g.membership = membership_of(person) if g.key is None or g.key.opens(g.space) else None
    elif person is not None:
        stand(tenancy.Scope(person_id=person.id))
    if g.space_path and (answer := suspending.turned_away()):
        return answer
    if isinstance(wanted, Act):
        ask(wanted)
    return None


def at_the_door() -> Person | None:
    if request.blueprint not in _keyed:
        return sessions.whoever()
    g.key = _keyed[request.blueprint]()
    return g.key.person if g.key else None


def turned_away() -> Any:
    if request.blueprint in _keyed:
        abort(401)
    return redirect(url_for("security.login", next=way_back()))


def way_back() -> str:
    """Where to go on after signing in: a form that was sent cannot be sent again by itself, so to the front page."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def enter(path: str, person: Person | None) -> None:
    prefix, slug = path.split("/", 1)
    space = db.session.scalar(sa.select(Space).where(Space.slug == slug))
    if space is None or space.deleted or space.is_authority != (prefix == "a"):
        abort(404)
    stand(tenancy.Scope(space.id, person.id if person else None))
    g.space = space


def stand(scope: tenancy.Scope) -> None:
    g.door = ExitStack()
    g.door.enter_context(tenancy.entered(scope))


def membership_of(person: Person | None) -> Membership | None:
    if person is None:
        return None
    return db.session.scalar(
        sa.select(Membership).where(
            Membership.space_id == g.space.id, Membership.person_id == person.id, Membership.ended.is_(None)
        )
    )


def ask(act: Act) -> None:
    if g.membership is None:
        abort(404)
    if not g.membership.may(act) or (g.key is not None and not g.key.allows(act)):
        abort(403)


def close_door(error: BaseException | None = None) -> None:
    door = g.pop("door", None)
    if door is not None:
        if error is not None or request.method == "GET":
            db.session.rollback()
        door.close()


def may(act: Act) -> bool:
    """For templates: may whoever is looking do this in the space they stand in?"""
    return g.get("membership") is not None and g.membership.may(act)


def every_route_declares(app: Flask) -> None:
    """A route that does not say who may use it stops the service from starting."""
    for rule in app.url_map.iter_rules():
        if access.declared(app.view_functions[rule.endpoint]) is None:
            raise LookupError(f"The route {rule} does not say who may use it: see consult/access.py.")


def init_app(app: Flask) -> None:
    app.url_map.converters |= {"space": SpaceConverter, "int": NumberConverter}
    app.url_value_preprocessor(take_space)
    app.url_defaults(give_space)
    app.before_request(open_door)
    app.teardown_request(close_door)
    app.context_processor(
        lambda: {
            "space": g.get("space"),
            "membership": g.get("membership"),
            "current_person": sessions.whoever(),
        }
    )
    app.add_template_global(may)
    app.add_template_global(Act, "Act")
