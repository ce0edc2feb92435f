"""What the feedback says on other pages: a space's home, and the pages of a consultation."""

import sqlalchemy as sa
from flask import g

from consult.access import Act
from consult.consultations.models import Announcement, Consultation
from consult.consultations.parts import part
from consult.database import db
from consult.feedback import publications, tallies
from consult.feedback.models import Publication
from consult.spaces import doors
from consult.spaces.home import Panel, panel

MOST = 5


@panel(order=45)
def published_results() -> Panel | None:
    """Both tables are readable everywhere, so the space is asked for."""
    latest = (
        sa.select(Publication, Announcement)
        .join(
            Announcement,
            sa.and_(
                Announcement.space_id == Publication.space_id,
                Announcement.consultation_id == Publication.consultation_id,
            ),
        )
        .where(Publication.space_id == g.space.id, Publication.ended.is_(None))
        .order_by(Publication.at.desc())
        .limit(MOST)
    )
    rows = db.session.execute(latest).all()
    return Panel("feedback/panel.html", {"rows": rows}) if rows else None


@panel(order=40)
def responses_received() -> Panel | None:
    """To members who may read them: what has arrived, the newest consultation first."""
    if not doors.may(Act.READ_RESPONSES):
        return None
    opened = (
        sa.select(Consultation).where(Consultation.opening.has()).order_by(Consultation.at.desc()).limit(MOST)
    )
    numbers = [(consultation, tallies.received(consultation)) for consultation in db.session.scalars(opened)]
    return Panel("feedback/home.html", {"received": numbers}) if numbers else None


@part(order=10)
def results_of(consultation: Consultation) -> Panel | None:
    """On the public page, once there are results to see."""
    published = publications.current(consultation.space_id, consultation.id)
    return Panel("feedback/published.html", {"consultation": consultation}) if published else None


@part(order=10, to="members")
def received_so_far(consultation: Consultation) -> Panel | None:
    """On the page that members manage it from: what has arrived, and where to read it."""
    if consultation.opening is None or not doors.may(Act.READ_RESPONSES):
        return None
    number = tallies.received(consultation)
    return Panel("feedback/received.html", {"consultation": consultation, "number": number})
