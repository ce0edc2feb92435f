"""The reports of a consultation: asked for, made by a job, kept as files, released to the authority."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, Response, abort, flash, g, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts import sessions
from consult.consultations.models import Consultation
from consult.database import db
from consult.plans.documents import size_words
from consult.reports import asking, releasing, sending
from consult.reports import erasing as erasing  # what it removes when somebody is erased
from consult.reports import own_words_pages as own_words_pages
from consult.reports.models import Release, Report
from consult.reports.pages import OF_ONE, ONE, pages
from consult.responses.asking import consultation_at
from consult.spaces import navigation


@pages.get("/<space:space>/reports/")
@needs(Act.READ_RESPONSES)
def every() -> str:
    """The consultations that have opened, newest first, each with its latest report."""
    in_order = sa.select(Consultation).order_by(Consultation.at.desc(), Consultation.reference)
    opened = [each for each in db.session.scalars(in_order) if each.state() in ("open", "closed")]
    return render_template("reports/every.html", rows=[(each, reports_of(each)) for each in opened])


@pages.get(OF_ONE)
@needs(Act.READ_RESPONSES)
def index(reference: str) -> str:
    consultation = consultation_at(reference)
    rows = [(report, asking.progress_of(report)) for report in reports_of(consultation)]
    released = {release.report_id: release for release in db.session.scalars(sa.select(Release))}
    return render_template("reports/index.html", consultation=consultation, rows=rows, released=released)


@pages.post(OF_ONE)
@needs(Act.PUBLISH)
def ask(reference: str) -> Any:
    public = request.form.get("layer") == "public"
    report = asking.ask(consultation_at(reference), sessions.me(), public)
    return redirect(url_for("reports.one", reference=reference, report_id=report.id), 303)


@pages.get(ONE)
@needs(Act.READ_RESPONSES)
def one(reference: str, report_id: UUID) -> str:
    report = report_at(reference, report_id)
    state, words = asking.progress_of(report)
    return render_template(
        "reports/one.html",
        consultation=report.consultation,
        report=report,
        state=state,
        words=words,
        files=sending.in_order(report.files),
        release=releasing.release_of(report),
        authority=g.space.authority,
    )


@pages.get(f"{ONE}/progress")
@needs(Act.READ_RESPONSES)
def progress(reference: str, report_id: UUID) -> dict[str, Any]:
    """How far it is, for the page to ask."""
    state, words = asking.progress_of(report_at(reference, report_id))
    return {"state": state, "words": words, "done": state in ("done", "failed"), "next": ""}


@pages.get(f"{ONE}/files/<name>")
@needs(Act.READ_RESPONSES)
def file(reference: str, report_id: UUID, name: str) -> Response:
    report = report_at(reference, report_id)
    return sending.one(report.files, name, f"report of {reference}")


@pages.get(f"{ONE}/all.zip")
@needs(Act.READ_RESPONSES)
def everything(reference: str, report_id: UUID) -> Response:
    report = report_at(reference, report_id)
    if report.built is None:
        abort(404)
    layer = "public" if report.public else "report"
    return sending.everything(
        report.files, f"{g.space.slug}-{reference}-{layer}.zip", f"report of {reference}"
    )


@pages.post(f"{ONE}/release")
@needs(Act.PUBLISH)
def release(reference: str, report_id: UUID) -> Any:
    report = report_at(reference, report_id)
    releasing.release(report, sessions.me())
    flash("The report is released. The authority’s officers can see it now.", "success")
    return redirect(url_for("reports.one", reference=reference, report_id=report_id), 303)


def reports_of(consultation: Consultation) -> list[Report]:
    """Newest first."""
    wanted = sa.select(Report).where(Report.consultation_id == consultation.id).order_by(Report.at.desc())
    return list(db.session.scalars(wanted))


def report_at(reference: str, report_id: UUID) -> Report:
    consultation = consultation_at(reference)
    wanted = sa.select(Report).where(Report.consultation_id == consultation.id, Report.id == report_id)
    found = db.session.scalar(wanted)
    if found is None:
        abort(404)
    return found


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.add_template_filter(size_words, "size_words")
    navigation.add("Reports", "reports.every", order=50, act=Act.READ_RESPONSES, with_=("downloads",))
