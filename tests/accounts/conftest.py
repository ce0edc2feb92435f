import re
from collections.abc import Callable
from typing import Any

import pytest


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
