"""Receiving a response: one transaction with everything in it, and once only however often the form arrives."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from consult import audit, clock
from consult.consultations.models import Consultation
from consult.database import db, new_id
from consult.responses.form.files import AnswerFile
from consult.responses.homes import home_of
from consult.responses.models import Answer, Place, Response
from consult.responses.references import new_reference
from consult.responses.replacing import ReplacedAlready, newer_than, replace
from consult.web.forms import tidy

TRIES = 5


@dataclass(frozen=True)
class Said:
    """One answer: an option chosen, a stance with its reason and suggested change, words, a number, a day, or (as
    words) the name of a file."""

    question_id: UUID
    policy_id: UUID | None = None
    choice: str | None = None
    stance: str | None = None
    text: str = ""
    suggested_change: str = ""
    number: float | None = None
    day: date | None = None


@dataclass(frozen=True)
class Filed:
    """One file that came with a response."""

    question_id: UUID
    name: str
    media_type: str
    sha256: str
    content: bytes


@dataclass(frozen=True)
class Pointed:
    """One place: metres of EPSG:27700, a shape (WKB), words, or some of these."""

    question_id: UUID
    easting: float | None = None
    northing: float | None = None
    words: str = ""
    shape: bytes | None = None


@dataclass(frozen=True)
class Submission:
    """What arrived, before it is a response. `home` is their own word: inside, outside or nothing."""

    kind: str = "individual"
    name: str = ""
    organisation: str = ""
    email: str = ""
    postcode: str = ""
    connection: tuple[str, ...] = ()
    people: int = 1
    answers: tuple[Said, ...] = ()
    places: tuple[Pointed, ...] = ()
    files: tuple[Filed, ...] = ()
    channel: str = "web"
    key: str = field(default_factory=lambda: str(uuid4()))
    received: datetime | None = None  # now
    begun: datetime | None = None
    external_id: str | None = None
    home: str = ""
    notice: str = ""  # the privacy notice as it was shown
    publication: str = ""  # what would be published, as it was shown
    language: str = "en"  # in which it was asked
    address: str = ""
    client: str = ""
    tell_decision: bool = False
    wants_hearing: bool = False
    why_hearing: str = ""
    former: UUID | None = None  # the response that its sender puts this in the place of

    @property
    def says_nothing(self) -> bool:
        return not self.answers and not self.places


def receive(
    consultation: Consultation, submission: Submission, entered_by: Any = None
) -> tuple[Response, bool]:
    """The response, and whether it was already there: the same key is the same response."""
    for attempt in range(TRIES):
        response, parts = composed(consultation, submission, entered_by)
        try:
            with db.session.begin_nested():
                mark_late(consultation, [response])
                db.session.add_all([response, *parts])
                db.session.flush()
                know_parts(response, parts)
                if submission.former is not None and not response.late:
                    replace(submission.former, response)
                if entered_by is not None:
                    audit.record(
                        "response.entered", response.reference, by=entered_by, channel=response.channel
                    )
        except IntegrityError:
            # This form has been here, perhaps at this very moment; or the reference is taken, and another is drawn.
            earlier = received_as(consultation, submission.key)
            if earlier is not None:
                return earlier, True
            if submission.former is not None and newer_than(submission.former) is not None:
                raise ReplacedAlready from None
            if attempt == TRIES - 1:
                raise
            continue
        return response, False
    raise AssertionError("unreachable")


def know_parts(response: Response, parts: list[Answer | Place | AnswerFile]) -> None:
    """What was written just now need not be read again."""
    for name, kind in (("answers", Answer), ("places", Place)):
        set_committed_value(response, name, [part for part in parts if isinstance(part, kind)])


def received_as(consultation: Consultation, key: str) -> Response | None:
    return db.session.scalar(
        sa.select(Response).where(Response.consultation_id == consultation.id, Response.key == key)
    )


def composed(
    consultation: Consultation, submission: Submission, entered_by: Any = None
) -> tuple[Response, list[Answer | Place | AnswerFile]]:
    """The rows of a response and of all in it, but for whether it is late; every column is given, so that each table
    takes one statement."""
    said = submission
    home, home_by = home_of(consultation, said.postcode, said.home)
    response = Response(
        id=new_id(),
        consultation_id=consultation.id,
        reference=new_reference(),
        key=said.key,
        received=said.received or clock.now(),
        begun=said.begun,
        channel=said.channel,
        kind=said.kind,
        name=tidy(said.name),
        organisation=tidy(said.organisation),
        email=tidy(said.email),
        postcode=tidy(said.postcode),
        address=tidy(said.address),
        client=tidy(said.client),
        tell_decision=said.tell_decision,
        wants_hearing=said.wants_hearing,
        why_hearing=tidy(said.why_hearing),
        publication=said.publication,
        language=said.language,
        connection=list(said.connection),
        people=said.people,
        home=home,
        home_by=home_by,
        external_id=said.external_id,
        notice=str(said.notice or consultation.privacy_notice),
        entered_by_id=entered_by.id if entered_by is not None else None,
    )
    return response, [*answers_of(response, said), *places_of(response, said), *files_of(response, said)]


def mark_late(consultation: Consultation, responses: Iterable[Response]) -> None:
    """A response belongs to the consultation up to, and not at, the instant at which it closes. Asked of the database
    in the transaction that writes: somebody may have closed or extended it since this request read it, or be at it
    now, which is waited for (`Consultation.await_senders`). The row is held as the foreign key would hold it a moment
    later."""
    this = sa.select(Consultation.id).where(Consultation.id == consultation.id)
    db.session.execute(this.with_for_update(read=True, key_share=True))
    db.session.refresh(consultation, ["last_day", "closing", "extensions"])
    closes = consultation.closes
    for response in responses:
        response.late = closes is not None and response.received >= closes


def answers_of(response: Response, submission: Submission) -> list[Answer]:
    return [
        Answer(
            response_id=response.id,
            question_id=said.question_id,
            policy_id=said.policy_id,
            position=position,
            choice=said.choice,
            stance=said.stance,
            text=tidy(said.text),
            suggested_change=tidy(said.suggested_change),
            number=said.number,
            day=said.day,
        )
        for position, said in enumerate(submission.answers)
    ]


def places_of(response: Response, submission: Submission) -> list[Place]:
    return [
        Place(
            response_id=response.id,
            question_id=pointed.question_id,
            position=position,
            shape=pointed.shape,
            easting=pointed.easting,
            northing=pointed.northing,
            words=tidy(pointed.words),
        )
        for position, pointed in enumerate(submission.places)
    ]


def files_of(response: Response, submission: Submission) -> list[AnswerFile]:
    return [
        AnswerFile(
            response_id=response.id,
            question_id=filed.question_id,
            position=position,
            name=filed.name,
            media_type=filed.media_type,
            sha256=filed.sha256,
            content=filed.content,
        )
        for position, filed in enumerate(submission.files)
    ]


def says_the_same(response: Response, submission: Submission) -> bool:
    """Whether a form that arrives under a known key says what was received under it."""
    given = submission
    about = ("kind", "name", "organisation", "email", "postcode", "people", "address", "client", "tell_decision",
             "wants_hearing", "why_hearing")  # fmt: skip
    if any(getattr(response, name) != tidy(getattr(given, name)) for name in about):
        return False
    if set(response.connection) != set(given.connection):
        return False
    pins = [
        {(p.question_id, p.shape, p.easting, p.northing, p.words) for p in places}
        for places in (response.places, places_of(response, given))
    ]
    if pins[0] != pins[1]:
        return False
    kept, sent = (
        {answered(a) for a in answers} for answers in (response.answers, answers_of(response, given))
    )
    return kept == sent or says_the_same_but_files(response, given, kept ^ sent)


def answered(answer: Answer) -> tuple[Any, ...]:
    """All that one answer says, its question first."""
    whole = (answer.question_id, answer.policy_id, answer.choice, answer.stance, answer.text)
    return (*whole, answer.suggested_change, answer.number, answer.day)


def says_the_same_but_files(response: Response, given: Submission, differing: set[tuple[Any, ...]]) -> bool:
    """A browser sends a file once: the form that arrives again may have none, but no other than came before."""
    mine = sa.select(AnswerFile.question_id, AnswerFile.sha256).where(AnswerFile.response_id == response.id)
    there = {(question, sha256) for question, sha256 in db.session.execute(mine)}
    of_files = {question for question, _ in there}
    again = {(file.question_id, file.sha256) for file in given.files}
    return bool(there) and again <= there and {answer[0] for answer in differing} <= of_files
