"""A statement as a tagged PDF."""

from dataclasses import asdict

from consult.reports.document import Statement
from consult.settings import ROOT
from consult.web import typesetting

SHEET = ROOT / "templates" / "reports" / "statement.typ"


def pdf(statement: Statement) -> bytes:
    given = asdict(statement)
    written = given.pop("written")
    return typesetting.pdf(SHEET, "statement", given, written)
