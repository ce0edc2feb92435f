"""`flask operators invite` and `flask officers invite`: the first people of a new service."""

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import AppGroup

from consult import audit, mail, tenancy
from consult.access import Role
from consult.accounts.models import Operator, Person
from consult.database import db, unit_of_work
from consult.spaces.forms import SLUG
from consult.spaces.invitations import invite
from consult.spaces.models import Space
from consult.spaces.sealing import commands as of_the_audit
from consult.web.emails import is_email
from consult.web.errors import Refused

operators = AppGroup("operators", help="Those who run the service.")
officers = AppGroup("officers", help="An authority's planning officers.")


def checked(email: str) -> str:
    if not is_email(email):
        raise Refused(f"“{email}” is not an email address. Write it like name@example.org.")
    return email.strip().casefold()


@operators.command("invite")
@click.argument("email")
def invite_operator(email: str) -> None:
    """Makes EMAIL an operator; they sign in by a code mailed to that address."""
    email = checked(email)
    with unit_of_work():
        person = db.session.scalar(sa.select(Person).where(Person.email == email)) or Person(email=email)
        db.session.add(person)
        db.session.flush()
        if person.operator is None:
            person.operator = Operator()
            audit.record_operator("operator.invited", email=email)
        link = mail.link("security.login")
        mail.write(email, "operator", "You are an operator of Consult", link=link)
    click.echo(f"{email} is an operator. They sign in at {link}")


@officers.command("invite")
@click.argument("authority")
@click.argument("email")
@click.option("--name", default="", help="Makes the authority, under this name, when there is none yet.")
def invite_officer(authority: str, email: str, name: str) -> None:
    """Invites EMAIL to be an officer of AUTHORITY (its slug)."""
    email = checked(email)
    with unit_of_work():
        space = authority_called(authority, name)
        with tenancy.inside(space.id):
            link = invite(space, email, str(Role.OFFICER), by=None)
    click.echo(f"{email} is invited. The invitation, which works once: {link}")


def authority_called(slug: str, name: str) -> Space:
    space = db.session.scalar(sa.select(Space).where(Space.slug == slug))
    if space is not None and space.deleted:
        raise Refused(f"“{slug}” was {space.name}, which has been deleted: an address is never given again.")
    if space is not None and not space.is_authority:
        raise Refused(f"“{slug}” is {space.name}, which is not an authority.")
    if space is None and not name.strip():
        raise Refused(f"There is no authority “{slug}”. To make it, add --name and its full name.")
    if space is None:
        if not SLUG.fullmatch(slug):
            raise Refused(
                f"“{slug}” cannot be an address: use small letters, numbers and hyphens, like northam."
            )
        space = Space(slug=slug, kind="authority", name=" ".join(name.split())[:100])
        db.session.add(space)
        db.session.flush()
        audit.record_operator("authority.made", slug=slug, name=space.name)
    return space


def init_app(app: Flask) -> None:
    app.cli.add_command(operators)
    app.cli.add_command(officers)
    app.cli.add_command(of_the_audit)
