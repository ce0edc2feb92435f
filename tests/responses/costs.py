"""What an act asks of the database."""

import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Flask

from consult.database import db

ITS_OWN_BUSINESS = re.compile(r"\s*(BEGIN|COMMIT|PRAGMA|SET |SELECT set_config|SAVEPOINT|RELEASE)")


def statements(app: Flask, act: Callable[[], Any]) -> list[str]:
    """Every statement, BEGIN, PRAGMA and settings apart. The act must lead on."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, sql: str, *rest: Any) -> None:
        if not ITS_OWN_BUSINESS.match(sql):
            seen.append(" ".join(sql.split())[:90])

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        answer = act()
        assert answer.status_code == 303, answer.text
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return seen
