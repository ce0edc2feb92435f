"""`flask backup` and `flask restore`."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from consult.operating import backing_up, restoring

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command()
@FILE
@with_appcontext
def backup(file: Path) -> None:
    """Write a backup of everything to FILE, while everybody goes on working.

    It holds personal data: keep it as carefully as the database. SECRET_KEY is not in it.
    """
    made = backing_up.back_up(file)
    mails = f", {made.mails:,} mails that wait as files" if made.mails else ""
    click.echo(f"{file}: {made.rows:,} rows of {made.tables} tables{mails}; {made.bytes / 1e6:,.1f} MB.")


@click.command()
@FILE
@click.option("--replace", "replacing", is_flag=True, help="In place of all that the database holds.")
@with_appcontext
def restore(file: Path, replacing: bool) -> None:
    """Put the backup FILE in place of an empty database, whole or not at all.

    What was erased since is erased again, and everybody has to sign in again. Exit code 0: done. 1: done, and the audit
    log in it does not hold; what is wrong is said. 2: refused, and nothing was changed.
    """
    done = restoring.restore(file, replacing)
    click.echo(f"{done.rows:,} rows are back as they were on {done.made[:16].replace('T', ' at ')} (UTC).")
    if done.erased_again:
        click.echo(f"{done.erased_again:,} responses that were erased since then were erased again.")
    click.echo("Start the service and its worker again, so that nothing they remember is older.")
    for fault in done.faults:
        click.echo(fault)
    if done.faults:
        raise SystemExit(1)


def init_app(app: Flask) -> None:
    app.cli.add_command(backup)
    app.cli.add_command(restore)
