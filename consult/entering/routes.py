"""Typing in what came on paper, its second check, and bringing in a file: one blueprint."""

from flask import Flask

from consult.entering import batches as batches  # their pages join these
from consult.entering import bringing as bringing
from consult.entering import checking as checking
from consult.entering import keying as keying
from consult.entering import scans as scans
from consult.entering.pages import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
