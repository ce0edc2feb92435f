"""One's own page: the spaces one works in, and the way to devices, name and password."""

import sqlalchemy as sa
from flask import render_template

from consult.access import signed_in
from consult.accounts import sessions
from consult.accounts.models import Person
from consult.database import db
from consult.spaces.models import Membership, Space
from consult.spaces.routes import pages


@pages.get("/account")
@signed_in
def account() -> str:
    person = sessions.me()
    return render_template(
        "spaces/account.html", memberships=memberships_of(person), devices=len(sessions.open_ones(person))
    )


def memberships_of(person: Person) -> list[Membership]:
    """Where a person works; to be asked where they stand as themselves, in no space."""
    mine = (
        sa.select(Membership).join(Space).where(Membership.person_id == person.id, Membership.ended.is_(None))
    )
    return list(db.session.scalars(mine.order_by(Space.name)))
