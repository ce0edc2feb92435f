"""How the service does: in plain words for its operator, and as numbers for a machine that watches it."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, current_app, render_template, request

from consult.access import operator_only, public
from consult.accounts import sessions
from consult.operating import measures
from consult.operating.pages import pages

MINUTE, HOUR, DAY = 60, 3600, 86400
GB = 1e9
PASSED_ON = ("forwarded", "via", "x-forwarded-", "x-real-ip", "cf-")  # what proxies and tunnels add
TEXT = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus' exposition format
MEANT = {
    "consult_jobs_waiting": "Jobs in the outbox that are due.",
    "consult_jobs_oldest_seconds": "How long the first of them has waited.",
    "consult_jobs_failed": "Jobs that were given up.",
    "consult_mails_waiting": "Mails that have not left yet.",
    "consult_mails_failed": "Mails that were given up.",
    "consult_database_bytes": "The size of the database.",
    "consult_disk_free_bytes": "What is free where DATA_DIR lies.",
    "consult_backup_age_seconds": "Since the last backup; absent before the first.",
    "consult_responses": "Responses accepted, in all spaces.",
}


@dataclass(frozen=True)
class Sign:
    """One thing that is well, or that wants looking at."""

    about: str
    words: str
    well: bool
    do: str = ""


def signs(now: measures.Service) -> list[Sign]:
    return [of_work(now), of_failures(now), of_mail(now), of_backups(now), of_room(now)]


def of_work(now: measures.Service) -> Sign:
    words = f"{now.waiting:,} jobs are due" if now.waiting else "Nothing waits"
    late = now.oldest > 5 * MINUTE
    if now.waiting:
        words += f", the first for {lasting(now.oldest)}"
    return Sign("Work that waits", words, not late, "Is “flask work” running?" if late else "")


def of_failures(now: measures.Service) -> Sign:
    words = f"{now.failed:,} were given up" if now.failed else "None was given up"
    return Sign("Jobs", words, not now.failed, "The worker’s log says why." if now.failed else "")


def of_mail(now: measures.Service) -> Sign:
    words = f"{now.mails_waiting:,} have not left yet, {now.mails_failed:,} were given up"
    return Sign("Mail", words, not now.mails_failed, "Look at SMTP_URL." if now.mails_failed else "")


def of_backups(now: measures.Service) -> Sign:
    if now.since_backup is None:
        return Sign("Backup", "None was made yet", False, "Run “flask backup FILE” every day.")
    late = now.since_backup > 2 * DAY
    words = f"The last was made {lasting(now.since_backup)} ago"
    return Sign("Backup", words, not late, "Run “flask backup FILE” every day." if late else "")


def of_room(now: measures.Service) -> Sign:
    short = now.disk_free < max(2 * now.database, 2 * GB)
    words = f"The database has {now.database / GB:,.2f} GB; {now.disk_free / GB:,.1f} GB are free"
    return Sign("Room", words, not short, "A restore needs twice the size of the database." if short else "")


def lasting(seconds: float) -> str:
    """A length of time, roughly, as people say it."""
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= unit:
            number = int(seconds // unit)
            return f"{number:,} {name}{'' if number == 1 else 's'}"
    return "less than a minute"


@pages.get("/operator/health")
@operator_only
def health() -> str:
    now = measures.service(sessions.me().id)
    return render_template("operating/health.html", signs=signs(now), now=now)


@pages.get("/metrics")
@public
def metrics() -> Response:
    """Counts of the service alone: no person and no space is named. For whoever has the token, or for this machine."""
    if not may_read():
        abort(404)
    person = sessions.whoever()
    numbers = values(measures.service(person.id if person else None))
    lines = [
        f"# HELP {name} {MEANT[name]}\n# TYPE {name} gauge\n{name} {value}\n"
        for name, value in numbers.items()
        if value is not None
    ]
    return Response("".join(lines), content_type=TEXT, headers={"Cache-Control": "no-store"})


def values(now: measures.Service) -> dict[str, Any]:
    said = (now.waiting, round(now.oldest, 1), now.failed, now.mails_waiting, now.mails_failed, now.database)
    rest = (now.disk_free, None if now.since_backup is None else round(now.since_backup), now.responses)
    return dict(zip(MEANT, (*said, *rest), strict=True))


def may_read() -> bool:
    token = current_app.config["SETTINGS"].metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return secrets.compare_digest(given.encode(), f"Bearer {token}".encode())
    # What a proxy on this machine passes on comes from here as well, and says so.
    passed_on = any(name.lower().startswith(PASSED_ON) for name in request.headers.keys())  # noqa: SIM118
    return request.remote_addr in ("127.0.0.1", "::1") and not passed_on
