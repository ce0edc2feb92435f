"""Facts side by side, for a workbook: one row for each cell of each table. Counts nothing: `crossing` does."""

from collections.abc import Iterator

from consult.feedback import coded as themes
from consult.feedback import crossing, tallies
from consult.feedback.coded import Coded
from consult.feedback.crossing import EVERY, EVERYBODY, POLICY, STANCE, Dimension
from consult.feedback.facts import Facts
from consult.reports.results import EVERYONE

OF_PEOPLE = ("home", "connection", "kind", "channel")
THEME = "theme"


def pairs(every: dict[str, Dimension]) -> Iterator[tuple[Dimension, Dimension]]:
    """What is listed: every answer and theme by who said it, what was said of which policy, themes by stance. Any other
    two can be compared on the page."""
    people = [key for key in OF_PEOPLE if key in every]
    wanted = [(EVERY, key) for key in ("", *people, THEME)]
    wanted += [(THEME, key) for key in (*people, POLICY, STANCE)]
    wanted += [(POLICY, STANCE)]
    for rows, columns in wanted:
        if rows in every and (not columns or columns in every):
            yield every[rows], every[columns] if columns else EVERYBODY


def listed(facts: Facts, coded: Coded) -> Iterator[list[str | int | float]]:
    every = crossing.dimensions(facts, *themes.dimension(facts, coded))
    for rows, columns in pairs(every):
        table = tallies.cross(facts, rows, columns)
        for at, (_, row) in enumerate((*rows.groups, ("", EVERYONE))):
            for place, (_, column) in enumerate((*columns.groups, ("", EVERYONE))):
                numbers = int(table.responses[at, place]), int(table.people[at, place])
                yield [rows.label, row, columns.label or EVERYONE, column, *numbers]
