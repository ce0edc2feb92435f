"""Starting a space for a body: anybody signed in may; it waits for its authority before it opens to the public."""

import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template

from consult import audit, mail, tenancy
from consult.access import Role, signed_in
from consult.accounts import sessions
from consult.accounts.models import Person
from consult.database import alone, db
from consult.spaces.forms import StartForm
from consult.spaces.models import Membership, Space
from consult.spaces.pages import pages

LONGEST_SLUG = 63
AT_MOST_WAITING = 5  # spaces that one person has started and nobody has admitted
NOT_BODY_WORDS = re.compile(r"-(neighbourhood|planning|parish|town|forum|council|the)(?=-|$)")


@pages.route("/start", methods=["GET", "POST"])
@signed_in
def start() -> Any:
    form = StartForm()
    authorities = db.session.scalars(
        sa.select(Space).where(Space.kind == "authority", Space.deleted.is_(None)).order_by(Space.name)
    ).all()
    form.authority.choices = [("", "Choose one"), *((a.slug, a.name) for a in authorities)]
    if form.validate_on_submit():
        alone("slugs")
        slug = form.slug.data or free(proposed(form.name.data))
        if taken(slug):
            form.slug.errors = [f"“{slug}” is in use already. Choose another, for instance “{free(slug)}”."]
        elif len(waiting(sessions.me())) >= AT_MOST_WAITING:
            form.name.errors = [
                "You have started five spaces that nobody has admitted yet. Wait until one has been."
            ]
        else:
            authority = next(a for a in authorities if a.slug == form.authority.data)
            space = found(form.kind.data, form.name.data, slug, authority, sessions.me())
            flash(f"{space.name} has its space. {authority.name} has been told and can admit it.", "success")
            return redirect(f"/{space.path}/", 303)
    return render_template(
        "spaces/start.html", form=form, authorities=authorities
    ), 422 if form.errors else 200


def found(kind: str, name: str, slug: str, authority: Space, by: Person) -> Space:
    """Makes the space with `by` as its chair, and tells the authority's officers."""
    space = Space(kind=kind, name=name, slug=slug, authority_id=authority.id)
    db.session.add(space)
    db.session.flush()
    with tenancy.inside(space.id, by.id):
        db.session.add(Membership(person_id=by.id, role=str(Role.CHAIR)))
        audit.record("space.started", name, by=by, kind=kind)
        db.session.flush()
    with tenancy.inside(authority.id, by.id):
        for officer in leaders(authority):
            mail.write(
                officer.email,
                "body_waits",
                f"{name} waits to be admitted",
                person=officer,
                founder=by.display_name,
                space=space,
                authority=authority,
                link=mail.link("spaces.bodies", space=authority),
            )
        db.session.flush()
    return space


def leaders(space: Space) -> list[Person]:
    """The chairs of a body or the officers of an authority: whom to tell."""
    theirs = sa.select(Membership).where(
        Membership.space_id == space.id,
        Membership.role == str(space.leading_role),
        Membership.ended.is_(None),
    )
    return [membership.person for membership in db.session.scalars(theirs)]


def waiting(person: Person) -> list[Membership]:
    mine = (
        sa.select(Membership)
        .join(Space)
        .where(
            Membership.person_id == person.id, Membership.role == str(Role.CHAIR), Membership.ended.is_(None)
        )
    )
    return list(db.session.scalars(mine.where(Space.admitted.is_(None))))


def proposed(name: str) -> str:
    """An address made from a name: “Old Mill Neighbourhood Forum” is old-mill."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    short = NOT_BODY_WORDS.sub("", slug).removeprefix("the-")
    return (short or slug or "space")[:LONGEST_SLUG].strip("-")


def taken(slug: str) -> bool:
    return db.session.scalar(sa.select(Space.id).where(Space.slug == slug)) is not None


def free(slug: str) -> str:
    """`slug`, or the first of slug-2, slug-3 … that nobody has."""
    number, tried = 2, slug
    while taken(tried):
        tried = f"{slug[: LONGEST_SLUG - 4]}-{number}"
        number += 1
    return tried
