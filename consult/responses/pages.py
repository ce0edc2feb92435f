"""The pages of responses; `routes.py` and `members.py` add theirs to it."""

from flask import Blueprint

pages = Blueprint("responses", __name__)
