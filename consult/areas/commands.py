"""`flask register`, `flask geodata`, `flask boundaries` and `flask postcodes`."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from consult import clock
from consult.areas import register
from consult.areas.boundary_commands import boundaries
from consult.areas.decisions import drifting
from consult.areas.geodata_commands import LAYER, geodata, named, print_audit, read
from consult.areas.loaded import postcode_files
from consult.areas.registering import importing
from consult.database import unit_of_work
from consult.web.errors import Refused
from geodata.register import audit as audit_of

register_group = AppGroup("register", help="The register of neighbourhood areas.")
postcodes_group = AppGroup("postcodes", help="Where postcodes are.")
FILE = click.argument("file", type=click.Path(path_type=Path))


@register_group.command("import")
@FILE
@click.option("--authority", required=True, help="The slug of the authority; it is made when new.")
@click.option("--name-field", required=True, help="The field that holds each area's name.")
@LAYER
@click.option("--kind", type=click.Choice(["council", "forum"]), required=True)
@click.option("--status", type=click.Choice(["applied", "designated"]), default="applied", show_default=True)
@click.option(
    "--designated-on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the designations, else today."
)
def import_areas(
    file: Path,
    authority: str,
    name_field: str,
    layer: str | None,
    kind: str,
    status: str,
    designated_on: datetime | None,
) -> None:
    """Puts every area in FILE on the register, and names each one that clashes."""
    features = named(read(file, layer).features, name_field)
    if importing.slug_of(authority) != authority:
        raise Refused(
            f"“{authority}” cannot be an address: use small letters, numbers and hyphens, like bath-and-north."
        )
    with unit_of_work():
        space = importing.authority_of(authority)
        if space is None:
            raise Refused(f"“{authority}” is a forum or a council, not an authority: check the slug.")
        on = importing.today_if(status, designated_on.date() if designated_on else None)
        done = importing.enter(features, importing.Terms(space, kind, on, file.name))
    for sentence in done.left_out:
        click.echo(sentence)
    click.echo(f"{done.entered} of {len(features)} areas are on the register; {len(done.left_out)} left out.")
    if done.left_out:
        raise SystemExit(1)


@register_group.command("audit")
@click.option("--json", "as_json", is_flag=True, help="One JSON document and nothing else.")
def audit_register(as_json: bool) -> None:
    """Compares every pair of areas on the register; in words also councils' areas with their parishes."""
    on_it = register.entries()
    if not as_json:  # the document is the one of `geodata audit`
        for drift in drifting.drifted():
            click.echo(str(drift))
    names = [f"{entry.name} ({entry.reference})" for entry in on_it]
    print_audit(audit_of([entry.geometry for entry in on_it], names), as_json)


@postcodes_group.command("import")
@FILE
def import_postcodes(file: Path) -> None:
    """Puts the postcodes of FILE (Code-Point Open or ONSPD, as CSV, zip or GeoJSON) into the postcode table."""
    began = clock.now()
    try:
        found = postcode_files.import_file(file)
    except postcode_files.NotPostcodes as problem:
        raise Refused(str(problem)) from problem
    seconds = (clock.now() - began).total_seconds()
    click.echo(
        f"{found.kept:,} postcodes are in the table ({seconds:.1f} s); {found.skipped:,} had no place in Great Britain."
    )


def init_app(app: Flask) -> None:
    commands: Any = app.cli
    for group in (register_group, boundaries, postcodes_group, geodata):
        commands.add_command(group)
