"""The operator's commands: each subject's own, gathered, and the worker."""

import signal
from copy import copy
from importlib import import_module
from typing import Any, cast

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from consult import jobs
from consult.database import PATIENCE, Busy
from consult.web.errors import Refused

SUBJECTS_WITH_COMMANDS: tuple[str, ...] = ("spaces", "areas", "responses", "reports", "operating", "demo")


@click.command()
@click.option("--once", is_flag=True, help="Perform what is due now, then stop.")
@with_appcontext
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
    commands.add_command(work)
    for subject in SUBJECTS_WITH_COMMANDS:
        import_module(f"consult.{subject}.commands").init_app(app)
    for name, command in list(commands.commands.items()):
        commands.commands[name] = in_plain_words(command)


class NotDone(click.ClickException):
    """One sentence on stderr; 2, since 1 is what some commands answer when all went as it should."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


def in_plain_words(command: click.Command) -> click.Command:
    """A copy: the command itself is its module's, and every application that is made here would wrap it once more."""
    plain: Any = copy(command)
    invoke = command.invoke

    def told(context: click.Context) -> Any:
        try:
            return invoke(context)
        except Refused as refusal:
            raise NotDone(refusal.sentence) from refusal
        except Busy as problem:
            raise NotDone(
                f"The database is busy: others have been writing for more than {PATIENCE} seconds. "
                "Nothing is lost: run it again in a minute."
            ) from problem
        except OperationalError as problem:
            raise NotDone(f"The database at DATABASE_URL does not answer: {problem.orig}") from problem

    plain.invoke = told
    return cast(click.Command, plain)
