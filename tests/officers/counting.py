"""What a page asks of the database."""

import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import Flask

from consult.database import db

ITS_OWN_BUSINESS = re.compile(
    r"\s*(BEGIN|COMMIT|ROLLBACK|PRAGMA|SET |SHOW |SELECT set_config|SAVEPOINT|RELEASE)"
)


def statements(app: Flask, act: Callable[[], Any]) -> list[str]:
    """Every statement, BEGIN, PRAGMA and settings apart."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, sql: str, *rest: Any) -> None:
        if not ITS_OWN_BUSINESS.match(sql):
            seen.append(" ".join(sql.split())[:200])

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return seen
