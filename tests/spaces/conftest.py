import re
from collections.abc import Callable

import pytest


@pytest.fixture
def invited(mailed) -> Callable[[str], str]:
    """The path of the last invitation that was mailed to an address."""

    def path(email: str) -> str:
        texts = [m["text"] for m in mailed() if m["to"] == email]
        return re.search(r"http://localhost(/[fa]/\S+/invitations/\S+)", texts[-1]).group(1)

    return path
