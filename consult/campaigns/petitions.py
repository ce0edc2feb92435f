"""Petitions: one response that many people signed. Signatures count as people once somebody has confirmed the number
(rule 4 of the design); that some of them also responded is noted, and left out only where the organiser says so."""

import unicodedata
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from consult import audit
from consult.campaigns.models import Petition, PetitionEntry, Signatory
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.responses.models import Response, SettingAside
from consult.web.errors import Refused

ENTERED, CONFIRMED, ENDED = "entered", "confirmed", "ended"
MOST = 1_000_000
LONGEST_NAME = 200
ABOUT_ONE = ("individual", "landowner")


class Petitions:
    """One person at work on the petitions of one consultation, to the end of the transaction."""

    def __init__(self, consultation: Consultation, by: Any) -> None:
        db.session.flush()  # `alone` reads everything afresh
        alone(f"campaigns of {consultation.id}")
        self.consultation, self.by = consultation, by

    def mark(self, response: Response) -> Petition:
        """This response is a petition; the number that it came with is taken over, for somebody to check."""
        known = petition_of(response)
        if known is None:
            mine = sa.select(sa.func.max(Petition.number)).where(
                Petition.consultation_id == self.consultation.id
            )
            number = (db.session.scalar(mine) or 0) + 1
            about = {"consultation_id": self.consultation.id, "response_id": response.id}
            known = Petition(**about, number=number, by_id=self.by.id)
            db.session.add(known)
            db.session.flush()
        if state_of(known) in ("", ENDED):
            self.enter(known, max(response.people, 1), 0)
        return known

    def enter(self, petition: Petition, signatures: int, left_out: int) -> None:
        """How many signed, and how many of them are left out of the number of people, because they also responded.
        Raises Refused where that is more than signed. A number that changes has to be confirmed again."""
        if not 1 <= signatures <= MOST:
            raise Refused(f"The number of signatures is between 1 and {MOST:,}.")
        if not 0 <= left_out < signatures:
            raise Refused(
                "At least one signature has to be left: the one that stands for the response itself."
            )
        self.entry(petition, ENTERED, signatures, left_out)

    def confirm(self, petition: Petition) -> None:
        """The number is right: these signatures count as people from now on. Raises Refused for one that ended."""
        last = self.standing(petition)
        self.entry(petition, CONFIRMED, last.signatures, last.left_out)

    def end(self, petition: Petition) -> None:
        """It is no petition after all; the names that were kept of it go."""
        last = self.standing(petition)
        self.entry(petition, ENDED, last.signatures, last.left_out)
        self.name(petition, [])

    def standing(self, petition: Petition) -> PetitionEntry:
        last = last_of(petition)
        if last is None or last.kind == ENDED:
            raise Refused(
                f"{petition.response.reference} is no petition any more. Mark it as one again first."
            )
        return last

    def entry(self, petition: Petition, kind: str, signatures: int, left_out: int) -> None:
        about = {"petition_id": petition.id, "number": len(petition.entries) + 1, "kind": kind}
        row = PetitionEntry(**about, signatures=signatures, left_out=left_out, by_id=self.by.id)
        petition.entries.append(row)
        db.session.flush()
        detail = {"petition": petition.name, "signatures": signatures, "left_out": left_out}
        where = {"consultation": self.consultation.reference}
        audit.record(f"petition.{kind}", petition.response.reference, by=self.by, **detail, **where)

    def name(self, petition: Petition, names: Iterable[str]) -> None:
        """These names are kept, in place of those before. Whoever also responded under that name is noted."""
        for row in signatories(petition):
            db.session.delete(row)
        db.session.flush()
        responded = by_name(self.consultation, petition.response_id)
        for position, name in enumerate(names):
            own = responded.get(folded(name))
            about = {"response_id": petition.response_id, "own_response_id": own}
            db.session.add(Signatory(**about, position=position, name=name))
        db.session.flush()


def by_name(consultation: Consultation, but: UUID) -> dict[str, UUID]:
    """Who responded for themselves and is not set aside, by name; a name that two have is nobody's."""
    aside = sa.select(SettingAside.response_id)
    rows = db.session.execute(
        sa.select(Response.name, Response.id)
        .where(Response.consultation_id == consultation.id, Response.id != but, Response.name != "")
        .where(Response.kind.in_(ABOUT_ONE), Response.id.not_in(aside))
    )
    found: dict[str, list[UUID]] = {}
    for name, id_ in rows:
        found.setdefault(folded(name), []).append(id_)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


def folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def names_in(given: str) -> list[str]:
    """One name a line, as they were typed in."""
    lines = (" ".join(line.split()) for line in given.splitlines())
    return [line[:LONGEST_NAME] for line in lines if line]


def last_of(petition: Petition) -> PetitionEntry | None:
    return petition.entries[-1] if petition.entries else None


def state_of(petition: Petition) -> str:
    last = last_of(petition)
    return last.kind if last else ""


def petition_of(response: Response) -> Petition | None:
    return db.session.scalar(sa.select(Petition).where(Petition.response_id == response.id))


def signatories(petition: Petition) -> list[Signatory]:
    mine = sa.select(Signatory).where(Signatory.response_id == petition.response_id)
    return list(db.session.scalars(mine.order_by(Signatory.position)))


def petitions_of(consultation: Consultation) -> list[Petition]:
    """Those that stand or stood, in the order that they were marked."""
    mine = sa.select(Petition).where(Petition.consultation_id == consultation.id).order_by(Petition.number)
    return list(db.session.scalars(mine.options(selectinload(Petition.entries))))


def signed(consultation: Consultation) -> dict[UUID, tuple[str, int]]:
    """For each response that is a petition: its name and how many people it counts as. Until somebody confirms the
    number, it has no name and is one."""
    found = {}
    for petition in petitions_of(consultation):
        last = last_of(petition)
        if last is not None and last.kind == CONFIRMED:
            found[petition.response_id] = (petition.name, last.signatures - last.left_out)
        elif last is not None and last.kind == ENTERED:
            found[petition.response_id] = ("", 1)
    return found
