"""What looks unusual: one blueprint."""

from flask import Flask

from consult.flags import erasing as erasing  # what it removes when somebody is erased
from consult.flags import searching as searching  # its job joins the others
from consult.flags.pages import pages
from consult.flags.words import evidence_words


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.add_template_filter(evidence_words, "flag_evidence")
