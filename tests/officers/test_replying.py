"""Whether an application is complete: item by item, told to the body and kept."""

import pytest
import sqlalchemy as sa

from consult import jobs
from consult.database import db
from consult.officers.models import ApplicationReply
from tests.officers.handing import hand_over


@pytest.mark.parametrize(("kind", "law"), [("area", "regulation 5"), ("forum", "regulation 8")])
def test_the_body_is_told_whether_all_of_it_has_come(
    kind, law, world, working, sign_in, mailed, app, monkeypatch
):
    page = hand_over(kind, world, working)
    officer = sign_in("northam", "officer")
    shown = officer.page(page).text
    assert f"Completeness under {law}" in shown
    assert f"({law}(1)(b))" in shown or f"({law}(b))" in shown
    assert "has not been told yet" in shown
    assert "Say whether it is complete." in officer.send(f"{page}/reply").get_data(as_text=True)
    missing = officer.send(f"{page}/reply", outcome="incomplete")
    assert missing.status_code == 422
    assert "Say what is missing" in missing.get_data(as_text=True)
    assert officer.send(f"{page}/reply", outcome="incomplete", words="The map is of 1974.").status_code == 303
    assert officer.send(f"{page}/reply", outcome="complete").status_code == 303
    assert "The map is of 1974." in officer.page(page).text
    monkeypatch.setitem(jobs._handlers, "mail", lambda job: {})
    with app.app_context():
        jobs.run_due()
    letters = [mail for mail in mailed() if mail["to"] == "chair@ash.example.org" and law in mail["text"]]
    assert ["is missing" in mail["text"] for mail in letters] == [True, False]
    with working("ash"):
        assert len(db.session.scalars(sa.select(ApplicationReply)).all()) == 2
    for slug in ("beck", "southby"):
        with working(slug):
            assert not db.session.scalars(sa.select(ApplicationReply)).all()


@pytest.mark.parametrize("kind", ["area", "forum"])
def test_nobody_else_says_it(kind, world, working, sign_in, client):
    page = f"{hand_over(kind, world, working)}/reply"
    assert client.get(page).status_code == 302
    for who in (sign_in("northam", "viewer"), sign_in("ash", "chair"), sign_in("southby", "officer")):
        assert who.get(page).status_code in (403, 404)
        assert who.send(page, outcome="complete").status_code in (403, 404)
    elsewhere = page.replace("northam", "southby")
    assert sign_in("southby", "officer").send(elsewhere, outcome="complete").status_code == 404
