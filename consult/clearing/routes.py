"""Clearing what people wrote for the public, and answering for their data: one blueprint."""

from flask import Flask

from consult.clearing import data_pages as data_pages  # their pages join these
from consult.clearing import hiding_pages as hiding_pages
from consult.clearing import panel as panel
from consult.clearing import queue as queue
from consult.clearing import retention_pages as retention_pages
from consult.clearing import reviewing as reviewing
from consult.clearing.pages import pages
from consult.clearing.personal import kind_in_words
from consult.consultations import words


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.add_template_global(kind_in_words)
    app.add_template_global(words.day, "told_day")
