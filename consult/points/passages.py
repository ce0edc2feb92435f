"""What people wrote, a passage at a time: one answer, or the words beside one place, as one screen shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from consult.access import MAY, Act
from consult.consultations.models import Consultation, Question
from consult.database import db
from consult.plans.models import Policy
from consult.points.models import Assignment, Coding, Point, standing_codings, standing_points
from consult.responses.models import Answer, Place, Response, SettingAside
from consult.spaces.models import Membership
from consult.tenancy import here

CODED, UNCODED = "coded", "uncoded"
ME, NOBODY = "me", "nobody"
DOUBT = "doubt"  # what the suggestions are least sure of comes first
READ: Final = (
    "duplicate",
    "withdrawn",
)  # set aside so, a passage need not be read: it is there already, or taken back
FIELDS: Final = {"answer": ("text", "suggested_change"), "place": ("words",)}


@dataclass(frozen=True)
class Passage:
    id: UUID
    of: str  # answer, place
    response_id: UUID
    response: str
    received: datetime
    kind: str  # of respondent
    question: str
    asked: str
    policy_id: UUID | None
    policy: str
    stance: str
    written: dict[str, str]  # its fields that have words, in the order they are read

    @property
    def link(self) -> dict[str, UUID]:
        """The columns of a point of this passage."""
        return {f"{self.of}_id": self.id, "response_id": self.response_id}


@dataclass(frozen=True)
class Wanted:
    """Which passages a coder works through; empty means any."""

    question: str = ""
    policy: str = ""
    stance: str = ""
    state: str = ""
    order: str = ""  # as it came; or DOUBT
    whose: str = ""  # ME or NOBODY: who is to read it
    me: UUID | None = None


def listed(consultation: Consultation) -> sa.Subquery:
    """Every passage of the consultation that is to be read, as rows: where it stands in the order, and whether every
    point of it is coded."""
    return sa.union_all(answers(consultation), places(consultation)).subquery("passage")


def answers(consultation: Consultation) -> sa.Select[Any]:
    said = sa.or_(Answer.text != "", Answer.suggested_change != "")
    about = (Policy.reference, Answer.stance, Answer.position)
    rows = of(Answer, "answer", Point.answer_id == Answer.id, about, consultation).where(said)
    return rows.outerjoin(Policy, sa.and_(Policy.id == Answer.policy_id, Policy.space_id == Answer.space_id))


def places(consultation: Consultation) -> sa.Select[Any]:
    about = (sa.literal(None), sa.literal(None), Place.position)
    return of(Place, "place", Point.place_id == Place.id, about, consultation).where(Place.words != "")


def of(
    table: Any, name: str, mine: sa.ColumnElement[bool], about: tuple[Any, ...], consultation: Consultation
) -> sa.Select[Any]:
    policy, stance, position = about
    points = sa.select(Point.id).where(mine, standing_points())
    coded: list[sa.ColumnElement[bool]] = [
        sa.exists(points.where(Point.id.in_(coded_points()))),
        sa.not_(sa.exists(points.where(Point.id.not_in(coded_points())))),
    ]
    aside = sa.select(SettingAside.response_id).where(SettingAside.kind.in_(READ))
    return (
        sa.select(
            table.id.label("id"),
            sa.literal(name).label("of"),
            Question.reference.label("question"),
            Question.position.label("asked_at"),
            Response.received.label("received"),
            Response.reference.label("response"),
            policy.label("policy"),
            stance.label("stance"),
            position.label("position"),
            sa.and_(*coded).label("coded"),
            Response.id.label("response_id"),
            reader().label("reader"),
        )
        .select_from(table)
        .join(Response, sa.and_(Response.id == table.response_id, Response.space_id == table.space_id))
        .join(Question, sa.and_(Question.id == table.question_id, Question.space_id == table.space_id))
        .where(Response.consultation_id == consultation.id, Response.id.not_in(aside))
    )


def reader() -> sa.ScalarSelect[UUID]:
    """Who is to read the response that a statement asks for; nobody where that person no longer reads here."""
    given = sa.select(Assignment.person_id).where(
        Assignment.space_id == Response.space_id,
        Assignment.response_id == Response.id,
        Assignment.ended.is_(None),
        Assignment.person_id.in_(reading_here()),
    )
    return given.order_by(Assignment.at.desc()).limit(1).correlate(Response).scalar_subquery()


def reading_here() -> sa.Select[UUID]:
    """The members of the space we stand in who may read and code."""
    roles = [role.value for role, acts in MAY.items() if Act.COMBINE in acts]
    return sa.select(Membership.person_id).where(
        Membership.space_id == here(), Membership.ended.is_(None), Membership.role.in_(roles)
    )


def coded_points() -> sa.Select[Any]:
    return sa.select(Coding.point_id).where(standing_codings())


def chosen(rows: sa.Subquery, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    given = {name: getattr(wanted, name) for name in ("question", "policy", "stance")}
    found = [rows.c[name] == value for name, value in given.items() if value]
    if wanted.whose:
        found.append(rows.c.reader.is_(None) if wanted.whose == NOBODY else rows.c.reader == wanted.me)
    if wanted.state:
        found.append(rows.c.coded if wanted.state == CODED else sa.not_(rows.c.coded))
    return found


def order(rows: sa.Subquery) -> list[Any]:
    """Question by question, then as it came: what was asked together is read together."""
    names = ("asked_at", "received", "response", "position", "id")
    return [rows.c[name] for name in names]


def passage_at(consultation: Consultation, id_: UUID) -> Passage | None:
    """One passage of this consultation, whatever became of its response."""
    return answer_at(consultation, id_) or place_at(consultation, id_)


def answer_at(consultation: Consultation, id_: UUID) -> Passage | None:
    row = db.session.scalar(sa.select(Answer).where(Answer.id == id_))
    response = row and response_of(consultation, row)
    if not row or not response:
        return None
    policy = row.policy
    return passage(
        row,
        "answer",
        response,
        policy.id if policy else None,
        policy.name if policy else "",
        row.stance or "",
    )


def place_at(consultation: Consultation, id_: UUID) -> Passage | None:
    row = db.session.scalar(sa.select(Place).where(Place.id == id_))
    response = row and response_of(consultation, row)
    return passage(row, "place", response) if row and response else None


def response_of(consultation: Consultation, row: Any) -> Response | None:
    mine = sa.select(Response).where(
        Response.id == row.response_id, Response.consultation_id == consultation.id
    )
    return db.session.scalar(mine)


def passage(
    row: Any, of: str, response: Response, policy_id: UUID | None = None, policy: str = "", stance: str = ""
) -> Passage:
    written = {name: getattr(row, name) for name in FIELDS[of] if getattr(row, name)}
    return Passage(
        id=row.id,
        of=of,
        response_id=response.id,
        response=response.reference,
        received=response.received,
        kind=response.kind,
        question=row.question.reference,
        asked=row.question.title,
        policy_id=policy_id,
        policy=policy,
        stance=stance,
        written=written,
    )
