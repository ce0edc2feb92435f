"""“You said, we did”, for everyone; for each who responded what they raised and what came of it; and its publishing.

By the reference alone only issues and their replies are told, which everyone may read anyway: no word that was written,
and no reply to one person alone. Those are for whoever holds the receipt.
"""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for

from consult.access import Act, needs, public
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.consultations.parts import part
from consult.feedback import answering
from consult.feedback.pages import pages
from consult.feedback.results import announced
from consult.issues.gathered import raised
from consult.issues.models import AnswersPublication
from consult.issues.pages import LIST
from consult.issues.plan_changes import PlanChange, plan_change
from consult.issues.reading import read
from consult.plans import seen
from consult.responses.asking import consultation_at, public_consultation_at
from consult.responses.door import flood
from consult.responses.receipt_pages import RECEIPT, held_at, of_reference, reference_asked_for
from consult.spaces.home import Panel
from consult.web.languages import speaks

HERE = "/<space:space>/consultations/<reference>/you-said-we-did"


@pages.get(HERE)
@public
@speaks
def you_said(reference: str) -> Any:
    announced(reference)
    consultation = public_consultation_at(reference)
    publication = answering.current(consultation)
    asked = reference_asked_for()
    context: dict[str, Any] = {"consultation": consultation, "publication": publication, "asked": asked}
    if publication is None:
        return render_template("issues/not_published.html", **context)
    context |= {"entries": entries_of(publication), "changes": changes(consultation, publication)}
    if not asked:
        return render_template("issues/you_said.html", **context)
    if flood.too_many_looked_up():
        return render_template("issues/you_said.html", busy=True, **context), 429
    response = of_reference(consultation, asked)
    mine, left = answering.mine(consultation, publication, response) if response else ([], False)
    return render_template("issues/you_said.html", response=response, mine=mine, left=left, **context)


@pages.get(f"{RECEIPT}/answers")
@public
@speaks
def answers_to_me(reference: str, token: str) -> Any:
    """For whoever holds the receipt: their own words, and what was decided about each."""
    consultation = public_consultation_at(reference)
    response = held_at(consultation, token)
    publication = answering.current(consultation)
    if publication is None:
        return render_template("issues/not_published.html", consultation=consultation)
    mine, left = answering.mine(consultation, publication, response)
    points = raised(consultation, response.id)
    ids = [point for each in mine for point in each.points]
    return render_template(
        "issues/answers_to_me.html",
        consultation=consultation,
        response=response,
        token=token,
        mine=mine,
        left=left,
        said={each.id: each for each in read(consultation, ids, points)},
        days=days(publication),
        changes=changes(consultation, publication),
    )


def entries_of(publication: AnswersPublication) -> list[dict[str, Any]]:
    read_days = days(publication)
    return [each | {"day": read_days[each["issue"]]} for each in publication.content.get("issues", [])]


def days(publication: AnswersPublication) -> dict[str, date]:
    return {each["issue"]: date.fromisoformat(each["day"]) for each in publication.content.get("issues", [])}


def changes(consultation: Consultation, publication: AnswersPublication) -> dict[str, PlanChange]:
    """Where the plan shows it, as far as whoever asks may see the plan."""
    keys = {each["policy_key"] for each in publication.content.get("issues", [])}
    found = {key: plan_change(consultation, key, seen.may_be_seen) for key in keys}
    return {key: change for key, change in found.items() if change is not None and change.after is not None}


@part(order=11)
def answers_published(consultation: Consultation) -> Panel | None:
    """On the public page of the consultation, once there are replies to read."""
    published = answering.current(consultation)
    return Panel("issues/published.html", {"consultation": consultation}) if published else None


# Publishing it.


@pages.get(f"{LIST}/publication")
@needs(Act.PUBLISH)
def answers_to_publish(reference: str) -> str:
    """What would be published now, and what the rules take for personal details in it."""
    consultation = consultation_at(reference)
    entries = answering.entries(consultation)
    publication = answering.current(consultation)
    return render_template(
        "issues/publish.html",
        consultation=consultation,
        entries=[entry | {"day": date.fromisoformat(entry["day"])} for entry in entries],
        details={entry["issue"]: answering.personal_details(entry) for entry in entries},
        publication=publication,
        same=publication is not None and publication.content.get("issues") == entries,
    )


@pages.post(f"{LIST}/publication")
@needs(Act.PUBLISH)
def publish_answers(reference: str) -> Any:
    answering.publish(consultation_at(reference), me())
    flash("The replies are published. Everyone can read them on this page.", "success")
    return redirect(url_for("feedback.you_said", reference=reference), 303)


@pages.post(f"{LIST}/publication/ending")
@needs(Act.PUBLISH)
def end_answers(reference: str) -> Any:
    answering.end(consultation_at(reference), me())
    flash("The replies are no longer published.", "success")
    return redirect(url_for("feedback.issues", reference=reference), 303)
