"""One's own account: making one, the code by mail, name, devices."""

from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)

from consult import clock
from consult.access import public, signed_in
from consult.accounts import codes, sessions
from consult.accounts.forms import CodeForm, NameForm, SignUpForm
from consult.accounts.models import Person, SignIn
from consult.database import alone, db

pages = Blueprint("accounts", __name__)
SENT = "We have sent a mail to that address. Enter the code from it here: it works for ten minutes."


def next_page() -> str:
    """Where somebody wanted to go: kept from page to page, and only ever a path of ours."""
    wanted = request.values.get("next", "")
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if ours and len(wanted) < 500 else ""


@pages.route("/account/new", methods=["GET", "POST"])
@public
def sign_up() -> Any:
    """Makes an account. Whether there was one already is said by mail alone."""
    form = SignUpForm()
    if not form.validate_on_submit():
        return render_template(
            "accounts/sign_up.html", form=form, next=next_page()
        ), 422 if form.errors else 200
    alone("accounts")
    email, name = form.email.data, form.name.data
    if find(email) is None:
        db.session.add(Person(email=email, name=name))
        db.session.flush()
    return code_on_its_way(email)


def find(email: str) -> Person | None:
    found: Person | None = current_app.extensions["security"].datastore.find_user(
        case_insensitive=True, email=email
    )
    return found


def code_on_its_way(email: str) -> Any:
    codes.send_to(email)
    session["code_for"] = email
    flash(SENT, "success")
    return redirect(url_for("security.login", next=next_page() or None), 303)


@pages.post("/sign-in/code")
@public
def code() -> Any:
    form = CodeForm()
    if not form.validate():
        return render_template("accounts/code.html", form=form, next=next_page()), 422
    return code_on_its_way(form.identity.data)


@pages.post("/sign-in/again/code")
@signed_in
def code_again() -> Any:
    codes.send(sessions.me())
    flash(SENT, "success")
    return redirect(url_for("security.us_verify", next=next_page() or None), 303)


@pages.route("/account/name", methods=["GET", "POST"])
@signed_in
def name() -> Any:
    person = sessions.me()
    form = NameForm(obj=person)
    if not form.validate_on_submit():
        return render_template("accounts/name.html", form=form), 422 if form.errors else 200
    person.name = form.name.data
    flash("Your name is changed.", "success")
    return redirect("/account", 303)


@pages.get("/account/devices")
@signed_in
def devices() -> str:
    open_ones = [(sign_in, sessions.is_this_one(sign_in)) for sign_in in sessions.open_ones(sessions.me())]
    return render_template("accounts/devices.html", sign_ins=open_ones)


@pages.post("/account/devices/<uuid:sign_in_id>/ending")
@signed_in
def end_device(sign_in_id: UUID) -> Any:
    sign_in = db.session.get(SignIn, sign_in_id)
    if sign_in is None or sign_in.person_id != sessions.me().id:
        abort(404)
    if sign_in.ended is None:
        sign_in.ended = clock.now()
    flash("That device is signed out.", "success")
    return redirect(url_for("accounts.devices"), 303)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
