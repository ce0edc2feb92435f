"""The sections of a space, which each subject adds to, and the account's corner of every page."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext

from consult.access import Act
from consult.accounts import sessions
from consult.spaces import doors
from consult.web.languages import theirs

EVERY_KIND = ("forum", "council", "authority")


@dataclass(frozen=True)
class Section:
    text: Any  # lazy where it is in several languages: what only members see is in English
    endpoint: str
    order: int
    act: Act | None
    kinds: tuple[str, ...]
    with_: tuple[str, ...]  # subjects without a section of their own, whose pages are found here

    @property
    def subjects(self) -> tuple[str, ...]:
        return (self.endpoint.partition(".")[0], *self.with_)

    def shown(self) -> bool:
        return g.space.kind in self.kinds and (self.act is None or doors.may(self.act))


_sections: dict[str, Section] = {}


def add(
    text: Any,
    endpoint: str,
    order: int,
    act: Act | None = None,
    kinds: tuple[str, ...] = EVERY_KIND,
    with_: tuple[str, ...] = (),
) -> None:
    """Adds a section to the navigation of spaces of these kinds, for whoever may do `act` (None: everyone)."""
    _sections[endpoint] = Section(text, endpoint, order, act, kinds, with_)


def navigation() -> list[dict[str, Any]]:
    """The sections as GOV.UK's service navigation wants them; nothing outside a space."""
    if g.get("space") is None:
        return []
    shown = sorted((s for s in _sections.values() if s.shown()), key=lambda s: (s.order, s.text))
    return [item(section) for section in shown]


def item(section: Section) -> dict[str, Any]:
    address = url_for(section.endpoint)
    here = address == request.path
    return {
        "text": theirs(section.text) if isinstance(section.text, str) else str(section.text),
        "href": address,
        "current": here,
        "active": here or holds_this_page(section),
    }


def holds_this_page(section: Section) -> bool:
    """Feedback lies under the address of its consultation, but under Feedback for people: a subject with one section
    has all its pages there."""
    alone = [s for s in _sections.values() if request.blueprint in s.subjects]
    if len(alone) == 1:
        return alone == [section]
    return request.path.startswith(url_for(section.endpoint).rstrip("/") + "/")


def account_menu() -> dict[str, str]:
    """Who is signed in and the way out, or the way in."""
    person = sessions.whoever()
    if person is None:
        return {"text": gettext("Sign in"), "href": url_for("security.login")}
    return {
        "text": person.display_name,
        "href": url_for("spaces.account"),
        "sign_out": url_for("security.logout"),
    }


def init_app(app: Flask) -> None:
    app.add_template_global(navigation)
    app.add_template_global(account_menu)
