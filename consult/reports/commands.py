"""`flask reports build` and `flask reports verify`."""

import sys
from pathlib import Path
from uuid import UUID

import click
from flask import Flask
from flask.cli import AppGroup

from consult import tenancy
from consult.consultations.models import find
from consult.database import db, unit_of_work
from consult.feedback import tallies
from consult.feedback.snapshots import facts_of
from consult.reports import asking, folder, verifying
from consult.reports.building import pack, store
from consult.reports.models import Report
from consult.reports.statement import line_of
from consult.spaces.naming import space_and_reference
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
    space_id, reference = space_and_reference(where)
    folder.make_ready(out)
    with unit_of_work(), tenancy.inside(space_id):
        report_id = frozen(reference, public)
    # Apart, so that only the responses are frozen while others wait: making the files takes long, and only reads.
    with unit_of_work(), tenancy.inside(space_id):
        files, line = made(db.session.get_one(Report, (space_id, report_id)))
    folder.keep(out, files)
    click.echo(f"{out}\n{line}")


def frozen(reference: str, public: bool) -> UUID:
    consultation = find(reference)
    if consultation is None:
        raise Refused(f"There is no consultation “{reference}” in this space.")
    return asking.frozen(consultation, None, public).id


def made(report: Report) -> tuple[dict[str, bytes], str]:
    files = pack(report.consultation, report.snapshot, report.public)
    line = line_of(tallies.reconciliation(facts_of(report.snapshot)))
    store(report, files)
    return files, line


@reports.command("verify")
@click.argument("where", metavar="FOLDER", type=click.Path(path_type=Path))
def verify(where: Path) -> None:
    """Counts a pack again: every checksum, and every figure that its own files allow.

    \b
    A full pack allows all of them: choices, stances, groups and status from responses.csv; words,
    places and themes from response-log.csv. A public pack allows the line of
    responses received, “counted” and the stances on policies; every total is compared with its parts.

    Exit code 0: everything matches. 1: something does not, and each difference is on a line.
    """
    wrong = verifying.differences(where)
    for sentence in wrong:
        click.echo(sentence)
    if wrong:
        sys.exit(1)
    click.echo("Every checksum and every figure matches.")


def init_app(app: Flask) -> None:
    app.cli.add_command(reports)
