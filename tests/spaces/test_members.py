import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.audit import Deed
from consult.database import db
from consult.spaces.models import Invitation, Membership
from tests.conftest import signed_in_client

BECK_CHAIR = "chair@beck.example.org"


def of(working, slug):
    with working(slug):
        now = db.session.scalars(sa.select(Membership).where(Membership.ended.is_(None)))
        return {m.person.email.split("@")[0]: (m.id, m.role) for m in now}


def acts(working, slug="ash"):
    with working(slug):
        return [d.act for d in db.session.scalars(sa.select(Deed).order_by(Deed.at))]


def test_an_invitation_is_accepted_once_by_whom_it_was_sent_to(sign_in, invited, working):
    chair, guest, other = sign_in("ash", "chair"), sign_in("beck", "chair"), sign_in("cole", "chair")
    assert chair.page("/f/ash/members/invitation").status == 200
    assert chair.send("/f/ash/members/invitation", email=BECK_CHAIR, role="analyst").status_code == 303
    path = invited(BECK_CHAIR)
    assert BECK_CHAIR in chair.page("/f/ash/members").text
    assert "signed in as chair@cole.example.org" in other.page(path).text
    assert other.send(path).status_code == 409
    assert "invited as analyst" in guest.page(path).text
    assert guest.get("/f/ash/members").status_code == 404
    assert guest.send(path).location == "/f/ash/"
    assert "analyst" in guest.page("/f/ash/members").text.casefold()
    assert guest.send(path).status_code == 410
    assert guest.get(path).status_code == 410
    assert acts(working) == ["member.invited", "member.joined"]


def test_an_invitation_is_kept_as_a_hash(sign_in, invited, working):
    sign_in("ash", "chair").send("/f/ash/members/invitation", email=BECK_CHAIR, role="analyst")
    token = invited(BECK_CHAIR).rpartition("/")[2]
    with working("ash"):
        assert token not in db.session.scalar(sa.select(Invitation.token_hash))


def test_somebody_without_an_account_makes_one_and_comes_back(app, client, sign_in, invited, mailed):
    import re

    sign_in("ash", "chair").send("/f/ash/members/invitation", email="Nora@new.example.org", role="viewer")
    path = invited("nora@new.example.org")
    door = client.get(path)
    assert door.location == f"/sign-in?next={path}"
    made = client.send("/account/new", name="Nora", email="nora@new.example.org", next=path)
    assert made.location == f"/sign-in?next={path}"
    code = re.search(r"\d{4} \d{4}", mailed()[-1]["text"]).group()
    assert client.send("/sign-in", identity="nora@new.example.org", passcode=code, next=path).location == path
    assert client.send(path).status_code == 303
    assert client.get("/f/ash/members").status_code == 200


def test_an_old_withdrawn_or_replaced_invitation_does_not_work(sign_in, invited, working, monkeypatch):
    chair, guest = sign_in("ash", "chair"), sign_in("beck", "chair")
    chair.send("/f/ash/members/invitation", email=BECK_CHAIR, role="viewer")
    first = invited(BECK_CHAIR)
    chair.send("/f/ash/members/invitation", email=BECK_CHAIR, role="viewer")
    second = invited(BECK_CHAIR)
    assert guest.send(first).status_code == 410
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=14, minutes=1))
    assert guest.send(second).status_code in (302, 410)
    monkeypatch.setattr(clock, "now", real)
    with working("ash"):
        waiting = db.session.scalar(sa.select(Invitation.id).where(Invitation.withdrawn.is_(None)))
    assert chair.send(f"/f/ash/members/invitations/{waiting}/withdrawal").status_code == 303
    assert guest.send(second).status_code == 410


def test_an_invitation_of_one_space_is_not_there_in_another(sign_in, invited):
    sign_in("ash", "chair").send("/f/ash/members/invitation", email=BECK_CHAIR, role="viewer")
    path = invited(BECK_CHAIR).replace("/f/ash/", "/f/dell/")
    guest = sign_in("beck", "chair")
    assert guest.get(path).status_code == 404
    assert guest.send(path).status_code == 404


@pytest.mark.parametrize(
    ("email", "role", "sentence"),
    [
        ("", "viewer", "Enter an email address"),
        ("no address", "viewer", "like name@example.org"),
        ("x" * 10_000, "viewer", "254 characters or fewer"),
        ("<b>@example.org", "viewer", "like name@example.org"),
        ("organiser@ash.example.org", "viewer", "works here already"),
        (BECK_CHAIR, "", "Choose a role"),
        (BECK_CHAIR, "officer", "Choose one of the answers"),
    ],
)
def test_a_wrong_invitation_gets_a_sentence(sign_in, email, role, sentence, mailed):
    response = sign_in("ash", "chair").send("/f/ash/members/invitation", email=email, role=role)
    assert response.status_code == 422
    assert sentence in response.text
    assert mailed() == []


def test_the_last_chair_can_neither_leave_nor_step_down(sign_in, working):
    chair = sign_in("ash", "chair")
    (chair_id, _), (organiser_id, _) = of(working, "ash")["chair"], of(working, "ash")["organiser"]
    for attempt in (
        lambda: chair.send("/f/ash/members/leaving"),
        lambda: chair.send(f"/f/ash/members/{chair_id}/ending"),
        lambda: chair.send(f"/f/ash/members/{chair_id}/role", role="viewer"),
    ):
        response = attempt()
        assert response.status_code == 409
        assert "is the only chair" in response.text
    assert chair.page(f"/f/ash/members/{organiser_id}/role").status == 200
    assert chair.send(f"/f/ash/members/{organiser_id}/role", role="chair").status_code == 303
    assert chair.send("/f/ash/members/leaving").location == "/account"
    assert chair.get("/f/ash/members").status_code == 404
    assert acts(working) == ["member.role_changed", "member.left"]


def test_the_last_officer_cannot_leave(sign_in):
    assert sign_in("northam", "officer").send("/a/northam/members/leaving").status_code == 409


def test_a_member_who_was_ended_is_shut_out_at_once(sign_in, working):
    chair, analyst = sign_in("ash", "chair"), sign_in("ash", "analyst")
    assert analyst.get("/f/ash/members").status_code == 200
    assert analyst.get("/f/ash/members/invitation").status_code == 403
    member_id, _ = of(working, "ash")["analyst"]
    assert chair.send(f"/f/ash/members/{member_id}/ending").status_code == 303
    assert chair.send(f"/f/ash/members/{member_id}/ending").status_code == 404
    assert analyst.get("/f/ash/members").status_code == 404


def test_a_member_of_another_space_is_not_there(sign_in, working):
    foreign, _ = of(working, "beck")["viewer"]
    chair = sign_in("ash", "chair")
    assert chair.get(f"/f/ash/members/{foreign}/role").status_code == 404
    assert chair.send(f"/f/ash/members/{foreign}/role", role="chair").status_code == 404
    assert chair.send(f"/f/ash/members/{foreign}/ending").status_code == 404


def at_once(clients):
    ready, answers = threading.Barrier(len(clients)), []

    def go(client):
        ready.wait()
        answers.append(client.send("/f/ash/members/leaving").status_code)

    threads = [threading.Thread(target=go, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_chairs_leaving_at_once_do_not_leave_nobody(app, sign_in, world, working):
    for _ in range(5):
        chair_id, organiser_id = (of(working, "ash")[who][0] for who in ("chair", "organiser"))
        with working("ash"):
            for member in db.session.scalars(
                sa.select(Membership).where(Membership.id.in_([chair_id, organiser_id]))
            ):
                member.role, member.ended = "chair", None
        clients = [signed_in_client(app, world.person["ash", who]) for who in ("chair", "organiser")]
        assert sorted(at_once(clients)) == [303, 409]
        with working("ash"):
            chairs = sa.select(Membership).where(Membership.role == "chair")
            assert len(db.session.scalars(chairs.where(Membership.ended.is_(None))).all()) == 1
            for member in db.session.scalars(chairs):
                member.ended = None
