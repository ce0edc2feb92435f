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
def code_for(mailed) -> Callable[[str], str]:
    """The last code that was mailed to an address."""

    def last(email: str) -> str:
        texts = [m["text"] for m in mailed() if m["to"] == email]
        return re.search(r"\d{4} \d{4}", texts[-1]).group()

    return last


@pytest.fixture
def enter(app, code_for) -> Callable[..., Any]:
    """A client that has signed in as an address by its mailed code."""

    def by_code(email: str, **more: Any) -> Any:
        client = app.test_client()
        client.send("/sign-in/code", identity=email)
        response = client.send("/sign-in", identity=email, passcode=code_for(email), **more)
        assert response.status_code == 302, response.text
        return client

    return by_code
