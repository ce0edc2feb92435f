"""What people were asked about stays as it was: the models refuse to change it, and so does the database."""

from collections.abc import Iterator
from typing import Any, Final

from consult import catalogue
from consult.catalogue import UNLESS_DELETED
from consult.web.errors import Refused

PARTS: Final = ("document", "policy", "policy_site", "section", "site")
SAYS: Final = "people were asked about this version of the plan"


class Freezes:
    """A version that is frozen from a moment on."""

    frozen: Any  # Mapped, in the model

    def refuse_frozen(self) -> None:
        if self.frozen:
            raise Refused(
                "People were asked about this version of the plan, so it stays as it is: change the next."
            )


@catalogue.also
def locks(dialect: str) -> Iterator[str]:
    """A frozen version and its parts take no change, whoever asks the database for one."""
    if dialect == "postgresql":
        yield FUNCTION
        for table in ("plan_version", *PARTS):
            name = f"{table}_frozen"
            acts = "UPDATE OR DELETE" if table == "plan_version" else "INSERT OR UPDATE OR DELETE"
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield f"CREATE TRIGGER {name} BEFORE {acts} ON {table} FOR EACH ROW EXECUTE FUNCTION consult_frozen()"
        return
    yield from sqlite_lock("plan_version", "UPDATE", "OLD.frozen IS NOT NULL")
    yield from sqlite_lock("plan_version", "DELETE", f"OLD.frozen IS NOT NULL AND {UNLESS_DELETED}")
    for table in PARTS:
        yield from sqlite_lock(table, "INSERT", frozen("NEW"))
        yield from sqlite_lock(table, "UPDATE", f"{frozen('OLD')} OR {frozen('NEW')}")
        yield from sqlite_lock(table, "DELETE", f"{frozen('OLD')} AND {UNLESS_DELETED}")


def frozen(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM plan_version v WHERE v.space_id = {row}.space_id "  # noqa: S608 (OLD or NEW)
        f"AND v.id = {row}.version_id AND v.frozen IS NOT NULL)"
    )


def sqlite_lock(table: str, act: str, when: str) -> Iterator[str]:
    name = f"{table}_frozen_{act.lower()}"
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"


FUNCTION = f"""
CREATE OR REPLACE FUNCTION consult_frozen() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN
  IF TG_OP = 'DELETE' THEN IF NOT ({UNLESS_DELETED}) THEN RETURN OLD; END IF; END IF;
  IF TG_TABLE_NAME = 'plan_version' THEN
    IF OLD.frozen IS NOT NULL THEN RAISE EXCEPTION '{SAYS}'; END IF;
  ELSE
    IF TG_OP <> 'INSERT' THEN IF {frozen("OLD")} THEN RAISE EXCEPTION '{SAYS}'; END IF; END IF;
    IF TG_OP <> 'DELETE' THEN IF {frozen("NEW")} THEN RAISE EXCEPTION '{SAYS}'; END IF; END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END$$
"""
