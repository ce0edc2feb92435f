"""A notice leaves through the outbox, at least once and recorded once: the same job always writes the same message, and
its delivery is one commit with the job's end."""

import smtplib
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app

from consult import clock, jobs, mail
from consult.accounts.models import Person
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.consulted.notices import BY_US, Delivery, Notice
from consult.database import db, new_id
from consult.spaces.models import standing
from consult.tenancy import here

LONGEST_REASON = 300


def queue(consultation: Any, consultee: Consultee, kind: str, by: Person | None) -> Notice:
    """Writes the notice and posts its job, in the transaction of the act that causes it."""
    due = due_of(consultation)
    subject, text = written(consultation, consultee, kind)
    known = sum(notice.kind == kind and notice.how == BY_US for notice in consultee.notices)
    notice = Notice(
        id=new_id(),
        consultee_id=consultee.id,
        key=f"{kind} {known + 1}",
        kind=kind,
        how=BY_US,
        to=consultee.email,
        subject=subject,
        text=text,
        due=due,
        by_id=by.id if by else None,
    )
    db.session.add(notice)
    about = {"notice": notice.id.hex, "to": notice.to, "subject": subject, "text": text}
    jobs.post("notice", about, due=due)
    return notice


def due_of(consultation: Any) -> datetime:
    """When what is written now may leave: at the opening, where that lies ahead."""
    opens = consultation.opening.at if consultation.opening else clock.now()
    return max(opens, clock.now())


def written(consultation: Any, consultee: Consultee, kind: str = "notice") -> tuple[str, str]:
    """Subject and words: what it is, under which regulation, from when to when, where, and whom to ask."""
    space = standing()
    text = current_app.jinja_env.get_template("mail/consultee.txt").render(
        consultation=consultation,
        consultee=consultee,
        kind=kind,
        space=space,
        link=mail.link("consultations.show", space=space, reference=consultation.reference),
        opens=due_of(consultation),
        uk=clock.uk,
        long=long,
    )
    subject = f"{'Reminder: ' if kind == 'reminder' else ''}{consultation.title} – {space.name}"
    return " ".join(subject.split()), text


def long(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"


@jobs.handler("notice")
def deliver(job: jobs.Job) -> dict[str, Any] | None:
    """Sends it, and records what became of it. What may go better later is tried again before it is called failed."""
    notice = db.session.get_one(Notice, (here(), UUID(hex=job.payload["notice"])))
    if notice.deliveries:
        return None
    outcome, reason = "sent", ""
    try:
        mail.deliver(job)
    except Exception as problem:
        if not (is_final(problem) or job.tries >= jobs.TRIES):
            raise
        outcome, reason = "failed", in_words(problem)
    db.session.add(Delivery(notice_id=notice.id, outcome=outcome, on=clock.today(), reason=reason))
    return {"outcome": outcome}


def is_final(problem: Exception) -> bool:
    """Whether the mail server, or we ourselves, will say the same however often it is tried."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code >= 500
    return isinstance(problem, mail.NotSent)


def in_words(problem: Exception) -> str:
    """A sentence for the record; what a mail server says is a stranger's, so no more of it than a line."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {plain(words)}" for code, words in problem.recipients.values())
    elif isinstance(problem, smtplib.SMTPResponseException):
        said = f"{problem.smtp_code} {plain(problem.smtp_error)}"
    elif isinstance(problem, mail.NotSent):
        return str(problem)[:LONGEST_REASON]
    else:
        return "The mail server could not be reached."
    return f"The mail server refused it: {said}"[:LONGEST_REASON]


def plain(words: Any) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
