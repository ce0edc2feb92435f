"""Who works in a space: their roles, and leaving. Somebody always leads it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, url_for

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts import sessions
from consult.database import alone, db
from consult.spaces.forms import RoleForm
from consult.spaces.invitations import waiting_invitations
from consult.spaces.models import Membership, Space
from consult.spaces.pages import pages
from consult.web.errors import Refused


def members_of(space: Space) -> list[Membership]:
    now = sa.select(Membership).where(Membership.space_id == space.id, Membership.ended.is_(None))
    return sorted(db.session.scalars(now), key=lambda m: m.person.display_name.casefold())


@pages.get("/<space:space>/members")
@needs(Act.LOOK)
def members() -> str:
    return render_template(
        "spaces/members.html", members=members_of(g.space), invitations=waiting_invitations(), now=clock.now()
    )


def one(membership_id: UUID) -> Membership:
    """The membership, with nobody else changing any of this space meanwhile."""
    alone(f"members of {g.space.id}")
    found = sa.select(Membership).where(Membership.space_id == g.space.id, Membership.id == membership_id)
    membership = db.session.scalar(found.where(Membership.ended.is_(None)))
    if membership is None:
        abort(404)
    return membership


def somebody_else_leads(membership: Membership) -> bool:
    leading = str(g.space.leading_role)
    return membership.role != leading or any(
        m.role == leading and m.person.active for m in members_of(g.space) if m.id != membership.id
    )


def keep_a_leader(membership: Membership) -> None:
    if not somebody_else_leads(membership):
        role = g.space.leading_role
        raise Refused(
            f"{membership.person.display_name} is the only {role} of {g.space.name}. Make somebody else {role} first."
        )


@pages.route("/<space:space>/members/<uuid:membership_id>/role", methods=["GET", "POST"])
@needs(Act.MANAGE_MEMBERS)
def role(membership_id: UUID) -> Any:
    found = sa.select(Membership).where(Membership.space_id == g.space.id, Membership.id == membership_id)
    membership = db.session.scalar(found.where(Membership.ended.is_(None))) or abort(404)
    form = RoleForm(role=membership.role)
    form.offer(g.space.kind)
    if not form.validate_on_submit():
        return render_template("spaces/role.html", form=form, member=membership), 422 if form.errors else 200
    membership = one(membership_id)
    if form.role.data != membership.role:
        keep_a_leader(membership)
        who = membership.person.display_name
        audit.record("member.role_changed", who, by=sessions.me(), was=membership.role, now=form.role.data)
        membership.role = form.role.data
        flash(f"{who} is {membership.role} now.", "success")
    return redirect(url_for("spaces.members"), 303)


@pages.post("/<space:space>/members/<uuid:membership_id>/ending")
@needs(Act.MANAGE_MEMBERS)
def end_membership(membership_id: UUID) -> Any:
    membership = one(membership_id)
    keep_a_leader(membership)
    membership.ended = clock.now()
    who = membership.person.display_name
    audit.record("member.removed", who, by=sessions.me(), role=membership.role)
    flash(f"{who} no longer works here.", "success")
    return redirect(
        url_for("spaces.members") if membership.person_id != sessions.me().id else "/account", 303
    )


@pages.post("/<space:space>/members/leaving")
@needs(Act.LOOK)
def leave() -> Any:
    membership = one(g.membership.id)
    keep_a_leader(membership)
    membership.ended = clock.now()
    audit.record("member.left", membership.person.display_name, by=sessions.me(), role=membership.role)
    flash(f"You no longer work with {g.space.name}.", "success")
    return redirect("/account", 303)
