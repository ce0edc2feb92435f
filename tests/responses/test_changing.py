"""Changing and withdrawing by the link of the receipt, up to the close; and what that does to the numbers."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from consult import clock, tenancy
from consult.consultations.models import find
from consult.database import db, unit_of_work
from consult.feedback import tallies
from consult.feedback.facts import STATUSES, ResponseFact, gather
from consult.responses.models import Answer, Replacement, Response, SettingAside
from consult.responses.receiving import receive
from consult.responses.replacing import ReplacedAlready, withdraw
from consult.responses.standing import status_of
from consult.web.errors import Refused
from tests.inspector import Page
from tests.responses import asking
from tests.responses.asking import URL
from tests.responses.paging import Paging
from tests.responses.test_receiving import a_submission
from tests.responses.test_respond import stored

LIST = URL.removesuffix("respond") + "responses/"


def a_receipt(client, **fields):
    """A response that was sent on one page, and the address of its receipt."""
    location = client.send(URL, **{"q4": "First", "idempotency_key": str(uuid4())} | fields).headers[
        "Location"
    ]
    return location.partition("?")[0]


def changed(client, receipt, **fields):
    """Opens it to be changed, writes on the page of its question, and sends."""
    paging = Paging.of(client, "").at(client.post(f"{receipt}/change"))
    words = Paging.of(client, paging.draft)
    words.writes(at="page-2", **fields)
    return Paging.of(client, paging.draft + "?at=check").send()


def line_of(working):
    with working("ash"):
        return tallies.reconciliation(tallies.take(find("reg14")))


def test_a_change_is_a_response_of_its_own_and_one_of_the_two_is_counted(client, opened, working):
    receipt = a_receipt(client, name="Ann", q3=["trees"])
    answer = changed(client, receipt, q4="Second", q3=["trees"])
    assert answer.status_code == 303
    line = line_of(working)
    assert (line.received, line.counted, line.duplicates) == (2, 1, 1)
    assert line.adds_up
    first, second = sorted(stored(working), key=lambda r: r.received)
    assert second.name == "Ann"
    assert {a.text for a in stored(working, Answer) if a.response_id == first.id and a.text} == {"First"}
    assert "Second" in {a.text for a in stored(working, Answer) if a.response_id == second.id}
    [aside] = stored(working, SettingAside)
    assert (aside.response_id, aside.kind, aside.own_word) == (first.id, "duplicate", True)
    assert second.reference in aside.reason
    old = client.page(receipt).text
    assert second.reference in old
    assert "Change my response" not in old


def test_what_was_received_counts_until_the_change_is_sent(client, opened, working):
    receipt = a_receipt(client)
    client.post(f"{receipt}/change")
    line = line_of(working)
    assert (line.received, line.counted) == (1, 1)


def test_whoever_changes_their_mind_again_and_again_is_counted_once(client, opened, working):
    receipt = a_receipt(client)
    for n in range(3):
        receipt = changed(client, receipt, q4=f"Thought {n}").headers["Location"].partition("?")[0]
    line = line_of(working)
    assert (line.received, line.counted, line.duplicates) == (4, 1, 3)
    assert line.adds_up


def test_withdrawing_keeps_it_and_counts_it_as_withdrawn(client, opened, working):
    receipt = a_receipt(client)
    assert client.post(f"{receipt}/withdrawal").status_code == 303
    line = line_of(working)
    assert (line.received, line.counted, line.withdrawn) == (1, 0, 1)
    assert line.adds_up
    page = client.page(receipt)
    assert "You have withdrawn this response" in page.text
    assert "First" in page.text
    assert client.post(f"{receipt}/withdrawal").status_code == 409
    assert client.post(f"{receipt}/change").status_code == 409


def test_members_do_not_undo_what_the_sender_decided(client, sign_in, opened, working):
    receipt = a_receipt(client)
    client.post(f"{receipt}/withdrawal")
    [response] = stored(working)
    member = sign_in("ash", "organiser")
    assert member.post(f"{LIST}{response.reference}/counting").status_code == 409
    why = {"kind": "excluded", "reason": "We prefer that"}
    assert member.post(f"{LIST}{response.reference}/setting-aside", data=why).status_code == 409
    [aside] = stored(working, SettingAside)
    assert aside.kind == "withdrawn"


def test_a_change_of_what_a_member_had_set_aside_leaves_that_as_it_is(client, sign_in, opened, working):
    receipt = a_receipt(client)
    [response] = stored(working)
    why = {"kind": "excluded", "reason": "It names a neighbour"}
    sign_in("ash", "organiser").post(f"{LIST}{response.reference}/setting-aside", data=why)
    changed(client, receipt, q4="Without the name")
    line = line_of(working)
    assert (line.received, line.counted, line.excluded) == (2, 1, 1)


@pytest.mark.parametrize(("seconds", "stays"), [(-1, False), (0, True), (1, True)])
def test_changing_and_withdrawing_end_at_the_second_of_the_close(
    client, opened, working, monkeypatch, seconds, stays
):
    receipt, other = a_receipt(client), a_receipt(client)
    with working("ash"):
        closes = find("reg14").closes
    draft = Paging.of(client, "").at(client.post(f"{receipt}/change"))
    monkeypatch.setattr(clock, "now", lambda: closes + timedelta(seconds=seconds))
    assert client.post(f"{other}/withdrawal").status_code == (409 if stays else 303)
    assert draft.send().status_code == 303
    line = line_of(working)
    assert line.received == 3
    assert line.adds_up
    expected = (2, 1, 0, 0) if stays else (1, 0, 1, 1)
    assert (line.counted, line.late, line.duplicates, line.withdrawn) == expected
    if stays:
        assert client.post(f"{receipt}/change").status_code == 409
        assert "Change my response" not in client.page(receipt).text
        assert stored(working, Replacement) == []


def test_a_close_between_reading_and_writing_is_seen(app, opened, world, working):
    """The page was read while it was open; an organiser closed it before the change was stored."""

    def close():
        with app.app_context(), unit_of_work(), tenancy.inside(world.space["ash"]):
            asking.close(find("reg14"))

    with working("ash"):
        first, _ = receive(find("reg14"), a_submission(find("reg14")))
        first_id = first.id
    with app.app_context(), unit_of_work(), tenancy.inside(world.space["ash"]):
        consultation = find("reg14")
        assert consultation.closes > clock.now()
        closing = threading.Thread(target=close)
        closing.start()
        closing.join(30)
        second, _ = receive(consultation, a_submission(consultation, key="another", former=first_id))
        assert second.late
        with pytest.raises(Refused):
            withdraw(
                consultation, db.session.scalars(sa.select(Response).where(Response.id == first_id)).one()
            )
    assert stored(working, Replacement) == []


def test_of_two_changes_at_once_one_takes_its_place_and_the_other_is_told(app, opened, world, working):
    with working("ash"):
        first, _ = receive(find("reg14"), a_submission(find("reg14")))
        first_id = first.id
    looked, outcomes = threading.Barrier(2, timeout=20), []

    def change(n):
        with app.app_context(), unit_of_work(), tenancy.inside(world.space["ash"]):
            consultation = find("reg14")
            submission = a_submission(consultation, key=f"change {n}", former=first_id)
            looked.wait()
            try:
                receive(consultation, submission)
                outcomes.append("replaced")
            except ReplacedAlready:
                outcomes.append("told")

    threads = [threading.Thread(target=change, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["replaced", "told"]
    line = line_of(working)
    assert (line.received, line.counted, line.duplicates) == (2, 1, 1)


def test_a_second_change_of_the_same_response_keeps_its_words_in_the_draft(client, opened, working):
    receipt = a_receipt(client)
    tabs = [Paging.of(client, "").at(client.post(f"{receipt}/change")) for _ in range(2)]
    assert tabs[0].send().status_code == 303
    answer = tabs[1].send()
    assert answer.status_code == 409
    assert "in another window" in Page(answer).text
    assert len(stored(working)) == 2
    assert "First" in tabs[1].page().text


def test_a_receipt_of_ash_changes_nothing_in_beck(client, opened, working):
    receipt = a_receipt(client)
    elsewhere = receipt.replace("/f/ash/", "/f/beck/")
    for path in ("/change", "/withdrawal"):
        assert client.post(elsewhere + path).status_code == 404
        assert client.post(f"{receipt[:-1]}{path}").status_code == 404
    assert stored(working, SettingAside) == []


def test_anyone_with_a_reference_learns_whether_it_was_counted_and_nothing_of_what_it_says(
    client, opened, working
):
    receipt = a_receipt(client, name="Ann Private", email="ann@example.org")
    [response] = stored(working)
    look = URL.removesuffix("respond") + "receipts/"
    page = client.page(f"{look}?reference=%20{response.reference.lower()}%20")
    assert "It is counted." in page.text
    for private in ("Ann", "First", "ann@"):
        assert private not in page.html
    client.post(f"{receipt}/withdrawal")
    assert "It was withdrawn" in client.page(f"{look}?reference={response.reference}").text
    assert "No response" in client.page(f"{look}?reference=R-XXXX-XX").text
    assert "No response" in client.page(f"{look.replace('ash', 'beck')}?reference={response.reference}").text
    assert response.reference in client.page(receipt).text


def test_nobody_looks_up_reference_after_reference(client, opened, counting):
    look = URL.removesuffix("respond") + "receipts/?reference=R-XXXX-XX"
    codes = [client.get(look).status_code for _ in range(31)]
    assert codes == [200] * 30 + [429]


aside = st.sampled_from([None, "duplicate", "withdrawn", "excluded"])


@given(st.lists(st.tuples(aside, st.booleans()), max_size=30))
def test_whatever_became_of_them_the_line_adds_up(became):
    """received = counted + duplicates + late + withdrawn + excluded, each response in exactly one."""
    moment = clock.start_of(clock.today())
    facts = gather(
        "reg14",
        [],
        [],
        [
            ResponseFact(
                uuid4(), f"R-{n}", moment, status_of(kind, late), "individual", "web", 1, [], "unknown"
            )
            for n, (kind, late) in enumerate(became)
        ],
        [],
        [],
    )
    line = tallies.reconciliation(facts)
    assert line.adds_up
    assert line.received == len(became)
    assert line.counted == sum(1 for kind, late in became if kind is None and not late)
    assert set(STATUSES) == {"counted", "duplicate", "late", "withdrawn", "excluded"}
