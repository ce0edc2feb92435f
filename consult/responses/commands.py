"""`flask responses import`."""

import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from consult.responses.tables.importing import NotImported, import_file
from consult.responses.tables.sheet import Unreadable
from consult.spaces.naming import space_and_reference
from consult.web.errors import Refused

responses = AppGroup("responses", help="Responses to consultations.")


@responses.command("import")
@click.argument("where", metavar="SPACE/REF")
@click.argument("file", type=click.Path(path_type=Path))
def import_responses(where: str, file: Path) -> None:
    """Takes in responses that were received elsewhere, from a CSV file or an Excel workbook. Running it twice adds
    nothing: a row is there already when a response of its external_id says the same, and refused when that says
    something else.

    \b
    Columns: external_id (needed; a row is known by it), received (2027-03-14, 14/3/2027,
    2027-03-14T18:30), channel (web paper email event telephone), kind (individual business
    landowner group statutory_body agent), name, organisation, email, postcode, connection
    (live;work;business), people, lon, lat, place_words; any of these may be left out.

    \b
    Then one column a question, headed by its reference:
      choice             the answer's key or its words
      choices            several of them, with ; between
      line, text         words
      scale              the number of the point
      number, date       12; 2027-03-14 or 14/3/2027
      agree              yes
      place              q5 the words; q5.grid, q5.postcode, q5.about (a site or policy), q5.lon and q5.lat, q5.wkt;
                         lon, lat and place_words belong to the first place question
      stance             q1.H1 the stance on policy H1: support, support_with_changes, object
                         or comment; q1.H1.reason and q1.H1.change the words about it.
                         Or in one column, q1: “H1: support; H2: object”

    Exit code 0: every row is in. 1: some rows were refused, each named with its reason. 2: nothing could be read.
    """
    try:
        outcome = import_file(*space_and_reference(where), file)
    except (NotImported, Unreadable) as problem:
        raise Refused(str(problem)) from problem
    click.echo(
        f"accepted {outcome.accepted}\nalready there {outcome.already_there}\nrefused {len(outcome.refused)}"
    )
    if outcome.told:
        click.echo(outcome.told)
    for number, reason in outcome.refused:
        click.echo(f"row {number}: {reason}")
    sys.exit(1 if outcome.refused else 0)


def init_app(app: Flask) -> None:
    app.cli.add_command(responses)
