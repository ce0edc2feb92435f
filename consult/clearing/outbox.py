"""The mails to one address that this space has sent, or would: found, and forgotten."""

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from consult import clock, mail
from consult.database import db
from consult.jobs import Job
from consult.tenancy import here

NOTHING = {"to": "", "subject": "", "text": ""}
LINK = re.compile(r"https?://\S+")


def mails_to(email: str) -> Iterator[Job]:
    """Oldest first."""
    mentions = sa.cast(Job.payload, sa.Text).icontains(email, autoescape=True)
    asked = sa.select(Job).where(Job.kind == "mail", Job.space_id == here(), mentions).order_by(Job.posted)
    for job in db.session.scalars(asked):
        if str(job.payload.get("to", "")).casefold() == email.casefold():
            yield job


def forget(email: str) -> None:
    """What was sent is no longer kept, here or as a file; what waits is not sent."""
    for job in list(mails_to(email)):
        job.error = ""  # a mail server repeats the address that it refuses
        if job.done is None and job.given_up is None:
            job.given_up, job.error = clock.now(), "Whoever it was for has been erased."
        kept = str((job.result or {}).get("sent", ""))
        if kept.endswith(".eml"):
            (mail.folder() / kept).unlink(missing_ok=True)
        job.payload = dict(NOTHING)


def told(job: Job) -> dict[str, Any]:
    """A mail as its receiver may see it again; its words go once it has left. Without its links: they open what is the
    receiver's alone, and a copy passes through other hands."""
    return {
        "subject": job.payload.get("subject", ""),
        "text": LINK.sub("[link]", job.payload.get("text", "")),
        "posted": job.posted.isoformat(),
        "sent": job.done is not None,
    }
