"""Two organisers at once, each in a request of their own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import sqlalchemy as sa

from consult import clock
from consult.consultations.models import Opening, find
from consult.database import db
from consult.plans.models import latest_version
from tests.consultations.setting import consultation, regulation_14

REG14 = "/f/ash/consultations/reg14"


def at_once(*calls):
    ready = Barrier(len(calls))

    def run(call):
        ready.wait()
        return call().status_code

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_organisers_who_open_it_at_once_open_it_once(sign_in, working):
    with working("ash"):
        for number in range(5):
            consultation(reference=f"r{number}", last_day=clock.today() + timedelta(days=9))
    organisers = [sign_in("ash", role) for role in ("chair", "organiser")]
    for number in range(5):
        address = f"/f/ash/consultations/r{number}/opening"
        answers = at_once(*(partial(who.post, address) for who in organisers))
        assert Counter(answers) == Counter([303, 409])
    with working("ash"):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Opening)) == 5


def test_an_edit_and_an_opening_at_once_leave_either_order_but_never_an_edit_of_what_is_frozen(
    sign_in, working
):
    with working("ash"):
        regulation_14(last_day=clock.today() + timedelta(days=60))
    chair, organiser = sign_in("ash", "chair"), sign_in("ash", "organiser")
    policy = {"reference": "H1", "title": "Edited", "summary": "", "text": ""}
    answers = at_once(
        lambda: chair.post(f"{REG14}/opening"),
        lambda: organiser.post(f"{REG14}/questions/q1", data={"kind": "text", "title": "Edited?"}),
        lambda: organiser.post("/f/ash/plan/policies/H1", data=policy),
    )
    assert answers[0] == 303
    assert answers[2] == 303
    with working("ash"):
        made = find("reg14")
        assert (made.questions[0].title == "Edited?") == (answers[1] == 303)
        frozen = made.plan_version
        newest = latest_version()
        assert newest.policy("H1").title == "Edited"
        assert (newest is frozen) == (frozen.policy("H1").title == "Edited")
