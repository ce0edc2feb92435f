from flask import Blueprint, Flask, render_template

from consult.access import signed_in

pages = Blueprint("accounts", __name__)


@pages.get("/account")
@signed_in
def account() -> str:
    return render_template("accounts/account.html")


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
