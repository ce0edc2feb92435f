"""`flask boundaries import`: authorities, parishes and wards, from any file of boundaries."""

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from consult.areas import boundary_files
from consult.areas.geodata_commands import LAYER, read
from consult.areas.loaded.boundaries import KINDS
from consult.database import unit_of_work
from consult.web.errors import Refused
from geodata.reading import Feature

boundaries = AppGroup("boundaries", help="Boundaries of authorities, parishes and wards.")


@boundaries.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(KINDS), required=True)
@click.option("--name-field", required=True, help="The field that holds each boundary's name.")
@click.option("--reference-field", default="", help="The field that holds its GSS code, such as PARNCP23CD.")
@LAYER
@click.option("--attribution", default="", help="What has to stand on a map that shows it.")
def import_boundaries(
    file: Path, kind: Any, name_field: str, reference_field: str, layer: str | None, attribution: str
) -> None:
    """Keeps every boundary in FILE, in place of any with the same reference, and says what was refused."""
    features = read(file, layer).features
    for name in (name_field, reference_field):
        refuse_unknown(name, features)
    source = boundary_files.Source(kind, name_field, reference_field, attribution, file.name)
    with unit_of_work():
        done = boundary_files.load(features, source)
    for sentence in (*done.refused, *done.tied):
        click.echo(sentence)
    again = done.kept - done.new
    click.echo(
        f"{done.kept} of {len(features)} boundaries are kept: {done.new} new, {again} in place of what was there."
    )
    if done.refused:
        raise SystemExit(1)


def refuse_unknown(name: str, features: list[Feature]) -> None:
    if name and not any(boundary_files.words_in(feature, name) for feature in features):
        known = ", ".join(sorted(features[0].properties)[:12]) if features else ""
        raise Refused(f"No shape has anything in the field “{name}”: the fields are {known or 'none'}.")
