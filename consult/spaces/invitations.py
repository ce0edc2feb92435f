"""Inviting somebody by email. The link is kept as a hash, works once, for two weeks, and for that address alone:
whoever holds it must have signed in as the person who was meant (anyone can, by a code mailed to that address)."""

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, url_for

from consult import audit, clock, mail, tenancy
from consult.access import Act, needs, signed_in
from consult.accounts import sessions
from consult.accounts.models import Person
from consult.accounts.sessions import hashed
from consult.database import alone, db
from consult.spaces.forms import InviteForm
from consult.spaces.models import Invitation, Membership, Space
from consult.spaces.pages import pages
from consult.web import errors

LASTS = timedelta(days=14)
A_DAY = timedelta(days=1)
A_DAY_ADMITTED, A_DAY_WAITING = 50, 5  # a body that nobody has admitted yet is a stranger
WORN = "This invitation has been used, withdrawn, or is older than two weeks. Ask for a new one."


def waiting_invitations() -> list[Invitation]:
    """The invitations of the space we stand in that still work."""
    still = sa.select(Invitation).where(Invitation.accepted.is_(None), Invitation.withdrawn.is_(None))
    return list(
        db.session.scalars(still.where(Invitation.at > clock.now() - LASTS).order_by(Invitation.email))
    )


def invite(space: Space, email: str, role: str, by: Person | None) -> str:
    """Sends an invitation to the space we stand in and answers its link; an earlier one to the same address ends."""
    for earlier in waiting_invitations():
        if earlier.email == email:
            earlier.withdrawn = clock.now()
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email, role=role, token_hash=hashed(token), by_id=by.id if by else None, at=clock.now()
    )
    db.session.add(invitation)
    link = mail.link("spaces.accept", space=space, token=token)
    mail.write(
        email,
        "invitation",
        f"{space.name} invites you",
        by=f"{by.display_name} ({by.email})" if by else "The operator of this service",
        space=space,
        role=role,
        email=email,
        until=f"{clock.uk(invitation.at + LASTS):%-d %B %Y}",
        link=link,
    )
    audit.record("member.invited", email, by=by, role=role)
    db.session.flush()
    return link


@pages.route("/<space:space>/members/invitation", methods=["GET", "POST"])
@needs(Act.MANAGE_MEMBERS)
def invite_member() -> Any:
    form = InviteForm()
    form.offer(g.space.kind)
    if form.validate_on_submit() and is_member(form.email.data):
        form.email.errors = [
            f"{form.email.data} works here already. To change a role, go back to the members."
        ]
    if form.is_submitted() and not form.errors and (refusal := too_many()):
        form.email.errors = [refusal]
    if not form.is_submitted() or form.errors:
        return render_template("spaces/invite.html", form=form), 422 if form.errors else 200
    invite(g.space, form.email.data, form.role.data, sessions.me())
    flash(f"An invitation is on its way to {form.email.data}.", "success")
    return redirect(url_for("spaces.members"), 303)


def too_many() -> str:
    """Why no more may be sent today; empty while they may. Else anybody could start a space and mail strangers."""
    since = clock.now() - A_DAY
    mine = sa.select(Invitation.id).where(Invitation.by_id == sessions.me().id, Invitation.at > since)
    most = A_DAY_ADMITTED if g.space.is_open else A_DAY_WAITING
    if len(db.session.scalars(mine.limit(most)).all()) < most:
        return ""
    return f"You have sent {most} invitations in a day, which is the limit: send the others tomorrow."


def is_member(email: str) -> bool:
    members = (
        sa.select(Membership).join(Person).where(Membership.space_id == tenancy.here(), Person.email == email)
    )
    return db.session.scalar(members.where(Membership.ended.is_(None))) is not None


@pages.post("/<space:space>/members/invitations/<uuid:invitation_id>/withdrawal")
@needs(Act.MANAGE_MEMBERS)
def withdraw_invitation(invitation_id: UUID) -> Any:
    invitation = db.session.scalar(sa.select(Invitation).where(Invitation.id == invitation_id)) or abort(404)
    if invitation.accepted is None and invitation.withdrawn is None:
        invitation.withdrawn = clock.now()
        audit.record("invitation.withdrawn", invitation.email, by=sessions.me())
        flash(f"The invitation to {invitation.email} no longer works.", "success")
    return redirect(url_for("spaces.members"), 303)


@pages.route("/<space:space>/invitations/<token>", methods=["GET", "POST"])
@signed_in
def accept(token: str) -> Any:
    """Looking at an invitation changes nothing: mail scanners open links too."""
    invitation = db.session.scalar(
        sa.select(Invitation).where(Invitation.token_hash == hashed(token))
    ) or abort(404)
    form = InviteForm()
    if not form.is_submitted():
        return page_of(invitation)
    alone(f"members of {g.space.id}")
    if not works(invitation):
        return errors.page(410, WORN)
    if invitation.email != sessions.me().email:
        return page_of(invitation)
    take_up(invitation, sessions.me())
    flash(f"You work with {g.space.name} now.", "success")
    return redirect(f"/{g.space.path}/", 303)


def page_of(invitation: Invitation) -> Any:
    if not works(invitation):
        return errors.page(410, WORN)
    is_theirs = invitation.email == sessions.me().email
    status = 200 if is_theirs or not InviteForm().is_submitted() else 409
    return render_template("spaces/invitation.html", invitation=invitation, is_theirs=is_theirs), status


def works(invitation: Invitation) -> bool:
    unused = invitation.accepted is None and invitation.withdrawn is None
    return unused and invitation.at > clock.now() - LASTS


def take_up(invitation: Invitation, person: Person) -> None:
    """Makes the membership; whoever works here already keeps the role they have."""
    invitation.accepted = clock.now()
    if not is_member(person.email):
        db.session.add(Membership(person_id=person.id, role=invitation.role))
        audit.record("member.joined", person.display_name, by=person, role=invitation.role)
    db.session.flush()
