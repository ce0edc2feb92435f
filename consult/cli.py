"""The operator's commands: each subject's own, gathered, and the worker."""

import signal
from importlib import import_module
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext

from consult import jobs

SUBJECTS_WITH_COMMANDS: tuple[str, ...] = ("spaces", "areas", "responses", "reports", "demo")


@click.command()
@click.option("--once", is_flag=True, help="Perform what is due now, then stop.")
def work(once: bool) -> None:
    """Perform what waits in the outbox, until told to stop."""
    if once:
        jobs.run_rounds()
        click.echo(f"{jobs.run_due()} done")
        return
    told: list[int] = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, frame: told.append(number))
    jobs.work(stop=lambda: bool(told))


def init_app(app: Flask) -> None:
    commands: Any = app.cli
    commands.add_command(with_context(work))
    for subject in SUBJECTS_WITH_COMMANDS:
        import_module(f"consult.{subject}.commands").init_app(app)


def with_context(command: click.Command) -> click.Command:
    """Runs a plain click command inside the application, as `@app.cli.command` would."""
    if command.callback is not None:
        command.callback = with_appcontext(command.callback)
    return command
