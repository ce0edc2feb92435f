"""What hangs on a response, in whatever table, whichever floor made it: every column that links to one is known."""

from typing import Any, cast

import sqlalchemy as sa

from consult.database import Base, db
from consult.responses import instead
from consult.responses.models import Response
from consult.tenancy import Owned

# A test holds that every table which links to a response is in one of these two.
GOES = (
    "answer_file",
    "answer_translation",
    "draft",
    "hiding",
    "network",
    "scan",
    "signatory",
    "redaction",
    "clearance",
)  # what hangs on another goes first
STAYS = (
    *("assignment", "campaign", "campaign_step", "flagged", "petition"),
    *("answer", "place", "setting_aside"),  # without their words
    *(
        "decision_mail",
        "deed",
        "email_confirmation",
        "erasure",
        "point",
        "replacement",
        "reply",
        "second_check",
        "sheet",
        "site_decision",
    ),
)


def tables() -> dict[str, tuple[type[Any], list[str]]]:
    """The class and the linking columns of each table."""
    found = {}
    for mapper in Base.registry.mappers:
        table = cast(sa.Table, mapper.local_table)
        columns = [column.name for column in table.columns if column.info.get("within") == "response"]
        if columns and issubclass(mapper.class_, Owned):
            found[table.name] = (mapper.class_, columns)
    return found


def rows(response: Response, table: str) -> list[Any]:
    kind, columns = tables()[table]
    mine = sa.or_(*(getattr(kind, column) == response.id for column in columns))
    return list(db.session.scalars(sa.select(kind).where(mine).order_by(kind.id)))


def same_person(response: Response) -> list[Response]:
    """It and all that stand in its place or that it stands for: what somebody changed, what was typed in anew."""
    return sorted(instead.those_of(response), key=lambda each: (each.received, each.reference))
