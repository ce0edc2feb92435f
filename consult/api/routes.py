"""The API for programs: what a token opens. It only reads."""

from flask import Flask

from consult.api import everyone as everyone
from consult.api import figures as figures
from consult.api import openapi as openapi
from consult.api import releases as releases
from consult.api import responses as responses
from consult.api import spaces as spaces
from consult.api import token_pages
from consult.api.pages import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.register_blueprint(token_pages.pages)
