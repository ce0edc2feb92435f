"""The results that a space has published, on its home page."""

import sqlalchemy as sa
from flask import g

from consult.consultations.models import Announcement
from consult.database import db
from consult.feedback.models import Publication
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
