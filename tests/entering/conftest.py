from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from consult import clock
from consult.database import db
from consult.entering.models import Batch
from tests.responses import asking

HOME = "/f/ash/consultations/reg14/"


@pytest.fixture
def opened(working: Callable[[str], Any]) -> None:
    """Ash asks about its draft plan, and so, at the same address, does Beck."""
    for slug in ("ash", "beck"):
        with working(slug):
            asking.consultation()


@pytest.fixture
def batch(opened, sign_in, working) -> UUID:
    """Thirty sheets of the drop-in, three days ago."""
    day = clock.today() - timedelta(days=3)
    about = {"name": "Drop-in", "channel": "event", "received": f"{day:%d/%m/%Y}", "sheets": "30"}
    assert sign_in("ash", "analyst").send(f"{HOME}batches", **about).status_code == 303
    with working("ash"):
        return db.session.scalars(sa.select(Batch.id)).one()
