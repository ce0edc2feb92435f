"""Two forums that each ask about their draft plan, on a fresh database."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import Flask

from consult import tenancy
from consult.database import db, unit_of_work
from tests.bench._places import fresh
from tests.responses import asking


@contextmanager
def both_asking(kind: str) -> Iterator[tuple[Flask, UUID]]:
    """The service, and the space of Ash."""
    with fresh(kind) as (app, world):
        with app.app_context():
            for slug in ("ash", "beck"):
                with unit_of_work(), tenancy.inside(world.space[slug]):
                    asking.consultation()
                    if slug == "ash":
                        asking.postcodes()
                    db.session.flush()
            db.session.remove()
            db.engine.dispose()
        yield app, world.space["ash"]
