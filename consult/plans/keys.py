"""What a section or a policy is called in addresses: the same in every version, whatever becomes of its title."""

import re
import unicodedata

from consult.database import Base, db

LONGEST = 48
ODD = re.compile(r"[^a-z0-9]+")


def plain(words: str) -> str:
    """“Our hill & its people” as “our-hill-its-people”."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return ODD.sub("-", letters.lower()).strip("-")[:LONGEST].rstrip("-")


def policy_key(reference: str) -> str:
    return f"policy-{plain(reference)}"


def section_key(title: str) -> str:
    return f"section-{plain(title) or 'untitled'}"


def free(wanted: str, *tables: type[Base]) -> str:
    """The same, or with a number: what was once removed keeps its name, so that old links do not lead to another."""
    taken = {key for table in tables for (key,) in db.session.query(table.key)}  # type: ignore[attr-defined]
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key
