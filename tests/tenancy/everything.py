"""One row of every walled table, for whatever tables there are: a new one is planted the day it is made.

What a space owns carries its own word, what it hands to its authority another, what it posts for everyone none.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from shapely import to_wkb
from shapely.geometry import box

from consult.database import Base, Moment, db, unit_of_work
from consult.tenancy import Handed, Posted, Walled

OUTLINE = to_wkb(box(430000, 250000, 431000, 251000))
NOTHING_RECEIVED = dict.fromkeys(("received", "counted", "duplicates", "late", "withdrawn", "excluded"), 0)
MAKES_IT_PUBLIC = {"announcement", "announcement_day", "opening", "publication"}
PUBLIC_ONCE_OPEN = {
    "consultation",
    "question",
    "question_picture",
    "plan",
    "plan_version",
    "policy",
    "section",
    "document",
    "site",
    "extension",
    "printed",
    "easy_read_line",
    "translation",
    "translation_addition",
    "area",
    "proposal",
    "proposal_document",
}
SENSIBLE: dict[str, Any] = {  # where a word would be no value that the column can have
    "outline": OUTLINE,
    "shape": to_wkb(box(430100, 250100, 430200, 250200)),
    "easting": 430150.0,
    "northing": 250150.0,
    "stage": "early_engagement",
    "question.kind": "text",
    "response.kind": "individual",
    "setting_aside.kind": "excluded",
    "site.kind": "other",
    "channel": "web",
    "home": "unknown",
    "home_by": "",
    "role": "viewer",
    "outcome": "designated",
    "source": "drawn",
    "erasure.done": datetime(2026, 1, 1, tzinfo=UTC),  # an erasure that has begun is the one door in the wall
    "media_type": "text/plain",
    "point.place_id": None,
    "point.field": "text",
    "campaign_step.kind": "found",
    "search.what": "letters",
    "flag.rule": "burst",
    "flag_rule.rule": "burst",
    "flag.evidence": {
        "number": 9_001,
        "from": "2026-01-01T00:00:00+00:00",
        "until": "2026-01-01T00:05:00+00:00",
    },
    "flag_review.decision": "left",
    "gathering.point_id": None,
    "application_reply.forum_application_id": None,
    "decision.outcome": "noted",
    "decision.answers": [],
    "download.rows": "points",
    "download.format": "csv",
    "choice": None,
    "stance": "comment",
    "connection": ["live"],
    "options": [],
    "language": "en",
    "figures": {"snapshot": "none", "reconciliation": NOTHING_RECEIVED, "figures": []},
    "detail": {},
}


Named = dict[str, list[Any]]


def classes() -> list[tuple[type, sa.Table]]:
    found = [(m.class_, m.local_table) for m in Base.registry.mappers if issubclass(m.class_, Walled)]
    order = {table: n for n, table in enumerate(Base.metadata.sorted_tables)}
    order[Base.metadata.tables["opening"]] = len(order)  # from then on nothing is added to what it asks
    return sorted(found, key=lambda pair: order[pair[1]])


def plant_everything(
    space_id: UUID, authority_id: UUID, person_id: UUID, own: str, handed: str, opened: bool = False
) -> Named:
    """Plants; returns what an address could name, table by table: the id, then the words."""
    known: dict[str, UUID] = {}
    named: Named = {}
    with unit_of_work(), db.engine.begin() as connection:
        for cls, table in classes():
            if table.name in MAKES_IT_PUBLIC and not opened:
                continue
            open_word = opened and table.name in PUBLIC_ONCE_OPEN
            word = "" if open_word or issubclass(cls, Posted) else handed if issubclass(cls, Handed) else own
            row = {c.name: value(table, c, word, known) for c in table.columns}
            row |= {"space_id": space_id, "id": known.setdefault(table.name, uuid4())}
            for name, given in (
                ("authority_id", authority_id),
                ("person_id", person_id),
                ("by_id", person_id),
            ):
                if name in row:
                    row[name] = given
            if table.name == "contest":
                row |= {"entry_space_id": space_id, "entry_id": known["register_entry"]}
            if table.name == "proposal":
                row |= {"body_id": space_id, "source_id": uuid4()}
            if table.name == "area_modification":
                row |= {"favour_space_id": space_id, "favour_application_id": known["application"]}
            connection.execute(sa.insert(table), row)
            words = [v for c, v in row.items() if isinstance(v, str) and c in ("reference", "name", "key")]
            named[table.name] = [row["id"], *words]
    return named


def value(table: sa.Table, column: sa.Column[Any], word: str, known: dict[str, UUID]) -> Any:
    for key in (f"{table.name}.{column.name}", column.name):
        if key in SENSIBLE:
            return SENSIBLE[key]
    target = column.info.get("within")
    if target:
        return known.get(target) if column.nullable else known[target]
    return made_up(table, column, word)


def made_up(table: sa.Table, column: sa.Column[Any], word: str) -> Any:
    kind = column.type
    if isinstance(kind, Moment):
        # What ends a thing is left open; what begins it lies an hour back.
        return None if column.nullable else datetime.now(UTC) - timedelta(hours=1)
    if isinstance(kind, sa.Date):
        return date.today() + timedelta(days=7)
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.Integer):
        return 9_001
    if isinstance(kind, sa.Float):
        return 1.5
    if isinstance(kind, sa.LargeBinary):
        return word.encode()
    if isinstance(kind, sa.Uuid):
        return None
    if isinstance(kind, sa.JSON):
        return {}
    return f"{word or 'public'}-{table.name}-{column.name}".replace("_", "-")
