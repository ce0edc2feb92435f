"""A forum application: filled in, handed over, replaced, withdrawn, decided; and who sees the private list."""

import io
import re
from datetime import date

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.database import db
from consult.forums.models import ForumApplication, ForumApplicationMember, applications_of
from consult.jobs import Job
from consult.spaces.models import ForumDesignation, live_qualifying_body, standing
from tests.areas.ground import drawn, square
from tests.forums.filling import ANSWERS, CONSTITUTION, CONTACT, NAMES, fill, handed, rows

AT = "/f/ash/forum-application"


@pytest.fixture
def chair(sign_in):
    return sign_in("ash")


def one(sign_in) -> str:
    """The address of the application that waits, where the officer finds it."""
    page = sign_in("northam", "officer").page("/a/northam/forum-applications")
    return re.search(r"/a/northam/forum-applications/[0-9a-f-]{36}", page.html).group()


def today(prefix: str, **more: str) -> dict[str, str]:
    day = clock.today()
    return {f"{prefix}-on": day.isoformat(), **{f"{prefix}-{name}": words for name, words in more.items()}}


@pytest.mark.parametrize(
    ("without", "where"),
    [
        ("area", "regulation 8(c)"),
        ("constitution", "regulation 8(b)"),
        ("statement", "regulation 8(e)"),
        ("members", "section 61F(5)(c)"),
    ],
)
def test_it_cannot_be_handed_over_while_something_is_missing(chair, without, where, world, working):
    fill(world, working, without=without)
    refused = chair.send(f"{AT}/handing")
    assert refused.status_code == 409
    assert where in refused.get_data(as_text=True)
    assert "Missing" in chair.page(AT).text


def test_twenty_members_are_one_too_few(chair, world, working):
    fill(world, working, members=20)
    assert "1 more to go" in chair.send(f"{AT}/handing").get_data(as_text=True)


def test_who_is_not_admitted_cannot_hand_it_over(chair, world, working, monkeypatch):
    fill(world, working)
    monkeypatch.setattr("consult.forums.drafting.admission", lambda: None)
    refused = chair.send(f"{AT}/handing")
    assert refused.status_code == 409
    assert "must admit" in refused.get_data(as_text=True)


def test_what_was_handed_over_stays_as_it_is(chair, working, world):
    handed(world, working)
    chair.send(f"{AT}/names", name="Another name", area_name="Ash Hill")
    with working("ash"):
        application = applications_of(standing())[0]
        assert application.name == "Ash Hill Neighbourhood Forum"
        assert len(application.members) == 21
        assert application.hectares == pytest.approx(100)
        application.name = "Forged"
        with pytest.raises(sa.exc.DatabaseError, match="never changed"):
            db.session.flush()
        db.session.rollback()


def test_a_second_one_replaces_the_first(chair, working, world):
    handed(world, working)
    assert chair.send(f"{AT}/handing").status_code == 303
    with working("ash"):
        assert [each.state for each in applications_of(standing())] == ["received", "replaced"]


def test_it_can_be_withdrawn_once(chair, working, world):
    handed(world, working)
    assert chair.send(f"{AT}/withdrawal").status_code == 303
    assert chair.send(f"{AT}/withdrawal").status_code == 409
    with working("ash"):
        assert [each.state for each in applications_of(standing())] == ["withdrawn"]


def test_the_authority_designates_for_five_years_and_the_chair_is_told(
    app, chair, sign_in, working, mailed, world
):
    handed(world, working)
    officer, address = sign_in("northam", "officer"), one(sign_in)
    assert officer.send(f"{address}/designation", **today("designation")).status_code == 303
    with working("ash"):
        latest = db.session.scalars(sa.select(ForumDesignation).order_by(ForumDesignation.on.desc())).first()
        day = clock.today()
        assert latest.on == day
        assert latest.expires.year == day.year + 5
        assert live_qualifying_body(standing(), day) == ""
    again = officer.send(f"{address}/refusal", **today("refusal", reasons="No."))
    assert again.status_code == 409
    with app.app_context():
        wanted = sa.select(Job.id).where(Job.kind == "forum.decided")
        jobs.perform(db.session.scalars(wanted).one())
    assert any("five years" in mail["text"] for mail in mailed() if mail["to"] == "chair@ash.example.org")


def test_a_refusal_needs_reasons(chair, sign_in, working, world):
    handed(world, working)
    officer, address = sign_in("northam", "officer"), one(sign_in)
    assert officer.send(f"{address}/refusal", **today("refusal")).status_code == 422
    assert officer.send(f"{address}/refusal", **today("refusal", reasons="Not open.")).status_code == 303
    assert "Not open." in chair.page(AT).text
    with working("ash"):
        assert applications_of(standing())[0].state == "refused"


def test_a_decision_cannot_be_earlier_than_the_application(chair, sign_in, world, working):
    handed(world, working)
    answer = sign_in("northam", "officer").send(
        f"{one(sign_in)}/designation", **{"designation-on": date(2020, 1, 6).isoformat()}
    )
    assert answer.status_code == 409


# The private list.


def test_the_list_is_for_the_chair_alone(chair, sign_in, world, working):
    fill(world, working)
    assert "Member 7" in chair.page(f"{AT}/members").text
    for role in ("organiser", "analyst", "viewer"):
        other = sign_in("ash", role)
        for page in ("members", "members/list", "members.csv"):
            assert other.get(f"{AT}/{page}").status_code == 403
        assert "Member 7" not in other.page(AT).html


def test_the_authority_sees_it_once_it_is_handed_over(chair, sign_in, working, world):
    fill(world, working)
    with working("northam"):
        assert db.session.scalars(sa.select(ForumApplicationMember)).all() == []
    chair.send(f"{AT}/handing")
    address = one(sign_in)
    assert "Member 7" in sign_in("northam", "officer").get(f"{address}/members.csv").get_data(as_text=True)
    for role in ("analyst", "viewer"):
        assert sign_in("northam", role).get(f"{address}/members.csv").status_code == 403


def test_nobody_else_sees_it(chair, sign_in, client, world, working):
    handed(world, working)
    address = one(sign_in)
    for other in (sign_in("southby", "officer"), sign_in("beck"), sign_in("dell")):
        assert other.get(f"{address}/members.csv").status_code == 404
        assert other.get(f"{AT}/members").status_code == 404
    assert sign_in("southby", "officer").get(address.replace("northam", "southby")).status_code == 404
    assert client.get(f"{AT}/members").status_code == 302
    assert "Member 7" not in client.page("/f/ash/").html


def test_two_forums_keep_their_lists_apart(chair, sign_in, working, world):
    handed(world, working)
    beck = sign_in("beck")
    beck.send("/f/beck/forum-application/members/list", rows=rows(21, "Neighbour"))
    assert "Neighbour 3" not in chair.page(f"{AT}/members").html
    assert "Member 3" not in beck.page("/f/beck/forum-application/members").html
    with working("beck"):
        assert db.session.scalars(sa.select(ForumApplication)).all() == []


def test_the_pdf_has_the_application_and_not_the_list(chair, sign_in, world, working):
    handed(world, working)
    answer = sign_in("northam", "officer").get(f"{one(sign_in)}/application.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert chair.get(f"{AT}/application.pdf").data.startswith(b"%PDF-")


def test_a_council_is_a_qualifying_body_and_applies_for_nothing_here(sign_in):
    assert sign_in("cole").get("/f/cole/forum-application").status_code == 404


def test_a_bad_list_changes_nothing_and_comes_back_as_it_was_sent(chair, world, working):
    fill(world, working)
    answer = chair.send(f"{AT}/members/list", rows="name,live\nAda,maybe")
    assert answer.status_code == 422
    assert "Row 2" in answer.get_data(as_text=True)
    assert "Ada,maybe" in answer.get_data(as_text=True)
    assert "21 of 21" in chair.page(f"{AT}/members").text


def test_members_are_added_and_removed_one_by_one(chair):
    chair.send(f"{AT}/members", name="Ada", address="", kinds="lives")
    assert chair.send(f"{AT}/members", name="Bob").status_code == 422
    page = chair.page(f"{AT}/members")
    assert "1 of 21" in page.text
    chair.send(re.search(r"/f/ash/forum-application/members/[0-9a-f-]{36}/removal", page.html).group())
    assert "0 of 21" in chair.page(f"{AT}/members").text


def test_a_file_that_is_not_what_it_says_is_refused_beside_its_field(chair):
    answer = chair.post(
        f"{AT}/constitution", data={"file": (io.BytesIO(b"MZ nothing"), "rules.pdf"), "constitution": "Kept."}
    )
    assert answer.status_code == 422
    assert "not what its ending says" in answer.get_data(as_text=True)
    assert "Kept." in answer.get_data(as_text=True)
    good = chair.post(f"{AT}/constitution", data={"file": (io.BytesIO(b"%PDF-1.7 x"), "rules.pdf")})
    assert good.status_code == 303
    assert chair.get(f"{AT}/constitution/file").data == b"%PDF-1.7 x"


def test_a_chair_fills_it_in_page_by_page(chair, working):
    chair.send("/f/ash/area/draft", outline=drawn(square()))
    parts = {
        "names": NAMES,
        "constitution": CONSTITUTION,
        "contact": CONTACT,
        "statement": ANSWERS,
        "members/list": {"rows": rows()},
    }
    for part, said in parts.items():
        assert chair.page(f"{AT}/{part}").status == 200
        assert chair.send(f"{AT}/{part}", **said).status_code == 303, part
    page = chair.page(AT)
    assert "Missing" not in page.text
    assert chair.send(f"{AT}/handing").status_code == 303
