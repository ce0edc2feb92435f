"""The blueprint of the reports, and where their pages are."""

from flask import Blueprint

pages = Blueprint("reports", __name__)
OF_ONE = "/<space:space>/consultations/<reference>/reports/"
ONE = f"{OF_ONE}<uuid:report_id>"
