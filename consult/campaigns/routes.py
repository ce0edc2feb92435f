"""Standard letters and petitions: one blueprint."""

from flask import Flask

from consult.campaigns import petition_pages as petition_pages  # their pages join these
from consult.campaigns import searching as searching  # its job joins the others
from consult.campaigns import working as working
from consult.campaigns.pages import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
