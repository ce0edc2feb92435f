"""The audit log of each space: sealed by the worker once a minute, verified by a command and on a page."""

import logging
from dataclasses import dataclass
from datetime import datetime

import click
import sqlalchemy as sa
from flask import render_template
from flask.cli import AppGroup

from consult import audit, clock, jobs, tenancy
from consult.access import Act, needs
from consult.database import db
from consult.spaces.models import Space
from consult.spaces.pages import pages
from consult.web.errors import Refused

logger = logging.getLogger("consult")
commands = AppGroup("audit", help="The record of who did what.")
MOST_SHOWN = 20  # faults; the others are counted


@dataclass(frozen=True)
class Record:
    """The log of the space we stand in, and whether it holds."""

    deeds: int
    sealed: int
    head: str
    at: datetime | None
    faults: list[str]

    @property
    def when(self) -> str:
        return f"{clock.uk(self.at):%-d %B %Y, %H:%M}" if self.at else ""


def record_of(known: str = "") -> Record:
    last = audit.last_link()
    deeds = db.session.scalar(sa.select(sa.func.count(audit.Deed.id))) or 0
    sealed = db.session.scalar(sa.select(sa.func.count(audit.Link.id))) or 0
    return Record(deeds, sealed, audit.head(), last.at if last else None, audit.verify(known))


@jobs.every_round
def seal_what_was_done() -> None:
    """Each space by itself; one that fails holds nobody else's up."""
    for space_id in list(db.session.scalars(sa.select(Space.id).order_by(Space.id))):
        with tenancy.inside(space_id):
            try:
                audit.seal()
                db.session.commit()
            except Exception:
                db.session.rollback()
                logger.exception("the audit log of space %s could not be sealed", space_id)


@pages.get("/<space:space>/record")
@needs(Act.ANSWER_FOR_DATA)
def audit_record() -> str:
    return render_template("spaces/record.html", record=record_of(), most=MOST_SHOWN)


@commands.command("verify")
@click.argument("slug", metavar="[SPACE]", default="")
@click.option(
    "--head", "known", default="", help="A head that was kept or printed: it has to stand in the chain."
)
def verify(slug: str, known: str) -> None:
    """Verifies the record of every space, or of SPACE: that no deed was changed, removed or put in.

    Exit code 0: it holds. 1: it does not; what is wrong is said. 2: there is no such space.
    """
    asked = sa.select(Space.id, Space.slug).order_by(Space.slug)
    spaces = db.session.execute(asked.where(Space.slug == slug) if slug else asked).all()
    if not spaces or (known and not slug):
        raise Refused(
            f"There is no space “{slug}”." if slug else "Say whose head it is: give the space as well."
        )
    faults = 0
    for space_id, name in spaces:
        with tenancy.inside(space_id):
            record = record_of(known)
        click.echo(f"{name}: {record.sealed:,} of {record.deeds:,} sealed, head {record.head or 'none yet'}")
        for fault in record.faults:
            click.echo(f"  {fault}")
        faults += len(record.faults)
    click.echo("The record does not hold." if faults else "The record holds.")
    if faults:
        raise SystemExit(1)
