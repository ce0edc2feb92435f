"""The register as it stood on a day that anybody may name."""

from datetime import date

from flask import render_template, request

from consult import clock
from consult.access import public
from consult.areas import maps
from consult.areas.maps import Seen
from consult.areas.models import RegisterEntry
from consult.areas.pages import pages
from consult.areas.registering.history import on_the_register, status_on

NOT_A_DAY = "Enter a day that has been, such as 2026-01-31."


@pages.get("/register/on")
@public
def register_on() -> tuple[str, int]:
    """`?on=2026-01-31`; today where no day is named."""
    asked = request.args.get("on", "")
    on = day_of(asked) if asked else clock.today()
    entries = on_the_register(on) if on else []
    page = render_template(
        "areas/register_on.html",
        asked=asked,
        on=on,
        problem="" if on else NOT_A_DAY,
        rows=[(entry, status_on(entry, on)) for entry in entries] if on else [],
        map=the_map(entries, on) if on and entries else None,
    )
    return page, 200 if on else 422


def day_of(text: str) -> date | None:
    """A day up to today, as browsers and people write it; None where it is none."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found <= clock.today() else None


def the_map(entries: list[RegisterEntry], on: date) -> dict[str, object]:
    authorities = {entry.authority_id: entry.authority for entry in entries}
    ground = next(iter(authorities.values())) if len(authorities) == 1 else None
    seen = [
        Seen(entry.geometry, "area", "Designated", entry.name)
        if status_on(entry, on) == "designated"
        else Seen(entry.geometry, "draft", "Applied for", entry.name)
        for entry in entries
    ]
    extent = maps.extent_of([one.geometry for one in seen], None)
    caption = f"The register on {on:%-d %B %Y}"
    return maps.with_key(maps.on_map(extent, maps.together(seen), caption=caption, ground=ground), seen)
