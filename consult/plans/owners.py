"""What the owners of a local green space were told: kept by those who write the plan, and never public."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.database import db
from consult.plans.forms import OwnerContactForm
from consult.plans.models import change_alone, latest_version
from consult.plans.pages import pages, site_of
from consult.plans.sites import OwnerContact, Site

ONE = "/<space:space>/plan/sites/<reference>/owner-contacts/<uuid:id>"


@pages.route("/<space:space>/plan/sites/<reference>/new-owner-contact", methods=["GET", "POST"])
@needs(Act.DRAW)
def add_owner_contact(reference: str) -> Any:
    found = site_of(latest_version(), reference)
    form = OwnerContactForm()
    if not form.validate_on_submit():
        return page(form, found)
    change_alone()
    found = site_of(latest_version(), reference)
    db.session.add(OwnerContact(site_id=found.land_id, by_id=me().id, **form.words))
    return noted("plan.owner_contacted", found)


@pages.route(ONE, methods=["GET", "POST"])
@needs(Act.DRAW)
def edit_owner_contact(reference: str, id: UUID) -> Any:
    found = site_of(latest_version(), reference)
    contact = found.contact(id) or abort(404)
    form = OwnerContactForm(contact)
    if not form.validate_on_submit():
        return page(form, found, contact)
    for name, value in form.words.items():
        setattr(contact, name, value)
    return noted("plan.owner_contact_changed", found)


@pages.post(f"{ONE}/removal")
@needs(Act.DRAW)
def remove_owner_contact(reference: str, id: UUID) -> Any:
    found = site_of(latest_version(), reference)
    db.session.delete(found.contact(id) or abort(404))
    return noted("plan.owner_contact_removed", found)


def page(form: OwnerContactForm, found: Site, contact: OwnerContact | None = None) -> Any:
    shown = render_template("plans/owner_contact.html", form=form, site=found, contact=contact)
    return shown, 422 if form.errors else 200


def noted(act: str, found: Site) -> Any:
    """The deed names the land and not the owner: deeds outlive what is erased."""
    audit.record(act, found.title, by=me())
    flash("The record of the owner is up to date.", "success")
    return redirect(url_for("plans.site", reference=found.reference, _anchor="owner"), 303)
