"""Who works in the demo: the operator, the officer, and the members of each body. All share one password."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
from flask_security import hash_password

from consult import audit
from consult.accounts.models import Operator, Person
from consult.clock import now
from consult.database import db
from consult.demo import past
from consult.spaces.invitations import invite, take_up
from consult.spaces.models import Invitation, Space

PASSWORD: Final = "three small hills"  # noqa: S105 - everybody may know it: it opens nothing but the demo


@dataclass(frozen=True)
class Player:
    name: str
    role: str
    space: str  # its slug; empty for the operator

    @property
    def email(self) -> str:
        """Says what they are, so that it can be remembered: chair@highfold.example.org."""
        return f"{self.role}@{self.space}.example.org" if self.space else f"{self.role}@example.org"


AUTHORITY: Final = "tarrow-vale"
OPERATOR: Final = Player("Olwen Pask", "operator", "")
OFFICER: Final = Player("Priya Raman", "officer", AUTHORITY)
CHAIRS: Final = {
    player.space: player
    for player in (
        Player("Margaret Oyelaran", "chair", "highfold"),
        Player("Colin Brathwaite", "chair", "nether-tarrow"),
        Player("Sunita Desai", "chair", "station-fields"),
        Player("Gareth Pugh", "chair", "oldbridge"),
        Player("Ewa Nowak", "chair", "tannery-wharf"),
    )
}
OTHERS: Final = (
    Player("Tom Lister", "organiser", "highfold"),
    Player("Anjali Mehta", "analyst", "highfold"),
    Player("Bernard Fry", "viewer", "highfold"),
    Player("Ruth Adeyemi", "organiser", "nether-tarrow"),
    Player("Kwame Boateng", "analyst", "nether-tarrow"),
    Player("Joan Tilley", "viewer", "nether-tarrow"),
)
CAST: Final = (OPERATOR, OFFICER, *CHAIRS.values(), *OTHERS)


@dataclass(frozen=True)
class Accounts:
    """Makes accounts. Hashing is slow on purpose, so the one password is hashed once."""

    hashed: str

    @classmethod
    def begin(cls) -> "Accounts":
        return cls(str(hash_password(PASSWORD)))

    def make(self, player: Player) -> Person:
        person = Person(email=player.email, name=player.name, password=self.hashed)
        db.session.add(person)
        db.session.flush()
        return person

    def make_operator(self) -> Person:
        person = self.make(OPERATOR)
        person.operator = Operator()
        audit.record_operator("operator.invited", email=person.email)
        db.session.flush()
        return person

    def join(self, player: Player, space: Space, invited_by: Person) -> Person:
        """Invited to the space we stand in, and there a day later."""
        invite(space, player.email, player.role, invited_by)
        invitation = db.session.scalars(sa.select(Invitation).where(Invitation.email == player.email)).one()
        with past.at(now() + timedelta(days=1)):
            person = self.make(player)
            take_up(invitation, person)
        return person


def known(email: str) -> Person:
    """Somebody of the cast who is here already."""
    return db.session.scalars(sa.select(Person).where(Person.email == email)).one()


def chair_of(slug: str) -> Person:
    return known(CHAIRS[slug].email)


def officer() -> Person:
    return known(OFFICER.email)


def typist_of(slug: str) -> Person:
    """Whoever types in what came on paper: the analyst, or the chair where there is none."""
    analysts = [player for player in OTHERS if player.space == slug and player.role == "analyst"]
    return known(analysts[0].email) if analysts else chair_of(slug)
