import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from consult.database import db
from consult.jobs import Job


@pytest.fixture
def mailed(app) -> Callable[[], list[dict[str, Any]]]:
    """What waits in the outbox to be mailed, oldest first."""

    def waiting() -> list[dict[str, Any]]:
        with app.app_context():
            return [
                job.payload
                for job in db.session.scalars(sa.select(Job).where(Job.kind == "mail").order_by(Job.posted))
            ]

    return waiting


@pytest.fixture
def invited(mailed) -> Callable[[str], str]:
    """The path of the last invitation that was mailed to an address."""

    def path(email: str) -> str:
        texts = [m["text"] for m in mailed() if m["to"] == email]
        return re.search(r"http://localhost(/[fa]/\S+/invitations/\S+)", texts[-1]).group(1)

    return path
