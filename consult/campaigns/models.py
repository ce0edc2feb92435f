"""Standard letters and petitions, as records of who found, confirmed or changed what, and when.

No word of a letter is kept a second time: its template is the response that it was found in. Nothing here is edited. A
step is added, and a step can be taken back by another; who is a member follows from the steps (`standing.py`).
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly
from consult.responses.models import Response
from consult.tenancy import Owned, gathered, link_to, linked


class Campaign(Owned, InsertOnly, Base):
    """A letter that several people sent, as the search found it (`detector`) or somebody began it."""

    __tablename__ = "campaign"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "number"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    number: Mapped[int]  # within the consultation
    template_id: Mapped[UUID] = link_to("response")
    detector: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    consultation: Mapped[Consultation] = linked("Campaign.consultation_id", "Consultation")
    template: Mapped[Response] = linked("Campaign.template_id", "Response")
    steps: Mapped[list["CampaignStep"]] = gathered(
        "Campaign", "CampaignStep.campaign_id", order_by="CampaignStep.number"
    )

    @property
    def name(self) -> str:
        """As every list and report calls it."""
        return f"C{self.number}"


class CampaignStep(Owned, InsertOnly, Base):
    """One thing that happened to a campaign; with a response where it is about one."""

    __tablename__ = "campaign_step"
    __table_args__ = (sa.UniqueConstraint("space_id", "campaign_id", "number"),)
    campaign_id: Mapped[UUID] = link_to("campaign")
    number: Mapped[int]  # within the campaign, in the order made
    kind: Mapped[str]  # one of standing.KINDS
    response_id: Mapped[UUID | None] = link_to("response", nullable=True)
    share: Mapped[float | None] = mapped_column(sa.Double())  # how much of the template it has
    undoes: Mapped[int | None]  # the number of the step that it takes back
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Petition(Owned, InsertOnly, Base):
    """A response that many people signed. How many follows from its entries; the last one holds."""

    __tablename__ = "petition"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "consultation_id", "number"),
        sa.UniqueConstraint("space_id", "response_id"),
    )
    consultation_id: Mapped[UUID] = link_to("consultation")
    number: Mapped[int]
    response_id: Mapped[UUID] = link_to("response")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    consultation: Mapped[Consultation] = linked("Petition.consultation_id", "Consultation")
    response: Mapped[Response] = linked("Petition.response_id", "Response")
    entries: Mapped[list["PetitionEntry"]] = gathered(
        "Petition", "PetitionEntry.petition_id", order_by="PetitionEntry.number"
    )

    @property
    def name(self) -> str:
        return f"P{self.number}"


class PetitionEntry(Owned, InsertOnly, Base):
    """What an organiser wrote down about a petition: how many signed (`entered`), that this is right (`confirmed`), or
    that it is no petition after all (`ended`)."""

    __tablename__ = "petition_entry"
    __table_args__ = (sa.UniqueConstraint("space_id", "petition_id", "number"),)
    petition_id: Mapped[UUID] = link_to("petition")
    number: Mapped[int]
    kind: Mapped[str]
    signatures: Mapped[int]
    left_out: Mapped[int]  # of these, people who also responded and are counted there; 0: none was left out
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))


class Signatory(Owned, Base):
    """Somebody who signed, where the organiser wants the names kept. Goes with the petition's response when that is
    erased, and with that of the person, where they sent one themselves."""

    __tablename__ = "signatory"
    response_id: Mapped[UUID] = link_to("response")  # the petition's
    own_response_id: Mapped[UUID | None] = link_to("response", nullable=True)
    position: Mapped[int]
    name: Mapped[str]
