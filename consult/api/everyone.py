"""What everyone may read, without a token: the register and the timetable, as their files have them."""

from typing import Any

import sqlalchemy as sa
from flask import Response, abort

from consult import clock
from consult.access import public
from consult.api import paging
from consult.api.describing import AMOUNT, DAY, GEOJSON, TEXT, described, listed, record
from consult.api.describing import features as of_features
from consult.api.pages import features, page, pages
from consult.areas import open_register
from consult.areas.models import RegisterEntry
from consult.consultations import timetable as times
from consult.consultations.records import Announcement
from consult.database import db

DAYS = ("start-date", "end-date", "entry-date", "event-date", "predicted-date", "actual-date")


def schema(columns: Any) -> Any:
    kinds = dict.fromkeys(DAYS, DAY) | {"hectares": AMOUNT}
    return record(**{name: kinds.get(name, TEXT) for name in columns if name != "geometry"})


@pages.get("/v1/register")
@public
@described(
    "Every version of every area on the register of areas",
    of_features(schema(open_register.COLUMNS)),
    media_type=GEOJSON,
    paged=True,
    words="GeoJSON in WGS84. Those with an end-date have left the register. The fields are explained at /open-data.",
)
def register() -> Response:
    paging.only(paging.PARAMETERS)
    asked = paging.asked()
    entries = open_register.whole(sa.select(RegisterEntry)).order_by(RegisterEntry.number)
    beyond = entries.where(RegisterEntry.number > number_of(asked.after)).limit(asked.limit + 1)
    found = list(db.session.scalars(beyond))
    shown = found[: asked.limit]
    cursor = paging.written([shown[-1].number]) if len(found) > asked.limit else ""
    return features([open_register.feature(open_register.row(each)) for each in shown], cursor)


def number_of(after: list[str]) -> int:
    if not after:
        return 0
    if len(after) != 1 or not after[0].isdecimal() or len(after[0]) > 9:
        abort(400, paging.NOT_OURS)
    return int(after[0])


@pages.get("/v1/timetable")
@public
@described(
    "When each announced consultation begins and ends",
    listed(schema(times.COLUMNS)),
    paged=True,
    words="`limit` counts consultations, each with up to two events. The fields are explained at /open-data.",
)
def timetable() -> Response:
    paging.only(paging.PARAMETERS)
    asked = paging.asked()
    beyond = times.announced().where(paging.after_moment(asked, Announcement.at, Announcement.id))
    found = db.session.execute(beyond.limit(asked.limit + 1)).all()
    shown = found[: asked.limit]
    last = shown[-1][0] if len(found) > asked.limit else None
    cursor = paging.written((last.at.isoformat(), last.id)) if last else ""
    return page(list(times.events(shown, clock.now())), cursor)
