"""What regulations 16 to 20 have an authority do with the representations: publish them, hand them to the examiner, and
tell those who asked of the decision."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import clock
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly
from consult.responses.models import Response
from consult.spaces.models import Space
from consult.tenancy import Held, Owned, gathered, link_to, linked


class RepresentationsPublication(Owned, Base):
    """From here to its end everyone may read the representations, as they are cleared, under the policy that people
    were told of. It holds no words: what is hidden, withheld or erased later is gone from the page at once."""

    __tablename__ = "representations_publication"
    consultation_id: Mapped[UUID] = link_to("consultation")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    ended: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    consultation: Mapped[Consultation] = linked("RepresentationsPublication.consultation_id", "Consultation")


class PublicSet(Owned, Base):
    """The published representations as a PDF, set by the worker. It is sent as long as `shows` is the fingerprint of
    what everyone may read now; else it is made anew."""

    __tablename__ = "public_set"
    __table_args__ = (sa.UniqueConstraint("space_id", "publication_id"),)
    publication_id: Mapped[UUID] = link_to("representations_publication")
    shows: Mapped[str]
    representations: Mapped[int]  # in it
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Bundle(Owned, Base):
    """All that regulation 17 has an authority send to the examiner, unredacted, as it stood at one moment.

    `contents` is what it was made of: the representations by number of their response, with what had become of each.
    It stays when files are made anew after an erasure.
    """

    __tablename__ = "bundle"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "number"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    number: Mapped[int]
    contents: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    job_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("job.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    built: Mapped[datetime | None]
    sha256: Mapped[str] = mapped_column(default="")  # of its manifest
    erased: Mapped[datetime | None]  # when somebody's words were last taken out of it
    consultation: Mapped[Consultation] = linked("Bundle.consultation_id", "Consultation")
    files: Mapped[list["BundleFile"]] = gathered(
        "Bundle", "BundleFile.bundle_id", order_by="BundleFile.position"
    )


class BundleFile(Owned, Base):
    __tablename__ = "bundle_file"
    __table_args__ = (sa.UniqueConstraint("space_id", "bundle_id", "name"),)
    bundle_id: Mapped[UUID] = link_to("bundle")
    position: Mapped[int]
    part: Mapped[str]  # of `contents.PARTS`
    name: Mapped[str]  # with its folders
    title: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    bundle: Mapped[Bundle] = linked("BundleFile.bundle_id", "Bundle", viewonly=True)


class BundleReader(Held, Base):
    """A person who was named to fetch the bundles of one consultation: nobody else can, officers included. They are no
    member of the space; the record is theirs to read wherever they stand."""

    __tablename__ = "bundle_reader"
    consultation_id: Mapped[UUID] = link_to("consultation")
    title: Mapped[str]  # of the consultation, which the reader cannot look up where they stand
    name: Mapped[str]
    capacity: Mapped[str]  # examiner, officer, other
    until: Mapped[date]  # the last UK day on which they may fetch it
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[str]
    ended: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    person: Mapped[Person] = relationship(foreign_keys="BundleReader.person_id")
    space: Mapped[Space] = relationship(
        primaryjoin="foreign(BundleReader.space_id) == Space.id", viewonly=True
    )

    def may_fetch(self, now: datetime | None = None) -> bool:
        """Whether the files are theirs to fetch at that moment: until the end of the day, or until they are stopped."""
        now = now or clock.now()
        return self.ended is None and now < clock.end_of(self.until)


class DecisionTelling(Owned, InsertOnly, Base):
    """Those who asked were told of the decision to make the plan, or to refuse it (regulations 19 and 20)."""

    __tablename__ = "decision_telling"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "decision"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    decision: Mapped[str]  # a key of `journey.toml`: made, refused
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))


class DecisionMail(Owned, InsertOnly, Base):
    """The mail to whoever sent one representation: the evidence that it went, without the address."""

    __tablename__ = "decision_mail"
    __table_args__ = (sa.UniqueConstraint("space_id", "telling_id", "response_id"),)
    telling_id: Mapped[UUID] = link_to("decision_telling")
    response_id: Mapped[UUID] = link_to("response")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    response: Mapped[Response] = linked("DecisionMail.response_id", "Response")


class BundleDocument(Owned, InsertOnly, Base):
    """What an officer adds to the bundles of a consultation beside what came with the submission and the
    representations, such as letters that followed (regulation 17)."""

    __tablename__ = "bundle_document"
    consultation_id: Mapped[UUID] = link_to("consultation")
    title: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
