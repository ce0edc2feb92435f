"""The demo's own pages, which exist nowhere else: its mail, and signing in as its people with one click."""

import email
import email.policy
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, abort, redirect, render_template
from flask_security import login_user

from consult import mail, tenancy
from consult.access import public
from consult.accounts import sessions
from consult.accounts.models import Person
from consult.database import db
from consult.spaces.models import memberships_of

pages = Blueprint("trying_out", __name__)
MAILS_SHOWN = 100
MADE_UP = sa.or_(
    *(Person.email.like(f"%{end}") for end in (".example", "@example.org", ".example.org", "@example.com"))
)


@pages.get("/demo/mail")
@public
def mails() -> str:
    newest = sorted(mail.folder().glob("*.eml"), reverse=True)[:MAILS_SHOWN]
    return render_template("spaces/demo_mail.html", mails=[read(path.read_bytes()) for path in newest])


def read(content: bytes) -> dict[str, str]:
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "date": str(message["Date"]),
        "text": str(body.get_content()) if body is not None else "",
    }


@pages.get("/demo/sign-in")
@public
def people() -> str:
    """Those with made-up addresses: whoever tries the demo with an address of their own is left out."""
    found = (
        []
        if sessions.whoever()
        else list(db.session.scalars(sa.select(Person).where(MADE_UP).order_by(Person.name)))
    )
    return render_template("spaces/demo_people.html", people=[(person, where(person)) for person in found])


def where(person: Person) -> list[tuple[str, str]]:
    with tenancy.entered(tenancy.Scope(person_id=person.id)):
        return [(m.role, m.space.name) for m in memberships_of(person)]


@pages.post("/demo/sign-in/<uuid:person_id>")
@public
def sign_in_as(person_id: UUID) -> Any:
    person = db.session.scalar(sa.select(Person).where(Person.id == person_id, MADE_UP))
    if person is None:
        abort(404)
    login_user(person, authn_via=["demo"])
    return redirect("/account", 303)
