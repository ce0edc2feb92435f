"""Whether an area or a forum application is complete: item by item on its page, and told to the body."""

from typing import Any
from uuid import UUID

import wtforms
from flask import Blueprint, flash, g, redirect, render_template, url_for
from wtforms import ValidationError

from consult import jobs, mail
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.areas import completeness
from consult.areas.decisions import deciding
from consult.database import db
from consult.forums import pages as forums
from consult.officers.models import ApplicationReply, replies_to, reply_to
from consult.spaces import handed
from consult.spaces.founding import leaders
from consult.spaces.home import Panel
from consult.spaces.models import standing
from consult.web.forms import Form, at_most, required

pages = Blueprint("replying", __name__)
PAGES = {"area": "areas.application", "forum": "forums.application"}
BODY_PAGES = {"area": "areas.show", "forum": "forums.show"}
LAW = {"area": "regulation 5", "forum": "regulation 8"}


class ReplyForm(Form):
    outcome = wtforms.RadioField(
        "Is the application complete?",
        [required("Say whether it is complete.")],
        choices=[("complete", "Yes, all of it has come"), ("incomplete", "No, something is missing")],
    )
    words = wtforms.TextAreaField("What the body should know", [at_most(4_000, "This")])

    def validate_words(self, field: wtforms.Field) -> None:
        if self.outcome.data == "incomplete" and not (field.data or "").strip():
            raise ValidationError("Say what is missing, so that the body can send it.")


@handed.part
def completeness_of(kind: str, thing: Any) -> Panel | None:
    """On the page of an application, for its authority. A forum's items stand on the page already."""
    if kind not in PAGES or not g.space.is_authority:
        return None
    context = {
        "kind": kind,
        "thing": thing,
        "law": LAW[kind],
        "items": completeness.items(thing) if kind == "area" else [],
        "replies": replies_to(kind, thing),
    }
    return Panel("officers/completeness.html", context)


@pages.route("/<space:space>/applications/<uuid:application_id>/reply", methods=["GET", "POST"])
@needs(Act.DESIGNATE)
def area(application_id: UUID) -> Any:
    return answering("area", deciding.find(application_id))


@pages.route("/<space:space>/forum-applications/<uuid:application_id>/reply", methods=["GET", "POST"])
@needs(Act.DESIGNATE)
def forum(application_id: UUID) -> Any:
    return answering("forum", forums.handed(application_id))


def answering(kind: str, found: Any) -> Any:
    form, back = ReplyForm(), url_for(PAGES[kind], application_id=found.id)
    if not form.validate_on_submit():
        page = render_template("officers/reply.html", thing=found, form=form, back=back, law=LAW[kind])
        return page, 422 if form.errors else 200
    made = reply_to(kind, found, outcome=form.outcome.data, words=form.words.data or "", by=me())
    job = jobs.post("application.answered", {"reply": str(made.id), "kind": kind, "name": found.name})
    job.space_id = found.space_id
    flash(f"{found.space.name} is told.", "success")
    return redirect(back, 303)


@jobs.handler("application.answered")
def told(job: jobs.Job) -> dict[str, int]:
    """Tells the chairs of the body, where the body stands."""
    space, kind = standing(), job.payload["kind"]
    reply = db.session.get_one(ApplicationReply, (space.id, UUID(job.payload["reply"])))
    everyone = leaders(space)
    for person in everyone:
        mail.write(
            person.email,
            "application_answered",
            f"Your application “{job.payload['name']}” is {reply.outcome}",
            person=person,
            space=space,
            reply=reply,
            name=job.payload["name"],
            law=LAW[kind],
            link=mail.link(BODY_PAGES[kind], space=space),
        )
    return {"told": len(everyone)}
