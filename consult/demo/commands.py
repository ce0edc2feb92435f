"""`flask demo`: the demo district, safe to run again."""

import click
from flask import Flask
from flask_migrate import upgrade

from consult.demo import story
from consult.web.errors import Refused


def demo() -> None:
    """Fill an empty database with the demo district; print who can sign in and each consultation."""
    upgrade()
    try:
        story.tell(click.echo)
    except story.NotEmpty as refusal:
        raise Refused(str(refusal)) from None
    story.introduce(click.echo)


def init_app(app: Flask) -> None:
    app.cli.command("demo")(demo)
