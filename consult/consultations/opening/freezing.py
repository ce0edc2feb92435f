"""What people are asked stays as it was from the opening on: the models refuse to change it, and so does the database.

An extension, a closing, notices and publicity are records of their own, and stay possible.
"""

from collections.abc import Iterator
from typing import Final

from consult import catalogue
from consult.catalogue import UNLESS_DELETED

SAYS: Final = "this consultation has been opened, and people answer what they were shown"
OF_A_CONSULTATION: Final = "{row}.consultation_id"
_frozen: dict[str, str] = {"consultation": "{row}.id"}


def freezes(table: str, consultation: str = OF_A_CONSULTATION) -> None:
    """From the opening on no row of `table` is written, changed or removed. `consultation` is the SQL that finds the
    id of its consultation, with {row} for the row."""
    _frozen[table] = consultation


freezes("question")
freezes("question_page")
freezes(
    "question_picture",
    "(SELECT q.consultation_id FROM question q WHERE q.space_id = {row}.space_id AND q.id = {row}.question_id)",
)


@catalogue.also
def locks(dialect: str) -> Iterator[str]:
    for table in sorted(_frozen):
        yield from (on_postgresql(table) if dialect == "postgresql" else on_sqlite(table))


def acts_on(table: str) -> dict[str, tuple[str, ...]]:
    """What is refused, each with the rows to look at. A consultation is there before its opening: one that is written
    anew has none."""
    acts = {"UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
    return acts if table == "consultation" else {"INSERT": ("NEW",), **acts}


def opened(table: str, row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM opening o WHERE o.space_id = {row}.space_id "  # noqa: S608 (OLD or NEW)
        f"AND o.consultation_id = {_frozen[table].format(row=row)})"
    )


def on_sqlite(table: str) -> Iterator[str]:
    for act, rows in acts_on(table).items():
        name, when = f"{table}_asked_{act.lower()}", " OR ".join(opened(table, row) for row in rows)
        when += f" AND {UNLESS_DELETED}" if act == "DELETE" else ""
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"


def on_postgresql(table: str) -> Iterator[str]:
    name, acts = f"{table}_asked", acts_on(table)
    checks = "\n".join(
        f"  IF TG_OP = '{act}' THEN IF {' OR '.join(opened(table, row) for row in rows)} "
        f"THEN RAISE EXCEPTION '{SAYS}'; END IF; END IF;"
        for act, rows in acts.items()
    )
    yield (
        f"CREATE OR REPLACE FUNCTION consult_{name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN\n"
        f"  IF TG_OP = 'DELETE' THEN IF NOT ({UNLESS_DELETED}) THEN RETURN OLD; END IF; END IF;\n{checks}\n"
        "  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n  RETURN NEW;\nEND$$"
    )
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {' OR '.join(acts)} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION consult_{name}()"
    )
