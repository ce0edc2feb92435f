"""Campaigns of a consultation: looked for, confirmed, changed and taken back, each by somebody's word and on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from consult import audit
from consult.campaigns.detecting import VERSION, Group, groups
from consult.campaigns.models import Campaign, CampaignStep
from consult.campaigns.standing import DISMISSED, PROPOSED, Standing, standing_of
from consult.campaigns.texts import texts_of
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.responses.models import Response
from consult.web.errors import Refused

SAME = 0.5  # of a group's copies in one campaign already: it is that one


@dataclass(frozen=True)
class Looked:
    """What was looked through, response by response, and the groups that were seen in it."""

    ids: list[UUID]
    groups: list[Group]


def look(consultation: Consultation) -> Looked:
    """Through everything that was written. Takes seconds where much was, and locks nothing."""
    texts = texts_of(consultation)
    return Looked(list(texts), groups(list(texts.values())))


class Letters:
    """One person at work on the campaigns of one consultation, to the end of the transaction."""

    def __init__(self, consultation: Consultation, by: Any) -> None:
        db.session.flush()  # `alone` reads everything afresh
        alone(f"campaigns of {consultation.id}")
        self.consultation, self.by = consultation, by

    def search(self, looked: Looked | None = None) -> int:
        """Puts down what was found in everything that was written; the number of copies that nobody knew of. What
        somebody took out of a campaign, or dismissed with it, is not proposed for it again."""
        looked = looked or look(self.consultation)
        new = sum(self.propose(group, looked.ids) for group in looked.groups)
        about = {"detector": VERSION, "texts": len(looked.ids), "new": new}
        audit.record("campaigns.searched", self.consultation.reference, by=self.by, **about)
        return new

    def propose(self, group: Group, ids: list[UUID]) -> int:
        campaigns = campaigns_of(self.consultation)
        shares = {ids[at]: share for at, share in zip(group.members, group.shares, strict=True)}
        known = {each.id: standing_of(each.steps) for each in campaigns}
        same = next((each for each in campaigns if is_same(known[each.id], set(shares))), None)
        taken = {
            id_ for each in campaigns for id_ in known[each.id].every if known[each.id].state != DISMISSED
        }
        if same is not None:
            now = known[same.id]
            taken |= now.taken_out | set(now.every)
        new = {id_: share for id_, share in shares.items() if id_ not in taken}
        if not new or (same is not None and known[same.id].state == DISMISSED):
            return 0
        campaign = same or self.begin(ids[group.template])
        for id_, share in new.items():
            self.step(campaign, "found", id_, share)
        return len(new)

    def begin(self, template: UUID) -> Campaign:
        last = sa.select(sa.func.max(Campaign.number)).where(Campaign.consultation_id == self.consultation.id)
        number = (db.session.scalar(last) or 0) + 1
        about = {"consultation_id": self.consultation.id, "number": number, "detector": VERSION}
        campaign = Campaign(**about, template_id=template, by_id=self.by.id if self.by else None)
        db.session.add(campaign)
        db.session.flush()
        return campaign

    def confirm(self, campaign: Campaign) -> None:
        """From now on its copies are called a campaign. Raises Refused where none is left in it."""
        if not standing_of(campaign.steps).every:
            raise Refused("Nobody’s response is in it any more, so there is nothing to confirm.")
        self.done(campaign, "confirmed")

    def dismiss(self, campaign: Campaign) -> None:
        """These people wrote each for themselves: it is no campaign."""
        self.done(campaign, "dismissed")

    def take_out(self, campaign: Campaign, response: Response) -> None:
        """Raises Refused where it is not in it."""
        if response.id not in standing_of(campaign.steps).every:
            raise Refused(f"{response.reference} is not in {campaign.name}.")
        self.done(campaign, "left", response)

    def put_in(self, campaign: Campaign, response: Response) -> None:
        """Raises Refused where it is in this or another campaign already: nobody is in two."""
        for each in campaigns_of(self.consultation):
            now = standing_of(each.steps)
            if response.id in now.every and now.state != DISMISSED:
                raise Refused(f"{response.reference} is in {each.name} already.")
        self.done(campaign, "joined", response)

    def undo(self, campaign: Campaign) -> None:
        """Takes back the last step that somebody made. Raises Refused where there is none, or where a response would
        be in two campaigns by it."""
        last = standing_of(campaign.steps).last
        if last is None:
            raise Refused("Nobody has taken a step here that could be taken back.")
        self.step(campaign, "undone", undoes=last.number)
        self.refuse_in_two(campaign)
        audit.record("campaign.undone", campaign.name, by=self.by, **self.where(), step=last.kind)

    def refuse_in_two(self, campaign: Campaign) -> None:
        now = standing_of(campaign.steps)
        if now.state == DISMISSED:
            return
        for each in campaigns_of(self.consultation):
            other = standing_of(each.steps)
            if each.id != campaign.id and other.state != DISMISSED and set(other.every) & set(now.every):
                raise Refused(
                    f"Some of these responses are in {each.name} by now. Take them out there first."
                )

    def done(self, campaign: Campaign, kind: str, response: Response | None = None) -> None:
        self.step(campaign, kind, response.id if response else None)
        subject = response.reference if response else campaign.name
        audit.record(f"campaign.{kind}", subject, by=self.by, **self.where(), campaign=campaign.name)

    def where(self) -> dict[str, str]:
        return {"consultation": self.consultation.reference}

    def step(
        self,
        campaign: Campaign,
        kind: str,
        response_id: UUID | None = None,
        share: float | None = None,
        undoes: int | None = None,
    ) -> None:
        number = len(campaign.steps) + 1
        who = {"by_id": self.by.id if self.by else None, "undoes": undoes}
        about = {"campaign_id": campaign.id, "number": number, "kind": kind, "response_id": response_id}
        campaign.steps.append(CampaignStep(**about, share=share, **who))
        db.session.flush()


def is_same(now: Standing, ids: set[UUID]) -> bool:
    """A campaign is known again by its copies, those that were taken out of it too."""
    return len((set(now.every) | now.taken_out) & ids) >= SAME * len(ids)


def campaigns_of(consultation: Consultation) -> list[Campaign]:
    mine = sa.select(Campaign).where(Campaign.consultation_id == consultation.id).order_by(Campaign.number)
    return list(db.session.scalars(mine.options(selectinload(Campaign.steps))))


def confirmed(consultation: Consultation) -> dict[UUID, str]:
    """The responses that are copies of a letter which somebody confirmed as a campaign, with its name."""
    return {id_: each.name for each in campaigns_of(consultation) for id_ in standing_of(each.steps).counted}


def waiting(campaigns: Iterable[Campaign]) -> list[Campaign]:
    """Those that somebody should look at: proposed, or with copies that came since."""
    standings = [(each, standing_of(each.steps)) for each in campaigns]
    return [e for e, now in standings if now.state != DISMISSED and (now.waiting or now.state == PROPOSED)]
