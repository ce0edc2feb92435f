"""Members who press the same button at the same moment, each in a request of their own."""

from functools import partial
from uuid import uuid4

import sqlalchemy as sa

from consult import audit
from consult.consultations.models import find
from consult.database import db
from consult.responses.models import Response, SettingAside
from tests.consultations.test_races import at_once
from tests.responses import asking
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


def test_what_is_sent_while_it_is_closed_is_kept_once_whichever_comes_first(sign_in, working):
    with working("ash"):
        asking.consultation(stage="early_engagement")
    chair, senders = sign_in("ash", "chair"), [sign_in("beck", "chair") for _ in range(5)]
    keys = [str(uuid4()) for _ in senders]
    sending = [
        partial(who.post, URL, data={"q4": f"Said {number}", "idempotency_key": key})
        for number, (who, key) in enumerate(zip(senders, keys, strict=True))
    ]
    closing, *answers = at_once(partial(chair.post, URL.replace("respond", "closing")), *sending)
    assert closing == 303
    assert set(answers) <= {303, 409, 410}
    with working("ash"):
        kept = db.session.scalars(sa.select(Response)).all()
        closed_at = find("reg14").closing.at
        assert len(kept) == answers.count(303)
        assert {response.key for response in kept} <= set(keys)
        late = [response for response in kept if response.received > closed_at]
        assert [response.late for response in kept].count(True) == len(late)
