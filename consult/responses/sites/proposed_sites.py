"""What people proposed in a call for sites: a list for organisers, who take each over into the draft plan or set it
aside with the reason."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import shapely
import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, url_for
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import selectinload

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import words
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found
from consult.consultations.parts import part
from consult.database import db
from consult.plans.ground import NotFree
from consult.plans.models import draft_version, latest_version
from consult.responses.models import Place, Response
from consult.responses.pages import pages
from consult.responses.sites.site_decisions import SET_ASIDE, TAKEN, SiteDecision
from consult.responses.sites.site_forms import AsideForm, TakeOverForm
from consult.spaces import doors
from consult.spaces.home import Panel
from consult.web.errors import Refused

LIST = f"{ONE}/proposed-sites"
BY_ID = f"{LIST}/<uuid:place_id>"


@dataclass(frozen=True)
class ProposedSite:
    """One place that somebody proposed, with what else that person said, and what became of it."""

    number: int
    place: Place
    response: Response
    decision: SiteDecision | None

    @property
    def shape(self) -> BaseGeometry | None:
        return shapely.from_wkb(self.place.shape) if self.place.shape else None

    @property
    def outline(self) -> BaseGeometry | None:
        """What can be a site: something with an inside."""
        shape = self.shape
        return shape if shape is not None and shape.area > 0 else None

    @property
    def hectares(self) -> float:
        outline = self.outline
        return outline.area / 10_000 if outline is not None else 0.0

    @property
    def words(self) -> list[tuple[str, str]]:
        """What they answered, question by question."""
        said = [("", self.place.words)] if self.place.words else []
        for answer in self.response.answers:
            labels = {option["key"]: option["label"] for option in answer.question.options or ()}
            text = labels.get(answer.choice, "") if answer.choice else answer.text
            said += [(answer.question.title, text)] if text else []
        return said


def proposed_in(consultation: Consultation) -> list[ProposedSite]:
    """In the order in which they were received; what is set aside as a response proposes nothing."""
    told = selectinload(Response.answers), selectinload(Response.places), selectinload(Response.set_aside)
    received = sa.select(Response).where(Response.consultation_id == consultation.id)
    rows = db.session.scalars(received.options(*told).order_by(Response.received, Response.reference))
    decided = {each.place_id: each for each in db.session.scalars(sa.select(SiteDecision))}
    places = [(place, response) for response in rows if not response.set_aside for place in response.places]
    return [
        ProposedSite(number, place, response, decided.get(place.id))
        for number, (place, response) in enumerate(places, 1)
    ]


def calling(reference: str) -> Consultation:
    consultation = found(reference)
    if consultation.stage != "call_for_sites":
        abort(404)
    return consultation


def proposed(consultation: Consultation, place_id: UUID) -> ProposedSite:
    return next((each for each in proposed_in(consultation) if each.place.id == place_id), None) or abort(404)


@pages.get(LIST)
@needs(Act.READ_RESPONSES)
def proposed_sites(reference: str) -> str:
    consultation = calling(reference)
    listed = proposed_in(consultation)
    return render_template(
        "responses/proposed_sites.html", consultation=consultation, listed=listed, words=words
    )


@pages.route(f"{BY_ID}/taking", methods=["GET", "POST"])
@needs(Act.DRAW)
def take_over(reference: str, place_id: UUID) -> Any:
    consultation = calling(reference)
    form, one = TakeOverForm(latest_version()), proposed(consultation, place_id)
    if not form.is_submitted():
        form.propose(one)
    elif one.outline is None:
        form.reference.errors = ["Nobody drew an outline here. Draw the site in your plan instead."]
    elif form.validate():
        try:
            return taken(consultation, one, form)
        except NotFree as problem:
            db.session.rollback()  # the version that may have been begun for it
            form.name.errors = [problem.sentence]
        except Refused as problem:
            db.session.rollback()
            form.reference.errors = [problem.sentence]
    context = {"consultation": consultation, "one": proposed(consultation, place_id), "form": form}
    return render_template("responses/take_over.html", **context), 422 if form.errors else 200


def taken(consultation: Consultation, one: ProposedSite, form: TakeOverForm) -> Any:
    """The site as it is in the draft plan, and the record of who took it over, when, from which response."""
    one = taken_alone(consultation, one)
    again = one.decision
    if again is not None and again.outcome == TAKEN:
        raise Refused(f"This has been taken over already, as site {again.site_title}.")
    assert one.outline is not None
    site = draft_version().add_site(one.outline, by=me(), **form.words)
    decide(one, TAKEN, site_id=site.id, site_title=site.title)
    told = {"reference": consultation.reference, "response": one.response.reference}
    audit.record("plan.site_taken_over", site.title, by=me(), **told)
    flash(f"Site {site.title} is in your draft plan.", "success")
    return back(consultation)


@pages.route(f"{BY_ID}/setting-aside", methods=["GET", "POST"])
@needs(Act.DRAW)
def leave_site_out(reference: str, place_id: UUID) -> Any:
    consultation, form = calling(reference), AsideForm()
    one = proposed(consultation, place_id)
    if not form.validate_on_submit():
        context = {"consultation": consultation, "one": one, "form": form}
        return render_template("responses/leave_site_out.html", **context), 422 if form.errors else 200
    one = taken_alone(consultation, one)
    if one.decision is not None and one.decision.outcome == TAKEN:
        raise Refused(
            f"This is in your plan, as site {one.decision.site_title}. Remove the site there first."
        )
    decide(one, SET_ASIDE, reason=form.reason.data or "")
    told = {"reference": consultation.reference, "reason": form.reason.data}
    audit.record("plan.site_set_aside", one.response.reference, by=me(), about=one.response, **told)
    flash("It is set aside, with the reason.", "success")
    return back(consultation)


def taken_alone(consultation: Consultation, one: ProposedSite) -> ProposedSite:
    """The same proposal with what was decided up to now; until the transaction ends nobody else decides about it."""
    one.response.take()
    return proposed(consultation, one.place.id)


def decide(one: ProposedSite, outcome: str, **said: Any) -> None:
    """A new decision takes the place of the one before; the audit keeps both."""
    if one.decision is not None:
        db.session.delete(one.decision)
        db.session.flush()
    db.session.add(
        SiteDecision(
            response_id=one.response.id, place_id=one.place.id, outcome=outcome, by_id=me().id, **said
        )
    )
    db.session.flush()


@part(order=20, to="members")
def sites_to_decide(consultation: Consultation) -> Panel | None:
    """On the page that members manage a call for sites from."""
    if (
        consultation.stage != "call_for_sites"
        or not consultation.opening
        or not doors.may(Act.READ_RESPONSES)
    ):
        return None
    listed = proposed_in(consultation)
    left = sum(each.decision is None for each in listed)
    context = {"consultation": consultation, "number": len(listed), "left": left}
    return Panel("responses/sites_to_decide.html", context)


def back(consultation: Consultation) -> Any:
    return redirect(url_for("responses.proposed_sites", reference=consultation.reference), 303)
