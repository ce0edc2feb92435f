"""`flask reports build` and `flask reports verify`."""

import sys
from pathlib import Path
from typing import NoReturn

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import AppGroup

from consult import tenancy
from consult.consultations.models import find
from consult.database import db, unit_of_work
from consult.feedback import tallies
from consult.feedback.snapshots import facts_of
from consult.reports import asking, verifying
from consult.reports.building import build
from consult.reports.statement import line_of
from consult.spaces.models import Space
from consult.web.errors import Refused

reports = AppGroup("reports", help="Reports of consultations.")


@reports.command("build")
@click.argument("where", metavar="SPACE/REF")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The folder to write the files into."
)
@click.option("--public", is_flag=True, help="The redacted layer: figures only, small numbers kept back.")
def build_pack(where: str, out: Path, public: bool) -> None:
    """Freezes the responses as they stand and writes the officer pack.

    Exit code 0: written. 2: there is nothing to write, or nowhere.
    """
    slug, _, reference = where.strip("/").rpartition("/")
    space_id = db.session.scalar(sa.select(Space.id).where(Space.slug == slug.rpartition("/")[2]))
    if space_id is None:
        stop(f"There is no space “{slug}”: say SPACE/REF, such as mill-end/reg14.")
    empty(out)
    try:
        with unit_of_work(), tenancy.inside(space_id):
            line = write(reference, out, public)
    except Refused as refusal:
        stop(refusal.sentence)
    click.echo(f"{out}\n{line}")


def empty(out: Path) -> None:
    """A pack is checked as a folder, so nothing else may be in it; files of an earlier pack are replaced."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        strangers = [path.name for path in out.iterdir() if path.name not in NAMES]
    except OSError as problem:
        stop(f"Nothing can be written to {out}: {problem.strerror}.")
    if strangers:
        stop(f"{out} has other files in it ({sorted(strangers)[0]}): choose an empty folder.")


NAMES = {
    *(
        "statement.pdf",
        "statement.html",
        "responses.csv",
        "response-log.csv",
        "places.gpkg",
        "places.geojson",
    ),
    *("figures.json", "README.txt", "MANIFEST.sha256"),
}


def write(reference: str, out: Path, public: bool) -> str:
    consultation = find(reference)
    if consultation is None:
        stop(f"There is no consultation “{reference}” in this space.")
    report = asking.frozen(consultation, None, public)
    build(report)
    for file in report.files:
        (out / file.name).write_bytes(file.content)
    return line_of(tallies.reconciliation(facts_of(report.snapshot)))


@reports.command("verify")
@click.argument("folder", type=click.Path(path_type=Path))
def verify(folder: Path) -> None:
    """Counts a pack again: every checksum, and every figure that its own files allow.

    \b
    A full pack allows all of them: choices from responses.csv; stances, words and places from
    response-log.csv; groups and status from responses.csv. A public pack allows the line of
    responses received, “counted” and the stances on policies; every total is compared with its parts.

    Exit code 0: everything matches. 1: something does not, and each difference is on a line.
    """
    wrong = verifying.differences(folder)
    for sentence in wrong:
        click.echo(sentence)
    if wrong:
        sys.exit(1)
    click.echo("Every checksum and every figure matches.")


def stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def init_app(app: Flask) -> None:
    app.cli.add_command(reports)
