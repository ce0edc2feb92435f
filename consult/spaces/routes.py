"""The front page, the pages about the service, and the home of each space."""

from typing import Any

import sqlalchemy as sa
from flask import Flask, g, jsonify, render_template

from consult.access import Act, public
from consult.database import db
from consult.spaces import account as account
from consult.spaces import bodies as bodies
from consult.spaces import founding as founding
from consult.spaces import home, navigation, trying_out
from consult.spaces import invitations as invitations
from consult.spaces import members as members
from consult.spaces import milestone_pages as milestone_pages
from consult.spaces import milestones as milestones
from consult.spaces import operator as operator
from consult.spaces import road as road
from consult.spaces import sealing as sealing
from consult.spaces import settings as settings
from consult.spaces import suspension_pages as suspension_pages
from consult.spaces.models import Space
from consult.spaces.pages import by_authority, pages
from consult.web.languages import speaks


@pages.get("/")
@public
@speaks
def front() -> str:
    spaces = [s for s in db.session.scalars(sa.select(Space).order_by(Space.name)) if s.is_open]
    return render_template("spaces/front.html", districts=by_authority(spaces), panels=home.panels("front"))


@pages.get("/<space:space>/")
@public
@speaks
def show() -> str:
    shown = g.space.is_open or g.membership is not None
    panels = home.panels() if shown else []
    return render_template("spaces/home.html", panels=panels, authority=g.space.authority, shown=shown)


@pages.get("/privacy")
@public
@speaks
def privacy() -> str:
    return render_template("spaces/privacy.html")


@pages.get("/accessibility")
@public
@speaks
def accessibility() -> str:
    return render_template("spaces/accessibility.html")


@pages.get("/healthz")
@public
def health() -> Any:
    """200 while the database answers (`web/errors.py` turns a silent one into 503)."""
    db.session.scalar(sa.select(Space.id).limit(1))
    return jsonify(status="ok")


def init_app(app: Flask) -> None:
    navigation.add("Bodies", "spaces.bodies", order=70, act=Act.ADMIT, kinds=("authority",))
    navigation.add("Members", "spaces.members", order=80, act=Act.LOOK)
    navigation.add("Settings", "spaces.settings", order=90, act=Act.CHANGE_SETTINGS)
    navigation.init_app(app)
    app.register_blueprint(pages)
    if app.config["SETTINGS"].demo:
        app.register_blueprint(trying_out.pages)
