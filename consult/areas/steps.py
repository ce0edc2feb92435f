"""Where a body stands with its area, and what is next: drawn, checked, applied for, decided."""

from collections.abc import Sequence
from typing import Any

from flask import g, url_for

from consult import clock
from consult.access import Act
from consult.areas import register
from consult.areas.decisions import duties
from consult.areas.models import Application, AreaVersion, RegisterEntry, latest_version
from consult.areas.outline.looking import Look, look_at
from consult.spaces import doors
from consult.spaces.models import admission

Step = dict[str, Any]
DECIDED = ("designated", "refused")


def steps_now() -> list[Step]:
    """The steps of the body that we stand in, for a page that knows nothing of its area yet; none for an authority."""
    if g.space.is_authority:
        return []
    return steps(latest_version(), register.application_now(), register.entry_of(g.space.id))


def next_of(found: Sequence[Step]) -> Step | None:
    """The step to take: the first that is not done. None once the area is designated, and where there are no steps."""
    return next((step for step in found if not step["done"]), None)


def steps(
    version: AreaVersion | None,
    application: Application | None,
    entry: RegisterEntry | None,
    around: Sequence[RegisterEntry] | None = None,
) -> list[Step]:
    """Every step, in order: {"text", "href" ("" where this person cannot take it), "done", "hint"}. `around` are the
    areas on the register near the outline, where the page has them already."""
    designated = entry is not None and entry.designated_on is not None
    look = look_at(version.geometry, g.space, around) if version and not designated else None
    sent = application is not None and (application.is_live or application.state == "designated")
    return [
        drawn(version),
        checked(version, look, sent),
        applied(version, application, sent),
        decided(version, application, entry),
    ]


def drawn(version: AreaVersion | None) -> Step:
    hint = (
        f"Outline {version.number}, {version.hectares:,.1f} hectares."
        if version
        else "On the map, or from a file."
    )
    return {
        "text": "Draw the outline",
        "href": link("areas.draft", Act.DRAW),
        "done": bool(version),
        "hint": hint,
    }


def checked(version: AreaVersion | None, look: Look | None, sent: bool) -> Step:
    """Done when nothing is left to mend; who applies all the same has looked."""
    errors = sum(each.finding.severity == "error" for each in look.found) if look else 0
    things = "1 thing" if errors == 1 else f"{errors} things"
    if errors:
        hint = f"You applied with {things} left to settle." if sent else f"{things} to mend."
    else:
        hint = "Nothing to mend." if look else "What is found in it is said in words, with what to do."
    where = "areas.overlaps" if look and look.beside else "areas.draft"
    return {
        "text": "Look at what was found",
        "href": link(where, Act.DRAW),
        "done": bool(version) and (sent or not errors),
        "open": bool(version),
        "hint": hint,
    }


def applied(version: AreaVersion | None, application: Application | None, sent: bool) -> Step:
    authority = g.space.authority.name if g.space.authority else "your authority"
    hint = f"{authority} is asked to designate the area."
    if application is not None and not sent:
        hint = f"Your application of {clock.uk(application.at):%-d %B %Y} was {application.state}. You can apply again."
    elif admission() is None:
        hint = f"{authority} has to admit {g.space.name} first."
    href = link("areas.apply", Act.APPLY) if version and not sent else ""
    return {"text": "Apply for the area", "href": href, "done": sent, "hint": hint}


def decided(
    version: AreaVersion | None, application: Application | None, entry: RegisterEntry | None
) -> Step:
    outlined = application if application is not None and application.is_live else version
    if entry is not None and entry.designated_on:
        hint = f"Designated on {entry.designated_on:%-d %B %Y}."
    elif application is not None and application.state == "contested":
        hint = "It is contested: the authority settles it first."
    elif outlined is not None and duties.whole_parish(g.space, outlined.geometry):
        hint = "This is the whole of your parish, which the authority designates without publicity (regulation 5A)."
    else:
        hint = "The authority publicises the application for at least six weeks, and decides."
    return {
        "text": "The authority decides",
        "href": "",
        "done": bool(entry and entry.designated_on),
        "hint": hint,
    }


def link(endpoint: str, act: Act) -> str:
    return url_for(endpoint) if doors.may(act) else ""
