"""A forum application filled in as a chair would, for tests."""

from typing import Any

from consult.areas.models import save_version
from consult.forums import drafting
from consult.forums import rows as table
from tests.areas.ground import person, square

NAMES = {"name": "Ash Hill Neighbourhood Forum", "area_name": "Ash Hill"}
CONTACT = {
    "contact_name": "Ada Chair",
    "contact_email": "ada@ash.example.org",
    "contact_phone": "",
    "contact_address": "",
}
CONSTITUTION = {"constitution": "1. The forum is called Ash Hill."}
ANSWERS = {
    "purpose": "Clause 1: to improve the well-being of Ash Hill.",
    "open": "Clause 3: everybody who lives or works there may join.",
    "members": "We have 21 members; see the list.",
    "written": "Agreed at our meeting of 3 March.",
}


def rows(number: int = 21, word: str = "Member") -> str:
    lines = [f"{word} {n},{n} Ash Lane,yes,{'yes' if n == 2 else 'no'},no" for n in range(1, number + 1)]
    return "\n".join(["name,address,live,work,elected", *lines])


def fill(world: Any, working: Any, slug: str = "ash", *, without: str = "", members: int = 21) -> None:
    """Each part but `without` one."""
    with working(slug):
        chair = person(world.person[slug, "chair"])
        if without != "area":
            save_version(square(5_000 if slug == "beck" else 0), source="drawn", by=chair)
        parts = {"constitution": CONSTITUTION, "statement": {"statement": ANSWERS}}
        said = {**NAMES, **CONTACT}
        for part, words in parts.items():
            said |= {} if part == without else words
        drafting.keep(chair, "all of it", **said)
        if without != "members":
            drafting.keep_members(chair, table.read(rows(members)).members)


def handed(world: Any, working: Any, slug: str = "ash") -> None:
    fill(world, working, slug)
    with working(slug):
        drafting.hand(person(world.person[slug, "chair"]))
