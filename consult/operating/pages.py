"""The operator's pages, which several modules add theirs to."""

from flask import Blueprint

pages = Blueprint("operating", __name__)
