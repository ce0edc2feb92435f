"""Responding: the page that residents answer on, and their receipt."""

from typing import Any
from uuid import uuid4

from flask import Flask, abort, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answered

from consult.access import public
from consult.consultations import words as consultation_words
from consult.consultations.models import Consultation
from consult.consultations.questions.minutes import minutes
from consult.responses import file_pages as file_pages
from consult.responses import manner_pages as manner_pages
from consult.responses import members as members  # their pages join these
from consult.responses import networks, receipts, words
from consult.responses import receipt_pages as receipt_pages
from consult.responses import replies as replies
from consult.responses.asking import public_consultation_at, visible_consultation_at
from consult.responses.at_events.event_pages import event_at
from consult.responses.at_events.events import EventDevice
from consult.responses.door import first_pages, flood, moments
from consult.responses.door.sameness import from_our_page
from consult.responses.drafts import drafts
from consult.responses.drafts import forgetting as forgetting  # its round joins the worker's
from consult.responses.drafts import preview_pages as preview_pages
from consult.responses.drafts.draft_pages import begin, keep
from consult.responses.form import filing, personal, picture, telling
from consult.responses.form.frozen import paper_of
from consult.responses.form.notice import as_shown, notice_of
from consult.responses.form.parts import complain
from consult.responses.form.questionnaire import form_for
from consult.responses.form.steps import is_short
from consult.responses.form.writing import ready, still_writing
from consult.responses.languages import answer_translations as answer_translations
from consult.responses.languages import translation_pages as translation_pages
from consult.responses.outlines import outline_of
from consult.responses.pages import pages
from consult.responses.paper import printing as printing  # its prints join the others
from consult.responses.receiving import receive, says_the_same
from consult.responses.sites import proposed_sites as proposed_sites
from consult.web.languages import speaks

AN_HOUR_IN_SECONDS = 3600


@pages.get("/<space:space>/consultations/<reference>/respond")
@public
@speaks
def respond(reference: str) -> Any:
    consultation = public_consultation_at(reference)
    if consultation.state() != "open":
        return not_open(consultation)
    form = ready(consultation, form_for(consultation))
    event = event_at(consultation)
    first_pages.want(consultation, form)
    if event is None and (is_short(paper_of(consultation)) or "whole" in request.args):
        return page(consultation, form)
    return start_page(consultation, form, event=event)


def start_page(
    consultation: Consultation, form: Any, words: str = "", event: EventDevice | None = None
) -> str:
    paper = paper_of(consultation)
    return render_template(
        "responses/start.html",
        consultation=consultation,
        form=form,
        words=words,
        event=event.code if event else "",
        notice=notice_of(consultation),
        publication=personal.publication_of(consultation),
        minutes=minutes(
            paper.questions, list(paper.policies), [head.introduction for head in paper.headings]
        ),
    )


@pages.post("/<space:space>/consultations/<reference>/respond")
@public
@speaks
def send(reference: str) -> Any:
    consultation = public_consultation_at(reference)
    form = ready(consultation, form_for(consultation))
    if request.form.get("do") == "start" and consultation.state() == "open":
        event = event_at(consultation)
        if flood.too_many_drafts(consultation, event.id if event else None):
            words = _("Many people are beginning just now. Wait a minute, then start again.")
            return start_page(consultation, form, words, event), 429
        return begin(consultation, event_device_id=event.id if event else None)
    if not may_still_send(consultation, form):
        return not_open(consultation), 409
    filing.hold(consultation, form)
    if still_writing(consultation, form):
        return page(consultation, form)
    if not from_our_page():
        notice = _(
            "Your browser had lost touch with this page, so we did not send it. "
            "Nothing you wrote is lost: send it again."
        )
        return page(consultation, form, notice), 422
    if flood.too_many(consultation):
        notice = _(
            "Many responses are coming from your network just now. Wait a minute, then send again: "
            "what you wrote is below."
        )
        return page(consultation, form, notice), 429
    return sent(consultation, form)


def may_still_send(consultation: Consultation, form: Any) -> bool:
    """While it is open; and after the close what was begun before it, which is kept and marked late."""
    if consultation.state() != "closed":
        return consultation.state() == "open"
    began = moments.begun(consultation, form.begun.data)
    return began is not None and consultation.closes is not None and began < consultation.closes


def sent(consultation: Consultation, form: Any) -> Any:
    valid, strays = form.validate(), form.strays()
    if strays:
        complain(
            form[form.first_name],
            _("Your form answers a question that is not in this consultation (%(name)s). What you wrote there is shown "
              "below: move it to another question, or send without it.", name=strays[0][0][:60]),
        )  # fmt: skip
    if strays or not valid:
        return page(consultation, form, strays=strays), 422
    submission = form.submission(begun=moments.begun(consultation, form.begun.data), **as_shown(consultation))
    response, already_there = receive(consultation, submission)
    if form.takes_files:
        filing.let_go(consultation, submission.key)
    if not already_there:
        drafts.sent_at_once(consultation, response, form.typed())
        networks.note(response)
    if already_there and not says_the_same(response, submission):
        return sent_before(consultation, form, response)
    mailed = already_there or receipts.mail(consultation, response)
    return redirect(receipts.address(consultation, response, mail=None if mailed else "held"), 303)


def sent_before(consultation: Consultation, form: Any, response: Any) -> Any:
    """The same form with other words in it: neither dropped nor put in place of what was received."""
    form.idempotency_key.data = str(uuid4())
    notice = _(
        "You have sent this form already, as %(reference)s, and have changed something since. What we received stays "
        "as it was. To send what is below as well, as a further response, press the button again.",
        reference=response.reference,
    )
    return page(consultation, form, notice, receipts.address(consultation, response)), 409


def page(consultation: Consultation, form: Any, notice: str = "", link: str = "", strays: Any = ()) -> str:
    context = telling.form_context(consultation, form)
    context["notes"] = personal.public_notes(consultation)
    context["asks_address"] = personal.asks_address(consultation.stage)
    context["takes_wishes"] = personal.takes_wishes(consultation.stage)
    context["publication"] = personal.publication_of(consultation)
    context["still_writing"] = request.method == "POST" and not (notice or form.errors)
    return render_template("responses/respond.html", words=notice, link=link, strays=strays, **context)


def not_open(consultation: Consultation) -> str:
    return render_template("responses/not_open.html", consultation=consultation, state=consultation.state())


@pages.get("/<space:space>/consultations/<reference>/respond/map.svg")
@public
@speaks
def map_drawing(reference: str) -> Answered:
    """The map of a place question, for browsers without JavaScript."""
    consultation = visible_consultation_at(reference)
    width = request.args.get("width", type=int)
    if width not in picture.SIZES:
        abort(404)
    window = picture.Window.read(request.args.get("view", "")) or picture.Window.of(
        picture.extent_of(consultation)
    )
    marks = picture.marks_in(request.args.get("marks", ""))
    drawn = picture.drawing(outline_of(consultation), window, marks, width, _("Map of the area"))
    return kept_an_hour(make_response(drawn), "image/svg+xml")


@pages.get("/<space:space>/consultations/<reference>/respond/area.geojson")
@public
def area(reference: str) -> Answered:
    """The outline that the consultation is about, for the map that moves."""
    outline = outline_of(visible_consultation_at(reference))
    if outline is None:
        abort(404)
    return kept_an_hour(make_response(picture.outline_json(outline)), "application/geo+json")


def kept_an_hour(response: Answered, media_type: str) -> Answered:
    response.mimetype = media_type
    response.cache_control.max_age = AN_HOUR_IN_SECONDS
    response.add_etag()
    return response.make_conditional(request)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    csrf = app.extensions["csrf"]
    csrf.exempt(send)  # it looks for itself: see sameness.py
    for view in (keep, receipt_pages.change, receipt_pages.withdrawal):
        csrf.exempt(view)  # whoever knows the secret in the address may do it: no cookie is asked for
    app.add_template_global(moments.day_and_time, "told_time")
    app.add_template_global(consultation_words.moment, "told_end")
    app.jinja_env.globals["response_words"] = words.FOR_TEMPLATES
