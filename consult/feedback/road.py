"""Where a body stands with what people said about its draft plan, on the road of its plan."""

import sqlalchemy as sa
from flask import url_for

from consult import clock
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback.models import Publication
from consult.spaces import journey
from consult.spaces.journey import Place
from consult.spaces.models import Space


@journey.step("considering")
def considering(space: Space) -> Place:
    """Done once the results of regulation 14 are published: what people said, and what became of it, can be read."""
    asked = sa.select(Consultation).where(Consultation.stage == "regulation_14")
    closed = [each for each in db.session.scalars(asked) if each.state() == "closed"]
    if not closed:
        return journey.later()
    found = max(closed, key=lambda each: each.at)
    page = url_for("feedback.figures", reference=found.reference)
    published = sa.select(Publication).where(
        Publication.consultation_id == found.id, Publication.ended.is_(None)
    )
    publication = db.session.scalar(published.order_by(Publication.at.desc()).limit(1))
    if publication is not None:
        return journey.done(clock.uk(publication.at).date(), "The results are published.", page)
    return journey.now("Read what people said, and publish the results.", page, "Read what people said")
