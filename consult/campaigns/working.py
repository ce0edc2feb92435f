"""Standard letters as organisers see them: looked for, read beside what each person added, confirmed or dismissed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.campaigns.letters import Letters, campaigns_of
from consult.campaigns.models import Campaign
from consult.campaigns.own_words import Piece, added, pieces
from consult.campaigns.pages import HERE, by_id, found, response_named
from consult.campaigns.pages import pages as blueprint
from consult.campaigns.petitions import petitions_of, state_of
from consult.campaigns.searching import LETTERS
from consult.campaigns.standing import Standing, standing_of
from consult.campaigns.texts import words_of
from consult.consultations.models import Consultation
from consult.responses import searches
from consult.responses.asking import consultation_at
from consult.responses.models import Response
from consult.web.errors import Refused

ONE = "/<space:space>/campaigns/<uuid:campaign_id>"


@dataclass(frozen=True)
class Copy:
    """A response beside the template: `own` is what its sender added, `words` all of it in pieces."""

    response: Response
    own: str
    words: list[Piece]
    share: float | None
    is_waiting: bool


@blueprint.get(HERE)
@needs(Act.COMBINE)
def overview(reference: str) -> str:
    return overview_of(consultation_at(reference))


def overview_of(consultation: Consultation, refusal: str = "") -> str:
    rows = [(each, standing_of(each.steps)) for each in campaigns_of(consultation)]
    begins = words_of(Response.id.in_([each.template_id for each, _ in rows]))
    search = searches.last_of(consultation, LETTERS)
    return render_template(
        "campaigns/overview.html",
        consultation=consultation,
        campaigns=rows,
        begins=begins,
        search=search,
        progress=searches.progress_of(search),
        petitions=[
            (each, state_of(each), each.entries[-1]) for each in petitions_of(consultation) if each.entries
        ],
        refusal=refusal,
        typed=request.form.get("response", "") if refusal else "",
    )


@blueprint.post(f"{HERE}/searches")
@needs(Act.COMBINE)
def search(reference: str) -> Any:
    searches.ask(consultation_at(reference), LETTERS, me())
    return redirect(url_for("campaigns.overview", reference=reference), 303)


@blueprint.get(f"{HERE}/searches/last")
@needs(Act.COMBINE)
def search_progress(reference: str) -> dict[str, Any]:
    """How far it is, for the page to ask."""
    return searches.told(searches.last_of(consultation_at(reference), LETTERS))


@blueprint.get(ONE)
@needs(Act.COMBINE)
def campaign(campaign_id: UUID) -> str:
    return page(found(Campaign, campaign_id))


def page(one: Campaign, refusal: str = "") -> str:
    now = standing_of(one.steps)
    template, said = template_of(one, now)
    return render_template(
        "campaigns/campaign.html",
        campaign=one,
        consultation=one.consultation,
        now=now,
        template=template,
        copies=copies_of(now, template, said),
        taken_out=sorted(by_id(now.taken_out - set(now.every)).values(), key=lambda each: each.reference),
        refusal=refusal,
        typed=request.form.get("response", "") if refusal else "",
    )


def template_of(one: Campaign, now: Standing) -> tuple[str, dict[UUID, str]]:
    """Its words, and those of every copy. Where the words of the response it was found in were erased, the copy that
    has most of it stands for it."""
    said = words_of(Response.id.in_([one.template_id, *now.every]))
    nearest = sorted(now.every, key=lambda id_: (-(now.every[id_] or 0), str(id_)))
    return next((said[id_] for id_ in (one.template_id, *nearest) if id_ in said), ""), said


def copies_of(now: Standing, template: str, said: dict[UUID, str]) -> list[Copy]:
    """Those with words of their own first, since these have to be read one by one."""
    rows = [
        Copy(
            response,
            added(said.get(id_, ""), template),
            pieces(said.get(id_, ""), template),
            now.every[id_],
            id_ in now.waiting,
        )
        for id_, response in by_id(now.every).items()
    ]
    return sorted(rows, key=lambda copy: (not copy.own, copy.response.received, copy.response.reference))


def act_on(campaign_id: UUID, act: Callable[[Letters, Campaign], None], told: str) -> Any:
    one = found(Campaign, campaign_id)
    try:
        act(Letters(one.consultation, me()), one)
    except Refused as refusal:
        return page(one, refusal.sentence), 422
    flash(told, "success")
    return redirect(url_for("campaigns.campaign", campaign_id=campaign_id), 303)


@blueprint.post(f"{ONE}/confirmation")
@needs(Act.COMBINE)
def confirm(campaign_id: UUID) -> Any:
    return act_on(campaign_id, Letters.confirm, "Confirmed. Each person in it is still counted.")


@blueprint.post(f"{ONE}/dismissal")
@needs(Act.COMBINE)
def dismiss(campaign_id: UUID) -> Any:
    return act_on(campaign_id, Letters.dismiss, "It is on record that this is no campaign.")


@blueprint.post(f"{ONE}/undoing")
@needs(Act.COMBINE)
def undo(campaign_id: UUID) -> Any:
    return act_on(campaign_id, Letters.undo, "The last step here is taken back.")


@blueprint.post(f"{ONE}/copies")
@needs(Act.COMBINE)
def put_in(campaign_id: UUID) -> Any:
    given = request.form.get("response", "")

    def act(at_work: Letters, one: Campaign) -> None:
        at_work.put_in(one, response_named(one.consultation, given))

    return act_on(campaign_id, act, "The response is put with this campaign.")


@blueprint.post(f"{ONE}/removals")
@needs(Act.COMBINE)
def take_out(campaign_id: UUID) -> Any:
    given = request.form.get("response", "")

    def act(at_work: Letters, one: Campaign) -> None:
        at_work.take_out(one, response_named(one.consultation, given))

    return act_on(campaign_id, act, "The response is taken out of this campaign.")
