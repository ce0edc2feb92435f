"""Events that lie ahead, from the record of publicity: on the public pages, and as a file for people's calendars."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import sqlalchemy as sa
from flask import Response, abort, g, request, url_for

from consult import clock
from consult.access import public
from consult.consultations import words
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.consultations.publicity.publicising import EVENT, Publicity
from consult.database import db
from consult.spaces.home import Panel, panel

LONGEST_LINE = 75  # octets (RFC 5545, section 3.1)


def coming() -> list[tuple[Publicity, Consultation]]:
    """The events of the space we stand in that are not over, the next first; none of a draft."""
    today = clock.today()
    over = sa.func.coalesce(Publicity.to_day, Publicity.from_day)
    ahead = sa.select(Publicity).where(Publicity.kind == EVENT, over >= today).order_by(Publicity.from_day)
    events = list(db.session.scalars(ahead))
    known = {each.id: each for each in db.session.scalars(sa.select(Consultation))} if events else {}
    pairs = [(event, known[event.consultation_id]) for event in events]
    return [(event, about) for event, about in pairs if about.state() != "draft"]


@panel(order=25)
def coming_events() -> Panel | None:
    events = coming()
    return Panel("consultations/events_panel.html", {"events": events, "words": words}) if events else None


@pages.get(f"{ONE}/events.ics")
@public
def events_ics(reference: str) -> Response:
    consultation = found(reference)
    events = consultation.coming_events
    if consultation.state() == "draft" or not events:
        abort(404)
    page = url_for("consultations.show", reference=reference, _external=True)
    answer = Response(calendar(events, page), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{reference}-events.ics"'
    return answer


def calendar(events: Iterable[Publicity], page: str) -> str:
    """Whole days, with the times in words: an organiser writes them as people say them (RFC 5545)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Consult//Events//EN"]
    for event in events:
        lines += ["BEGIN:VEVENT", *lines_of(event, page), "END:VEVENT"]
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def lines_of(event: Publicity, page: str) -> Iterator[str]:
    yield f"UID:{event.id.hex}@{request.host.partition(':')[0]}"
    yield f"DTSTAMP:{event.at:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.from_day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.until + timedelta(days=1):%Y%m%d}"  # the first day after it
    yield f"SUMMARY:{text(', '.join(filter(None, [event.what, event.times])))}"
    if event.where:
        yield f"LOCATION:{text(event.where)}"
    yield f"DESCRIPTION:{text(chr(10).join(filter(None, [g.space.name, event.times, event.access, page])))}"


def text(said: str) -> str:
    """What people wrote, as a value: no mark of it is one of the file's own."""
    for mark, instead in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\n"),
        ("\r", "\n"),
        ("\n", "\\n"),
    ):
        said = said.replace(mark, instead)
    return "".join(each for each in said if each.isprintable())


def folded(line: str) -> str:
    """Long lines go on in the next, after a space; no character is cut in two."""
    rows, row = [], b""
    for each in line:
        octets = each.encode()
        if len(row) + len(octets) > LONGEST_LINE:
            rows.append(row)
            row = b" "
        row += octets
    return "\r\n".join(part.decode() for part in [*rows, row])
