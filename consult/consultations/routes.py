from flask import Blueprint, Flask

pages = Blueprint("consultations", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
