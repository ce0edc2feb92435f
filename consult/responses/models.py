"""What people said: written once, never edited. What is decided about a response later lies beside it."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Consultation, Question
from consult.database import Base, InsertOnly, alone, db
from consult.plans.models import Policy
from consult.tenancy import Owned, gathered, link_to, linked
from consult.web.errors import Refused


class Response(Owned, InsertOnly, Base):
    """One response, by one respondent (who may speak for several people)."""

    __tablename__ = "response"
    __erased__ = ("UPDATE", "id")
    __table_args__ = (
        sa.UniqueConstraint("space_id", "consultation_id", "key"),
        sa.UniqueConstraint("space_id", "consultation_id", "reference"),
        sa.Index("ix_response_received", "space_id", "consultation_id", "received"),
    )
    consultation_id: Mapped[UUID] = link_to("consultation")
    reference: Mapped[str]  # what the receipt says
    key: Mapped[str]  # the form's idempotency key, or the external id of an import
    received: Mapped[datetime] = mapped_column(default=clock.now)
    begun: Mapped[datetime | None]
    channel: Mapped[str] = mapped_column(default="web")  # web, paper, email, event, telephone, import
    kind: Mapped[str] = mapped_column(default="individual")
    name: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    client: Mapped[str] = mapped_column(default="")  # whom an agent answers for
    connection: Mapped[list[str]] = mapped_column(default=list)  # live, work, business
    people: Mapped[int] = mapped_column(default=1)
    home: Mapped[str] = mapped_column(default="unknown")  # inside, outside, unknown
    home_by: Mapped[str] = mapped_column(default="")  # postcode, their own word, or nothing
    late: Mapped[bool] = mapped_column(default=False)  # a fact of its reception, not a state
    external_id: Mapped[str | None]
    notice: Mapped[str] = mapped_column(default="")  # the privacy notice as it was shown
    publication: Mapped[str] = mapped_column(default="")  # what would be published of it, as it was shown
    language: Mapped[str] = mapped_column(default="en")  # in which it was asked, and notice and policy shown
    tell_decision: Mapped[bool] = mapped_column(
        default=False
    )  # regulation 16: of the decision of regulation 19
    wants_hearing: Mapped[bool] = mapped_column(default=False)
    why_hearing: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    consultation: Mapped[Consultation] = linked("Response.consultation_id", "Consultation")
    answers: Mapped[list["Answer"]] = gathered("Response", "Answer.response_id", order_by="Answer.position")
    places: Mapped[list["Place"]] = gathered("Response", "Place.response_id", order_by="Place.position")
    set_aside: Mapped["SettingAside | None"] = gathered("Response", "SettingAside.response_id", uselist=False)

    def take(self) -> None:
        """From here to the end of the transaction nobody else decides whether this response is counted."""
        db.session.flush()  # `alone` reads everything afresh
        alone(f"response {self.id}")

    def refuse_if_own_word(self) -> None:
        """What the person who sent it decided about it is not a member's to change: it would be counted again."""
        if self.set_aside is not None and self.set_aside.own_word:
            raise Refused(
                f"The person who sent {self.reference} has withdrawn or replaced it themselves, and that stays."
            )


class Answer(Owned, InsertOnly, Base):
    """One answer: a chosen option, a stance on a policy with its reason and suggested change, words, a number, a day,
    or the name of a file (whose bytes are in `files.py`)."""

    __tablename__ = "answer"
    __erased__ = ("UPDATE", "response_id")
    response_id: Mapped[UUID] = link_to("response")
    question_id: Mapped[UUID] = link_to("question")
    policy_id: Mapped[UUID | None] = link_to("policy", nullable=True)
    position: Mapped[int] = mapped_column(default=0)
    choice: Mapped[str | None]  # an option's key; several choices are several answers
    stance: Mapped[str | None]  # support, support_with_changes, object, comment
    text: Mapped[str] = mapped_column(default="")
    suggested_change: Mapped[str] = mapped_column(default="")
    number: Mapped[float | None] = mapped_column(sa.Double())
    day: Mapped[date | None]
    question: Mapped[Question] = linked("Answer.question_id", "Question")
    policy: Mapped[Policy | None] = linked("Answer.policy_id", "Policy")


class Place(Owned, InsertOnly, Base):
    """What a comment points at: a pin, a line or a shape, in metres of EPSG:27700, or only words."""

    __tablename__ = "place"
    __erased__ = ("UPDATE", "response_id")
    response_id: Mapped[UUID] = link_to("response")
    question_id: Mapped[UUID] = link_to("question")
    position: Mapped[int] = mapped_column(default=0)
    shape: Mapped[bytes | None]  # WKB
    easting: Mapped[float | None]  # a point on it
    northing: Mapped[float | None]
    words: Mapped[str] = mapped_column(default="")
    question: Mapped[Question] = linked("Place.question_id", "Question")


class SettingAside(Owned, Base):
    """Kept, but not counted: a duplicate, withdrawn, or excluded, always with the reason."""

    __tablename__ = "setting_aside"
    __table_args__ = (sa.UniqueConstraint("space_id", "response_id"),)
    response_id: Mapped[UUID] = link_to("response")
    kind: Mapped[str]  # duplicate, withdrawn, excluded
    reason: Mapped[str]
    own_word: Mapped[bool] = mapped_column(
        default=False
    )  # by whoever sent it, with the link of their receipt
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Replacement(Owned, InsertOnly, Base):
    """A response that its sender sent in place of an earlier one, of theirs: once each, before the close."""

    __tablename__ = "replacement"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "response_id"),
        sa.UniqueConstraint("space_id", "former_id"),
    )
    response_id: Mapped[UUID] = link_to("response")
    former_id: Mapped[UUID] = link_to("response")
    response: Mapped[Response] = linked("Replacement.response_id", "Response")
    former: Mapped[Response] = linked("Replacement.former_id", "Response")


class Reply(Owned, Base):
    """This response is the reply of that consultee; a response is nobody else's."""

    __tablename__ = "reply"
    __table_args__ = (sa.UniqueConstraint("space_id", "response_id"),)
    response_id: Mapped[UUID] = link_to("response")
    consultee_id: Mapped[UUID] = link_to("consultee")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    response: Mapped[Response] = linked("Reply.response_id", "Response")
