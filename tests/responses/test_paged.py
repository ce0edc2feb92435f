"""Answering a page at a time, without an account, a cookie or JavaScript."""

from datetime import timedelta
from functools import partial

import sqlalchemy as sa

from consult import clock, jobs
from consult.consultations.models import find
from consult.database import db
from consult.responses.drafts import draft_sending
from consult.responses.drafts.drafts import Draft
from consult.responses.models import Answer, Place
from tests.consultations.test_races import at_once
from tests.inspector import Page
from tests.responses import asking
from tests.responses.asking import FULL, URL
from tests.responses.paging import Paging
from tests.responses.test_respond import hidden, stored


def test_the_start_page_says_what_it_is_about_how_long_it_takes_and_who_runs_it(client, opened):
    text = client.page(URL).text
    for words in ("Tell us.", "minutes", "Ash Hill Neighbourhood Forum", "We keep it safe.", "Start now"):
        assert words in text


def test_looking_writes_nothing_and_beginning_makes_one_draft(client, opened, working):
    client.page(URL)
    assert stored(working, Draft) == []
    paging = Paging(client)
    paging.page()
    [draft] = stored(working, Draft)
    token = paging.draft.rpartition("/")[2]
    assert len(token) >= 22
    assert token not in (draft.token_hash or "")


def test_a_whole_response_a_page_at_a_time_says_what_one_page_would(client, opened, working):
    client.send(URL, **FULL)
    paging = Paging(client).to_the_end(**FULL)
    answer = paging.send()
    assert answer.status_code == 303
    assert "/receipts/" in answer.headers["Location"]
    first, second = sorted(stored(working), key=lambda r: r.received)
    for name in ("name", "email", "postcode", "connection", "kind", "home", "notice", "publication"):
        assert getattr(first, name) == getattr(second, name), name
    said = {}
    for a in stored(working, Answer):
        said.setdefault(a.response_id, set()).add(
            (a.question_id, a.policy_id, a.choice, a.stance, a.text, a.suggested_change)
        )
    assert said[first.id] == said[second.id]
    spots = {(p.easting, p.northing, p.words) for p in stored(working, Place)}
    assert len(spots) == 1


def test_only_the_policies_that_were_picked_have_pages_and_none_is_required(client, opened):
    paging = Paging(client)
    assert "Which policies do you want to comment on?" in paging.page().text
    assert "Your views" in paging.writes().page().text
    back = Paging.of(client, paging.draft)
    back.writes(at="q1", q1=["LGS 3"])
    assert "Mill Meadow" in back.page().text
    assert "Homes & gardens" not in back.page().text


def test_going_back_keeps_what_was_written(client, opened):
    paging = Paging(client).writes(at="q1", q1=["H1"])
    paging.writes(**{"at": "q1.H1", "q1.H1": "object", "q1.H1.reason": "Too many"})
    page = Page(client.get(f"{paging.draft}?at=q1.H1"))
    assert "Too many" in page.html
    assert "checked" in page.html
    answer = client.get(f"{paging.draft}?at=q1")
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_was_unpicked_again_is_neither_shown_nor_sent_and_not_lost(client, opened, working):
    paging = Paging(client).writes(at="q1", q1=["H1"])
    paging.writes(**{"at": "q1.H1", "q1.H1": "object", "q1.H1.reason": "Too many"})
    paging = Paging.of(client, paging.draft)
    paging.writes(at="q1", q1=[]).to_the_end(q4="Hello")
    assert "Too many" not in paging.page().text
    paging.send()
    assert [a.text for a in stored(working, Answer)] == ["Hello"]


def test_a_policy_that_was_picked_and_left_empty_does_not_keep_it_from_being_sent(client, opened, working):
    paging = Paging(client).writes(at="q1", q1=["H1", "LGS 3"]).to_the_end(q4="Hello")
    assert "Nothing, so nothing is sent about it." in paging.page().text
    assert paging.send().status_code == 303
    assert [a.text for a in stored(working, Answer)] == ["Hello"]


def test_what_is_wrong_is_said_on_its_page_and_the_words_stay(client, opened, working):
    paging = Paging(client)
    answer = paging.post(at="about", email="nonsense", name="Ann")
    page = Page(answer)
    assert answer.status_code == 422
    assert "Check the email address" in page.text
    assert "nonsense" in page.html
    assert "Ann" in page.html
    assert stored(working, Draft)[0].fields == {}


def test_an_empty_response_is_not_sent_and_the_page_before_the_last_says_where_to_go(client, opened, working):
    paging = Paging(client).to_the_end()
    answer = paging.send()
    page = Page(answer)
    assert answer.status_code == 422
    assert "Answer at least one question" in page.text
    assert page.tree.find(".//title").text.startswith("Error:")
    assert stored(working) == []


def test_the_address_of_a_draft_that_was_sent_leads_to_its_receipt_whatever_is_asked_of_it(
    client, opened, working
):
    paging = Paging(client).to_the_end(q4="Mine", name="Ann Private")
    receipt = paging.send().headers["Location"].partition("?")[0]
    for at in ("", "?at=q1", "?at=about", "?at=check", "?at=later"):
        assert client.get(paging.draft + at).headers["Location"] == receipt
    for do in ("send", "next", "later", "clear", "mail"):
        answer = client.post(paging.draft, data={"do": do, "at": "page-2", "q4": "Something else"})
        assert (answer.status_code, answer.headers["Location"]) == (303, receipt)
    assert len(stored(working)) == 1
    assert {answer.text for answer in stored(working, Answer) if answer.text} == {"Mine"}
    assert Paging.of(client, "").at(client.post(f"{receipt}/change")).draft != paging.draft


def test_after_the_close_the_address_of_what_was_sent_opens_nothing(
    app, client, opened, working, monkeypatch
):
    paging = Paging(client).to_the_end(q4="Mine")
    paging.send()
    with working("ash"):
        closes = find("reg14").closes
    monkeypatch.setattr(clock, "now", lambda: closes)
    with app.app_context():
        jobs.run_rounds()
    assert client.get(paging.draft).status_code == 404


def test_what_another_window_saved_meanwhile_is_looked_at_before_it_is_sent(
    client, opened, working, monkeypatch
):
    paging = Paging(client).to_the_end(q4="Mine")
    receive = draft_sending.receive

    def and_meanwhile(consultation, submission):
        held = db.session.scalars(sa.select(Draft)).one()
        stored = receive(consultation, submission)
        changed = sa.update(Draft).where(Draft.id == held.id).values(touched=clock.now())
        db.session.execute(changed, execution_options={"synchronize_session": False})
        return stored

    monkeypatch.setattr(draft_sending, "receive", and_meanwhile)
    answer = paging.send()
    assert answer.status_code == 409
    assert "in another window meanwhile" in answer.text
    assert stored(working) == []
    monkeypatch.undo()
    assert paging.send().status_code == 303


def test_clearing_twice_at_once_and_saving_what_was_cleared_fail_calmly(client, opened, working):
    paging = Paging(client)
    draft = paging.draft
    codes = at_once(
        *(partial(client.application.test_client().post, draft, data={"do": "clear"}) for _ in range(4))
    )
    assert set(codes) <= {200, 404}
    assert client.post(draft, data={"do": "next", "at": "page-2", "q4": "Late"}).status_code == 404
    assert stored(working, Draft) == []


def test_deleting_what_was_written_leaves_no_row(client, opened, working):
    paging = Paging(client).to_the_end(q4="Mine")
    answer = client.send(paging.draft, do="clear")
    assert "Deleted" in answer.text
    assert stored(working, Draft) == []


def test_a_draft_of_ash_is_not_there_in_beck_nor_under_a_changed_address(client, opened, working):
    paging = Paging(client).to_the_end(q4="Mine", name="Ann Private")
    unknown = client.get(paging.draft.rpartition("/")[0] + "/never-one")
    for url in (
        paging.draft.replace("/f/ash/", "/f/beck/"),
        paging.draft[:-1],
        paging.draft + "x",
    ):
        for answer in (
            client.get(url),
            client.post(url, data={"do": "send"}),
            client.post(url, data={"do": "clear"}),
        ):
            assert answer.status_code == 404
            assert "Ann Private" not in answer.text
    assert unknown.status_code == 404
    assert stored(working) == []
    assert len(stored(working, Draft)) == 1


def test_begun_before_the_close_and_sent_after_is_kept_and_marked_late(client, opened, working):
    paging = Paging(client)
    with working("ash"):
        asking.close(find("reg14"))
    paging.to_the_end(q4="Just in time")
    assert "marked late" in paging.page().text
    assert paging.send().status_code == 303
    [response] = stored(working)
    assert response.late


def test_nothing_is_begun_after_the_close(client, opened, working):
    with working("ash"):
        asking.close(find("reg14"))
    assert client.send(URL, do="start").status_code == 409
    assert stored(working, Draft) == []


def test_a_click_on_the_drawn_map_comes_back_with_the_pin_and_is_kept_with_the_page(client, opened, working):
    paging = Paging(client)
    while "Where is it?" not in paging.page().text:
        paging.writes()
    answer = paging.post(**{"q5.words": "Here", "q5.map288.x": "144", "q5.map288.y": "144"})
    page = Page(answer)
    assert answer.status_code == 200
    lon, lat = hidden(page, "q5.lon"), hidden(page, "q5.lat")
    assert lon
    assert "Here" in page.html
    paging.writes(**{"q5.words": "Here", "q5.lon": lon, "q5.lat": lat}).to_the_end()
    paging.send()
    [place] = stored(working, Place)
    assert place.words == "Here"
    assert abs(place.easting - 376_000) < 1


def test_the_way_back_is_mailed_and_opens_the_draft_where_it_was(client, opened, working, mailed):
    paging = Paging(client).writes(at="q1", q1=["H1"])
    paging.writes(**{"at": "q1.H1", "q1.H1.reason": "Half a thought", "do": "later"})
    assert "Saved" in paging.page().text
    assert client.send(paging.draft, do="mail", email="nonsense").status_code == 422
    assert client.send(paging.draft, do="mail", email="ann@example.org").status_code == 200
    [mail] = mailed()
    assert mail["to"] == "ann@example.org"
    link = next(line for line in mail["text"].splitlines() if "/drafts/" in line).strip()
    page = Page(client.get(link.replace("http://localhost", "") + "?at=q1.H1"))
    assert "Half a thought" in page.html


def test_nobody_is_flooded_with_ways_back(client, opened, mailed, counting):
    paging = Paging(client)
    codes = [client.send(paging.draft, do="mail", email="ann@example.org").status_code for _ in range(6)]
    assert codes == [200] * 5 + [422]
    assert len(mailed()) == 5


def test_drafts_go_thirty_days_after_the_close_and_what_was_sent_at_the_close(
    app, client, opened, working, monkeypatch
):
    Paging(client).to_the_end(q4="Sent").send()
    Paging(client).writes(at="q1", q1=["H1"])
    with working("ash"):
        closes = find("reg14").closes
    left = []
    for later in (timedelta(seconds=-1), timedelta(), timedelta(days=30, seconds=-1), timedelta(days=30)):
        monkeypatch.setattr(clock, "now", lambda at=closes + later: at)
        with app.app_context():
            jobs.run_rounds()
        left.append(len(stored(working, Draft)))
    assert left == [2, 1, 1, 0]
    assert len(stored(working)) == 1
