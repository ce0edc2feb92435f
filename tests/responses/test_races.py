"""Members who press the same button at the same moment, each in a request of their own."""

from functools import partial
from uuid import uuid4

import sqlalchemy as sa

from consult import audit
from consult.database import db
from consult.responses.models import Response, SettingAside
from tests.consultations.test_races import at_once
from tests.responses.asking import URL
from tests.responses.test_members import LIST


def test_six_members_at_once_set_it_aside_once_and_count_it_again_once(client, sign_in, opened, working):
    client.send(URL, q4="Hello", idempotency_key=str(uuid4()))
    with working("ash"):
        address = LIST + db.session.scalars(sa.select(Response.reference)).one()
    members = [sign_in("ash", role) for role in ("chair", "organiser", "analyst") * 2]
    why = {"kind": "duplicate", "reason": "The same as R-1"}
    for _ in range(3):
        aside = at_once(*(partial(who.post, f"{address}/setting-aside", data=why) for who in members))
        assert aside == [303] * 6
        with working("ash"):
            assert db.session.scalars(sa.select(SettingAside)).one().by_id
        counted = at_once(*(partial(who.post, f"{address}/counting") for who in members))
        assert counted == [303] * 6
    with working("ash"):
        assert db.session.scalars(sa.select(SettingAside)).all() == []
        again = sa.select(audit.Deed).where(audit.Deed.act == "response.counted_again")
        assert len(db.session.scalars(again).all()) == 3
