"""The operator's pages, put together."""

from flask import Flask

from consult.operating import deletion_pages as deletion_pages
from consult.operating import downloads as downloads
from consult.operating import emptying as emptying
from consult.operating import export_pages as export_pages
from consult.operating import exporting as exporting
from consult.operating import health as health
from consult.operating import ledger as ledger
from consult.operating import quota_pages as quota_pages
from consult.operating import usage_pages as usage_pages
from consult.operating.pages import pages


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
