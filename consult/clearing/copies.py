"""What is held about somebody, as a folder to hand to them: once for people to read, once for machines."""

import io
import json
import zipfile
from typing import Any

from flask import current_app

from consult import audit, clock
from consult.clearing.holdings import Holdings
from consult.spaces.models import standing

TABLES = {
    "response": "Responses",
    "answer": "Answers",
    "place": "Places",
    "answer_translation": "What was written, in English",
    "point": "Which parts of it were read as points of their own",
    "answer_file": "Files that came with a response",
    "held_file": "Files of a response that was not sent",
    "draft": "What was typed into the form",
    "scan": "Pictures of paper forms",
    "setting_aside": "Why a response is not counted",
    "replacement": "Responses that took the place of others",
    "second_check": "Second checks of what was typed in",
    "clearance": "What was decided about publishing it",
    "redaction": "What is taken out of it before it is published",
    "hiding": "When it was hidden from the public, and why",
    "campaign": "The response that a standard letter was found in",
    "campaign_step": "Whether it was taken for a standard letter of several people",
    "petition": "Responses that several people signed",
    "signatory": "Names on a petition",
    "network": "From which network it was sent, as a code that means nothing elsewhere",
    "flagged": "Whether the way it came looked unusual",
    "assignment": "That it was given to somebody to read",
    "decision_mail": "When they were told of the decision about the plan",
    "deed": "What was done with it, and when",
    "erasure": "What was erased",
    "follower": "Asked to be kept told",
    "consultee": "On the list of those who are consulted",
    "notice": "Notices that were sent",
    "mail": "Mails",
}


def zipped(held: Holdings) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read-me-first.html", page_of(held))
        archive.writestr("data.json", json.dumps(machine_readable(held), ensure_ascii=False, indent=1))
        for name, data in held.files.items():
            archive.writestr(name, data)
    return content.getvalue()


def machine_readable(held: Holdings) -> dict[str, Any]:
    about = {"held_by": standing().name, "asked": held.asked, "as_of": clock.now().isoformat()}
    return about | {"rows": held.rows, "also_mentioned": held.mentions}


def page_of(held: Holdings) -> str:
    """Without what a page knows of whoever is looking."""
    template = current_app.jinja_env.get_template("clearing/copy.html")
    named = [
        (TABLES.get(table) or table.replace("_", " ").capitalize(), rows) for table, rows in held.rows.items()
    ]
    return template.render(
        body=standing().name, held=held, named=named, as_of=clock.uk(clock.now()), ours=("id", "key")
    )


def record(held: Holdings, by: Any) -> None:
    """That a copy was given. The address itself is not kept: the record outlives an erasure."""
    rows = sum(map(len, held.rows.values()))
    audit.record("personal_data.copied", ", ".join(held.references) or "an email address", by=by, rows=rows)
