"""The results that everyone may see: counts and charts, as they stood when somebody published them."""

from typing import Any

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from consult.access import Act, needs, public
from consult.accounts import sessions
from consult.clearing import public as cleared
from consult.consultations.models import Announcement, Consultation
from consult.database import db
from consult.feedback import publications, words
from consult.feedback.board import Board
from consult.feedback.pages import pages
from consult.feedback.wording import spoken
from consult.responses.asking import consultation_at
from consult.tenancy import here
from consult.web.languages import speaks

RESULTS = "/<space:space>/consultations/<reference>/results"


@pages.get(RESULTS)
@public
@speaks
def results(reference: str) -> str:
    """Nothing but what was published; a consultation that has not been announced is not there."""
    announcement = announced(reference)
    publication = publications.current(here(), announcement.consultation_id)
    if publication is None:
        return render_template("feedback/not_published.html", announcement=announcement)
    return render_template(
        "feedback/results.html",
        announcement=announcement,
        publication=publication,
        board=spoken(Board.published(publication.figures), consultation_of(announcement)),
        comments=cleared_comments(announcement.consultation_id, publication.figures),
        words=words,
    )


def cleared_comments(consultation_id: Any, figures: dict[str, Any]) -> bool:
    """Whether there are words that everyone may read beside the final figures."""
    consultation = db.session.get(Consultation, (here(), consultation_id)) if figures.get("final") else None
    return consultation is not None and cleared.is_anything_said(consultation)


def consultation_of(announcement: Announcement) -> Consultation | None:
    return db.session.get(Consultation, (here(), announcement.consultation_id))


def announced(reference: str) -> Announcement:
    """Announcements are readable everywhere, so the space is asked for."""
    found = db.session.scalar(
        sa.select(Announcement).where(
            Announcement.space_id == g.space.id, Announcement.reference == reference
        )
    )
    if found is None:
        abort(404)
    return found


@pages.post(f"{RESULTS}/publication")
@needs(Act.PUBLISH)
def publish(reference: str) -> Any:
    publications.publish(consultation_at(reference), sessions.me())
    flash(_("The results are published. Everyone can see them on this page."), "success")
    return redirect(url_for("feedback.results", reference=reference), 303)


@pages.post(f"{RESULTS}/publication/ending")
@needs(Act.PUBLISH)
def end_publication(reference: str) -> Any:
    publications.end(consultation_at(reference), sessions.me())
    flash(_("The results are no longer published."), "success")
    return redirect(url_for("feedback.figures", reference=reference), 303)
