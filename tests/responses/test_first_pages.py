"""The page that strangers meet first, kept for two seconds: the same for all, and nobody's own."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult import clock
from consult.consultations.models import find
from consult.responses.door.first_pages import cut, filled, is_strangers
from tests.responses import asking
from tests.responses.asking import URL
from tests.responses.costs import statements
from tests.responses.paging import Paging
from tests.responses.test_respond import hidden

WHOLE = f"{URL}?whole=1"
KEPT = 60  # seconds


@pytest.fixture
def keeping(app, opened):
    app.config["FIRST_PAGES_KEPT"] = KEPT  # longer than in earnest, since here other work shares the machine
    return lambda **more: app.test_client(**more)


def from_the_database(app, act) -> int:
    seen: list[str] = []

    def looked():
        answer = act()
        seen.append(answer.text)
        return type("Led", (), {"status_code": 303})

    return len(statements(app, looked))


@pytest.mark.parametrize("url", [URL, WHOLE])
def test_the_second_visit_asks_the_database_nothing_and_gets_a_form_of_its_own(app, keeping, url):
    first = keeping().page(url)
    second = keeping()
    assert from_the_database(app, lambda: second.get(url)) == 0
    page = second.page(url)
    for name in ("idempotency_key", "begun"):
        assert hidden(page, name) != hidden(first, name)
    nonces = [re.search(r'nonce="([^"]+)"', each.html).group(1) for each in (first, page)]
    assert nonces[0] != nonces[1]
    answer = second.get(url)
    nonce = re.search(r'nonce="([^"]+)"', answer.text).group(1)
    assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
    assert first.text == page.text


def test_what_is_kept_is_pressed_for_whoever_can_read_that(keeping):
    plain = keeping().get(WHOLE)
    client = keeping()
    client.inspect = False
    pressed = client.get(WHOLE, headers={"Accept-Encoding": "gzip"})
    assert (plain.content_encoding, pressed.content_encoding) == (None, "gzip")
    assert len(pressed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in pressed.headers["Vary"]


def test_a_kept_form_is_sent_and_begun_like_any_other(keeping, working):
    keeping().get(WHOLE)
    client = keeping()
    page = client.page(WHOLE)
    fields = {name: hidden(page, name) for name in ("idempotency_key", "begun")}
    assert client.send(WHOLE, q4="From a kept page", **fields).status_code == 303
    assert Paging(keeping()).page().text


def test_nothing_is_kept_of_whoever_is_signed_in_nor_shown_to_them(app, keeping, sign_in):
    member = sign_in("ash", "chair")
    member.get(URL)
    stranger = keeping()
    assert from_the_database(app, lambda: stranger.get(URL)) > 0
    assert "Sign out" not in stranger.get(URL).text
    assert "Sign out" in member.get(URL).text


def test_a_kept_page_is_gone_at_the_second_of_the_close(app, keeping, working, monkeypatch):
    with working("ash"):
        closes = find("reg14").closes
    moment = [closes - timedelta(seconds=1.5)]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    keeping().get(URL)
    assert from_the_database(app, lambda: keeping().get(URL)) == 0
    moment[0] = closes
    assert "This consultation has closed" in keeping().get(URL).text


def test_a_consultation_that_has_closed_is_kept_open_no_longer_than_that(keeping, working, monkeypatch):
    keeping().get(URL)
    with working("ash"):
        asking.close(find("reg14"))
    later = clock.now() + timedelta(seconds=KEPT)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "This consultation has closed" in keeping().get(URL).text


def test_each_space_and_each_host_has_its_own(app, keeping):
    keeping().get(URL)
    assert from_the_database(app, lambda: keeping().get(URL.replace("/ash/", "/beck/"))) > 0
    assert from_the_database(app, lambda: keeping().get(URL, base_url="http://127.0.0.1")) > 0


@pytest.mark.parametrize(
    ("cookies", "strangers"),
    [
        ("", True),
        ("consult=eyJjc3JmX3Rva2VuIjoiYWJjIn0.x.y", True),  # {"csrf_token":"abc"}
        ("consult=eyJfdXNlcl9pZCI6ImFiYyJ9.x.y", False),  # {"_user_id":"abc"}
        ("consult=.eJyrVkouLkqLLwYAD.x.y", False),
        ("other=1", False),
        ("consult=eyJjc3JmX3Rva2VuIjoiYWJjIn0.x.y; remember_token=1", False),
        ("consult=MQ", False),  # 1
    ],
)
def test_a_stranger_is_whoever_brings_no_cookie_but_an_empty_sessions(cookies, strangers):
    assert is_strangers(cookies, "consult") is strangers


@given(st.text(max_size=60))
def test_any_cookie_is_borne(value):
    assert is_strangers(f"consult={value}", "consult") in (True, False)


@given(st.lists(st.sampled_from(["one", "two", "three", "words ", "<p>"])))
def test_what_is_cut_out_and_put_in_again_is_what_it_was(parts):
    own = ["one", "two", "three"]
    assert filled(cut("".join(parts), own), own) == "".join(parts)
