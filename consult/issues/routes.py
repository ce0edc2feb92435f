"""Issues and the replies to them: one blueprint."""

from flask import Flask

from consult.issues import deciding_pages as deciding_pages  # their pages join these
from consult.issues import gathering_pages as gathering_pages
from consult.issues import progress as progress  # how far the answers have come, for the floor below
from consult.issues.pages import pages
from consult.issues.words import OUTCOMES, TONES


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.globals.update(outcomes=OUTCOMES, outcome_tones=TONES)
