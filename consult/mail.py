"""Mail leaves through the outbox: by SMTP, or as files under DATA_DIR/mail where no server is set."""

import os
import smtplib
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, has_request_context, request

from consult import jobs


def send(to: str, subject: str, text: str) -> jobs.Job:
    return jobs.post("mail", {"to": to, "subject": subject, "text": text})


def write(to: str, template: str, subject: str, **context: Any) -> jobs.Job:
    """Sends `templates/mail/<template>.txt`, which is given `context`."""
    text = current_app.jinja_env.get_template(f"mail/{template}.txt").render(
        **context
    )  # commands have no request
    return send(to, subject, text)


def link(endpoint: str, **values: Any) -> str:
    """An address for a mail. It stands on the configured host where there is one: a request's own could be forged."""
    server_name = current_app.config["SETTINGS"].server_name
    if server_name:
        scheme, host = "https", server_name
    elif has_request_context():
        scheme, host = request.scheme, request.host
    else:
        scheme, host = "http", f"127.0.0.1:{os.environ.get('PORT') or 5000}"
    return current_app.url_map.bind(host, url_scheme=scheme).build(endpoint, values, force_external=True)


@jobs.handler("mail")
def deliver(job: jobs.Job) -> dict[str, Any]:
    settings = current_app.config["SETTINGS"]
    message = written(job, sender=current_app.config["MAIL_SENDER"])
    if settings.smtp_url:
        by_smtp(message, settings.smtp_url)
        return {"sent": "by SMTP"}
    path = folder() / f"{job.posted:%Y%m%d-%H%M%S}-{job.id}.eml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(message.as_bytes())
    return {"sent": path.name}


def folder() -> Path:
    """Where mail lies that no server takes."""
    return Path(current_app.config["SETTINGS"].data_dir) / "mail"


def written(job: jobs.Job, sender: str) -> EmailMessage:
    """The same job always writes the same message: its id lets a mail server drop a second copy."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = job.payload["to"]
    message["Subject"] = " ".join(job.payload["subject"].split())
    message["Message-ID"] = f"<{job.id}@consult>"
    message["Date"] = job.posted
    message.set_content(job.payload["text"])
    return message


def by_smtp(message: EmailMessage, url: str) -> None:
    """`smtp://user:password@host:port`, or `smtps://` for a connection that is encrypted from its start."""
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(
        parts.hostname or "localhost", parts.port or (465 if parts.scheme == "smtps" else 25), timeout=30
    ) as server:
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
