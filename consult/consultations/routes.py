"""What everyone sees: a space's consultations, and the page of each."""

from typing import Any

from flask import Flask, abort, current_app, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l

from consult import clock
from consult.access import Act, needs, public
from consult.consultations import panel as panel
from consult.consultations import plan_print as plan_print
from consult.consultations import question_set_pages as question_set_pages
from consult.consultations import road as road
from consult.consultations import setup as setup
from consult.consultations import timetable as timetable
from consult.consultations import words
from consult.consultations.consulted import confirming as confirming
from consult.consultations.consulted import consultee_list as consultee_list
from consult.consultations.consulted import consultee_pages as consultee_pages
from consult.consultations.easy_read import easy_read_pages as easy_read_pages
from consult.consultations.easy_read import easy_read_print as easy_read_print
from consult.consultations.handed import about_here as about_here
from consult.consultations.handed.proposal_maps import map_of
from consult.consultations.languages import translation_pages as translation_pages
from consult.consultations.languages import wording
from consult.consultations.models import Consultation
from consult.consultations.opening import acts as acts
from consult.consultations.opening import reading_plan as reading_plan
from consult.consultations.opening import rounds as rounds
from consult.consultations.pages import ONE, every_one, found, pages
from consult.consultations.paper import print_pages as print_pages
from consult.consultations.paper import prints
from consult.consultations.parts import parts_of
from consult.consultations.publicity import events as events
from consult.consultations.publicity import publicity_pages as publicity_pages
from consult.consultations.questions import paging as paging
from consult.consultations.questions import questioning as questioning
from consult.consultations.showing import Shown, look_ahead
from consult.consultations.siting import sites_of
from consult.consultations.told import told_pages as told_pages
from consult.plans.files import download
from consult.spaces import doors, navigation
from consult.web.languages import speaks


@pages.get("/<space:space>/consultations/")
@public
@speaks
def index() -> str:
    now = clock.now()
    groups: dict[str, list[Consultation]] = {"open": [], "announced": [], "closed": [], "draft": []}
    for consultation in every_one():
        groups[consultation.state(now)].append(consultation)
    if not doors.may(Act.LOOK):
        del groups["draft"]
    return render_template("consultations/index.html", groups=groups, now=now, words=words)


@pages.get(f"{ONE}/")
@public
@speaks
def show(reference: str) -> Any:
    consultation = found(reference)
    if consultation.state() == "draft":
        if not doors.may(Act.LOOK):
            abort(404)
        return redirect(url_for("consultations.setup", reference=reference))
    wording.offer_languages(consultation)
    return page(Shown(consultation, clock.now()))


@pages.get(f"{ONE}/preview/")
@needs(Act.LOOK)
@speaks
def preview(reference: str) -> Any:
    ahead = look_ahead(found(reference))
    if ahead is None:
        return redirect(url_for("consultations.show", reference=reference))
    wording.offer_languages(ahead)
    return page(Shown(ahead, ahead.opens or clock.now(), preview=True))


@pages.get(f"{ONE}/documents/<name>")
@public
def document(reference: str, name: str) -> Any:
    shown = Shown(found(reference), clock.now(), preview=doors.may(Act.LOOK))
    held = shown.document(name)
    if held is None:
        abort(404)
    return download(held)


def page(shown: Shown) -> str:
    consultation = shown.consultation
    return render_template(
        "consultations/show.html",
        shown=shown,
        consultation=consultation,
        words=words,
        timeline=words.timeline(consultation, shown.now),
        can_respond="responses.respond" in current_app.view_functions,
        sites=sites_of(shown),
        has_plan_pdf="plan" in prints.kept_names(consultation),
        has_easy_read=print_pages.is_shown(consultation) and bool(consultation.easy_read),
        area=map_of(shown),
        parts=parts_of("everyone", consultation),
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    wording.init_app(app)
    navigation.add(_l("Consultations"), "consultations.index", order=20)
