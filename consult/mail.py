"""Mail leaves through the outbox: by SMTP, or as files under DATA_DIR/mail where no server is set."""

import os
import re
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, has_request_context, request

from consult import jobs
from consult.settings import THIS_MACHINE, Settings

ONE_ADDRESS = re.compile(r"[^\s,;:<>()\[\]\"@]+@[^\s,;:<>()\[\]\"@]+")


class NotSent(RuntimeError):
    """A mail that must not leave as things are. `str(error)` is one plain sentence, which its job keeps."""


def send(to: str, subject: str, text: str) -> jobs.Job:
    return jobs.post("mail", {"to": to, "subject": subject, "text": text})


def write(to: str, template: str, subject: str, **context: Any) -> jobs.Job:
    """Sends `templates/mail/<template>.txt`, which is given `context`."""
    text = current_app.jinja_env.get_template(f"mail/{template}.txt").render(
        **context
    )  # commands have no request
    return send(to, subject, text)


def link(endpoint: str, **values: Any) -> str:
    """An address for a mail. It stands on the configured host where there is one, or else on this machine's: a
    request's own could be forged. The demo is shown under any name, such as a tunnel's, and believes none of them."""
    settings = current_app.config["SETTINGS"]
    if settings.server_name:
        seen = request.scheme if has_request_context() else "http"  # the demo is tried without a certificate
        scheme, host = seen if settings.demo else "https", settings.server_name
    elif has_request_context() and urlsplit(f"//{request.host}").hostname in THIS_MACHINE:
        scheme, host = request.scheme, request.host
    else:
        scheme, host = "http", f"127.0.0.1:{os.environ.get('PORT') or 5000}"
    return current_app.url_map.bind(host, url_scheme=scheme).build(endpoint, values, force_external=True)


@jobs.handler("mail")
def deliver(job: jobs.Job) -> dict[str, Any]:
    """Once it has left, its words go from the outbox: codes and links that are kept as hashes everywhere else."""
    sent = sent_by(
        current_app.config["SETTINGS"], written(job, sender=current_app.config["MAIL_SENDER"]), job
    )
    job.payload = job.payload | {"text": ""}
    return sent


def sent_by(settings: Settings, message: EmailMessage, job: jobs.Job) -> dict[str, Any]:
    if settings.smtp_url:
        by_smtp(message, settings.smtp_url)
        return {"sent": "by SMTP"}
    path = folder() / f"{job.posted:%Y%m%d-%H%M%S}-{job.id}.eml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(message.as_bytes())
    path.chmod(0o600)  # codes and links are in it
    return {"sent": path.name}


def folder() -> Path:
    """Where mail lies that no server takes."""
    return Path(current_app.config["SETTINGS"].data_dir) / "mail"


def written(job: jobs.Job, sender: str) -> EmailMessage:
    """The same job always writes the same message: its id lets a mail server drop a second copy."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = one_address(job.payload["to"])
    message["Subject"] = " ".join(job.payload["subject"].split())
    message["Message-ID"] = f"<{job.id}@consult>"
    message["Date"] = job.posted
    message.set_content(job.payload["text"])
    return message


def one_address(to: str) -> str:
    """A header can name several people, and a link to sign in with must reach one."""
    if not ONE_ADDRESS.fullmatch(to):
        raise NotSent(f"A mail goes to one address, and “{to}” is not one.")
    return to


def by_smtp(message: EmailMessage, url: str) -> None:
    """`smtp://user:password@host:port`, or `smtps://` for a connection that is encrypted from its start."""
    parts = urlsplit(url)
    trusted = ssl.create_default_context()
    with connected(parts.scheme, parts.hostname or "localhost", parts.port, trusted) as server:
        encrypted = parts.scheme == "smtps"
        if not encrypted and server.has_extn("starttls"):
            # Without a password there is nothing to steal: a certificate of the machine's own will do.
            server.starttls(context=trusted if parts.username else None)
            encrypted = True
        if parts.username:
            if not encrypted:
                raise NotSent(
                    f"{parts.hostname} offers no encryption, so the password in SMTP_URL is not sent to it: "
                    "give a server with STARTTLS, or smtps://."
                )
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def connected(scheme: str, host: str, port: int | None, trusted: ssl.SSLContext) -> smtplib.SMTP:
    if scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=30, context=trusted)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=30)
    server.ehlo()
    return server
