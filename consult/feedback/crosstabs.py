"""Any two facts side by side, for members: the address is what is compared, and each number opens."""

from dataclasses import dataclass
from typing import Any

from flask import Response as Answer
from flask import render_template, request, url_for

from consult import audit
from consult.access import Act, needs
from consult.accounts import sessions
from consult.consultations.models import Consultation
from consult.feedback import coded, coding_taken, crossing, tallies
from consult.feedback.crossing import CrossTab, Dimension
from consult.feedback.facts import STANCES, Facts
from consult.feedback.pages import HERE, pages, responses_behind
from consult.feedback.words import BARS
from consult.responses.asking import consultation_at
from consult.web import cells

EVERYBODY = "Everybody"
LONGEST_NAME = 70


@dataclass(frozen=True)
class Line:
    """One row of the table: its words, and in each column responses, people and where they open."""

    label: str
    cells: list[tuple[int, int, str]]


@pages.get(f"{HERE}crosstab")
@needs(Act.READ_RESPONSES)
def crosstab(reference: str) -> str:
    consultation = consultation_at(reference)
    facts, down, along, choices = asked_for(consultation)
    table = tallies.cross(facts, down, along)
    lines = lines_of(table, reference)
    return render_template(
        "feedback/crosstab.html",
        consultation=consultation,
        table=table,
        lines=lines,
        headings=[words for _, words in with_everybody(along)],
        choices=choices,
        chart=chart_of(table, reference),
        line=tallies.reconciliation(facts),
    )


@pages.get(f"{HERE}crosstab/responses")
@needs(Act.READ_RESPONSES)
def crosstab_responses(reference: str) -> str:
    """The responses in one cell."""
    consultation = consultation_at(reference)
    facts, down, along, _choices = asked_for(consultation)
    row, column = request.args.get("row", ""), request.args.get("column", "")
    said = [
        f"{d.label}: {crossing.name_of(d, group)}" for d, group in ((down, row), (along, column)) if group
    ]
    return responses_behind(
        consultation,
        crossing.behind(facts, down, along, row, column),
        about=" · ".join(said) or "Counted",
        address=address_of(reference, down, along, row, column),
        back=url_for("feedback.crosstab", reference=reference, **named(down, along)),
        back_words="Compare answers",
    )


@pages.get(f"{HERE}crosstab.csv")
@needs(Act.READ_RESPONSES)
def crosstab_csv(reference: str) -> Answer:
    """The table for a spreadsheet: for each column the responses and the people."""
    facts, down, along, _choices = asked_for(consultation_at(reference))
    content = as_csv(tallies.cross(facts, down, along), reference)
    answer = Answer(content, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{reference}-comparison.csv")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.cache_control.no_store = True
    what = {"rows": down.key, "columns": along.key, "facts": facts.sha256}
    audit.note_download(f"comparison of answers, {reference}", sessions.me(), **what)
    return answer


def asked_for(consultation: Consultation) -> tuple[Facts, Dimension, Dimension, list[tuple[str, str]]]:
    facts, given = tallies.take(consultation), request.args
    themes = list(coded.dimension(facts, coding_taken.take(consultation)))
    down, along = crossing.chosen(facts, given.get("rows", ""), given.get("columns", ""), *themes)
    return facts, down, along, [(one.key, one.label) for one in crossing.dimensions(facts, *themes).values()]


def with_everybody(dimension: Dimension) -> list[tuple[str, str]]:
    return [*dimension.groups, ("", EVERYBODY)]


def lines_of(table: CrossTab, reference: str) -> list[Line]:
    columns = with_everybody(table.columns)
    return [
        Line(
            label,
            [
                (
                    int(table.responses[at, place]),
                    int(table.people[at, place]),
                    address_of(reference, table.rows, table.columns, row, column),
                )
                for place, (column, _) in enumerate(columns)
            ],
        )
        for at, (row, label) in enumerate(with_everybody(table.rows))
    ]


def named(down: Dimension, along: Dimension) -> dict[str, Any]:
    return {"rows": down.key, "columns": along.key or None}


def address_of(reference: str, down: Dimension, along: Dimension, row: str, column: str) -> str:
    cell: dict[str, Any] = named(down, along) | {"row": row or None, "column": column or None}
    return url_for("feedback.crosstab_responses", reference=reference, **cell)


def chart_of(table: CrossTab, reference: str) -> dict[str, Any] | None:
    """Bars where one fact stands alone, and for stances a whole bar for each group; else the table says it better."""
    if not table.columns.groups:
        of_each = [(label, line[0]) for label, line in zip(table.rows.groups, table.responses, strict=False)]
        rows = [{"label": label, "value": int(number)} for (_, label), number in of_each]
        return {"kind": "bars", "title": table.rows.label, "rows": rows, "of": int(table.responses[-1, -1])}
    groups, stances, numbers = table.rows, table.columns, table.responses
    if not of_stances(stances):
        groups, stances, numbers = table.columns, table.rows, table.responses.T
    if not of_stances(stances):
        return None
    rows = [
        {
            "label": label,
            "values": {BARS[stance]: int(line[at]) for at, stance in enumerate(STANCES)},
            "href": "",
        }
        for (_, label), line in zip(groups.groups, numbers, strict=False)
        if line[: len(STANCES)].any()
    ]
    return {"kind": "stances", "title": f"{stances.label}, by: {groups.label}", "rows": rows}


def of_stances(dimension: Dimension) -> bool:
    return tuple(key for key, _ in dimension.groups[: len(STANCES)]) == STANCES


def as_csv(table: CrossTab, reference: str) -> bytes:
    columns = [words for _, words in with_everybody(table.columns)]
    heading = [f"{table.rows.label} / {table.columns.label or EVERYBODY}"]
    heading += [f"{words}, {what}" for words in columns for what in ("responses", "people")]
    return cells.table(
        heading,
        [
            [line.label, *(number for cell in line.cells for number in cell[:2])]
            for line in lines_of(table, reference)
        ],
    )
