"""Reading what people wrote and coding it: one blueprint."""

from flask import Flask

from consult.points import again as again
from consult.points import frame_pages as frame_pages  # their pages join these
from consult.points import sharing_pages as sharing_pages
from consult.points import working as working
from consult.points.pages import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
