"""The fixtures' world: two authorities, two forums and a council in the first, one forum in the second. Always two of
everything, so that nothing passes because there was nobody else."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consult import access, tenancy
from consult.accounts.models import Operator, Person
from consult.database import db, unit_of_work
from consult.spaces.models import Admission, ForumDesignation, Membership, Space

SPACES = {  # slug: (kind, name, authority)
    "northam": ("authority", "Northam District Council", None),
    "southby": ("authority", "Southby Borough Council", None),
    "ash": ("forum", "Ash Hill Neighbourhood Forum", "northam"),
    "beck": ("forum", "Beckside Neighbourhood Forum", "northam"),
    "cole": ("council", "Cole Parish Council", "northam"),
    "dell": ("forum", "Dell Road Neighbourhood Forum", "southby"),
}


@dataclass(frozen=True)
class World:
    """Ids by slug; people by space and role, as in `person["ash", "chair"]`."""

    space: dict[str, UUID]
    person: dict[tuple[str, str], UUID]
    operator: UUID


def build() -> World:
    """Fills an empty, migrated database."""
    with unit_of_work():
        spaces = {slug: Space(slug=slug, kind=kind, name=name) for slug, (kind, name, _) in SPACES.items()}
        db.session.add_all(spaces.values())
        db.session.flush()
        for slug, (_, _, authority) in SPACES.items():
            spaces[slug].authority_id = spaces[authority].id if authority else None
        operator = Person(email="operator@example.org", name="Olive Operator")
        operator.operator = Operator()
        db.session.add(operator)
        db.session.flush()
        ids = {slug: space.id for slug, space in spaces.items()}
        person = {key: id_ for slug in SPACES for key, id_ in people_of(slug, ids[slug]).items()}
        admit(ids, person)
        return World(ids, person, operator.id)


def people_of(slug: str, space_id: UUID) -> dict[tuple[str, str], UUID]:
    people = {}
    with tenancy.inside(space_id):
        for role in access.ROLES_IN[SPACES[slug][0]]:
            person = Person(email=f"{role}@{slug}.example.org", name=f"{role.title()} of {slug.title()}")
            db.session.add(person)
            db.session.flush()
            db.session.add(Membership(person_id=person.id, role=str(role)))
            people[slug, str(role)] = person.id
        db.session.flush()
    return people


def admit(ids: dict[str, UUID], person: dict[tuple[str, str], UUID]) -> None:
    for slug, (kind, _, authority) in SPACES.items():
        if authority:
            with tenancy.inside(ids[authority]):
                by = {"by_id": person[authority, "officer"], "by": "Officer"}
                db.session.add(Admission(space_id=ids[slug], authority_id=ids[authority], **by))
                if kind == "forum":
                    db.session.add(
                        ForumDesignation(
                            space_id=ids[slug], authority_id=ids[authority], on=date(2025, 1, 6), **by
                        )
                    )
                db.session.flush()
