"""A consultation in words, for everyone who reads its page."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import format_date, gettext, ngettext

from consult import clock
from consult.consultations.models import Consultation

TONES = {
    "draft": "quiet",
    "announced": "waiting",
    "scheduled": "waiting",
    "open": "good",
    "closed": "closed",
    "results": "closed",
}


def status(state: str) -> tuple[str, str]:
    """The state in a word or two, and the tone of its tag: the same on every page."""
    words = {
        "draft": gettext("Draft"),
        "announced": gettext("Announced"),
        "scheduled": gettext("Scheduled"),
        "open": gettext("Open"),
        "closed": gettext("Closed"),
        "results": gettext("Results published"),
    }
    return words[state], TONES[state]


def day(value: date) -> str:
    return str(format_date(value, "d MMMM y"))


def moment(value: datetime) -> str:
    """“9:30am on 14 March 2027”; the end of a day is said as 11:59pm of that day."""
    uk = clock.uk(value)
    if (uk.hour, uk.minute, uk.second) == (0, 0, 0):
        return gettext("11:59pm on %(day)s", day=day(uk.date() - timedelta(days=1)))
    return gettext("%(time)s on %(day)s", time=clock_time(uk), day=day(uk.date()))


def beginning(value: datetime) -> str:
    """“14 March 2027”, with its time where that is not the start of the day."""
    uk = clock.uk(value)
    if (uk.hour, uk.minute) == (0, 0):
        return day(uk.date())
    return gettext("%(time)s on %(day)s", time=clock_time(uk), day=day(uk.date()))


def opens(consultation: Consultation) -> str:
    """When it opens, for one that has been announced and has not opened."""
    decided = consultation.opening.at if consultation.opening else None
    if consultation.scheduled:
        decided = consultation.scheduled.opens
    if decided:
        return gettext("Opens %(moment)s.", moment=beginning(decided))
    if consultation.opens:
        return gettext("Is meant to open %(moment)s.", moment=beginning(consultation.opens))
    return gettext("The day on which it opens will be given here.")


def clock_time(uk: datetime) -> str:
    return f"{uk.hour % 12 or 12}:{uk.minute:02}{'am' if uk.hour < 12 else 'pm'}"


def days_left(closes: datetime, now: datetime) -> str:
    left = (clock.last_day(closes) - clock.uk(now).date()).days
    if left <= 0:
        return gettext("Today is the last day")
    if left == 1:
        return gettext("Tomorrow is the last day")
    return ngettext("%(num)s day left", "%(num)s days left", left)


def timeline(consultation: Consultation, now: datetime) -> list[dict[str, Any]]:
    """What happened and what comes, for everyone: no names."""
    opens, closes = consultation.opens, consultation.closes
    decided = consultation.opening or consultation.scheduled
    events: list[dict[str, Any]] = []
    if consultation.announcement and consultation.announcement.at < (opens or now):
        events.append(event(gettext("Announced"), consultation.announcement.at, now))
    if opens and decided:
        events.append(
            event(
                gettext("Opened") if consultation.opening and opens <= now else gettext("Opens"), opens, now
            )
        )
    elif opens:
        events.append(event(gettext("Is meant to open"), opens, now) | {"state": "next"})
    for extension in consultation.extensions:
        told = gettext(
            "Until the end of %(day)s: %(reason)s", day=day(extension.last_day), reason=extension.reason
        )
        events.append(event(gettext("Extended"), extension.at, now) | {"text": told})
    if closes:
        events.append(event(gettext("Closed") if closes <= now else gettext("Closes"), closes, now, end=True))
    if consultation.results_since:
        events.append(event(gettext("Results published"), consultation.results_since, now))
    return events


def event(title: str, at: datetime, now: datetime, end: bool = False) -> dict[str, Any]:
    state = "done" if at <= now else "next"
    when = moment(at) if end else beginning(at)
    return {"title": title, "when": when, "datetime": at.isoformat(), "state": state}
