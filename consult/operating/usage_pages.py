"""What each space uses, on one page."""

import sqlalchemy as sa
from flask import render_template

from consult.access import operator_only
from consult.accounts import sessions
from consult.database import db
from consult.operating import measures
from consult.operating.pages import pages
from consult.spaces.models import Space

NOTHING = measures.Usage(0, 0, 0, 0, 0, 0)


@pages.get("/operator/usage")
@operator_only
def usage() -> str:
    used = measures.usage(sessions.me().id)
    spaces = db.session.scalars(sa.select(Space).order_by(Space.name))
    return render_template(
        "operating/usage.html", spaces=[(space, used.get(space.id, NOTHING)) for space in spaces]
    )
