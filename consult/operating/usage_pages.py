"""What each space uses, on one page."""

import sqlalchemy as sa
from flask import render_template

from consult.access import operator_only
from consult.accounts import sessions
from consult.database import db
from consult.operating import measures
from consult.operating.pages import pages
from consult.spaces import quotas
from consult.spaces.models import Space


@pages.get("/operator/usage")
@operator_only
def usage() -> str:
    limits = quotas.by_space()
    used = measures.usage(sessions.me().id)
    found = db.session.scalars(sa.select(Space).where(Space.deleted.is_(None)).order_by(Space.name))
    listed = [(each, used.get(each.id, measures.NOTHING), limits.get(each.id)) for each in found]
    return render_template("operating/usage.html", spaces=listed)
