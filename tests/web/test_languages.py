"""Choosing a language: by a link, kept without an account; and what a page says of the language it is in."""

import gzip

import pytest

from consult.web.languages import Spoken, alike, bare, marked, theirs
from tests.inspector import Page
from tests.web.foreign import unsaid

PAGES = (
    "/",
    "/privacy",
    "/accessibility",
    "/f/ash/",
    "/f/beck/",
    "/a/northam/",
    "/f/ash/consultations/",
    "/register",
    "/f/ash/area",
)


def choice(page):
    return {a.get("lang"): a.get("href") for a in page.tree.findall(".//nav[@class='app-languages']//a")}


@pytest.mark.parametrize("address", PAGES)
def test_a_resident_page_is_in_urdu_from_the_right_for_whoever_chooses_it(client, address):
    english = client.page(address)
    assert english.tree.get("lang") == "en" and english.tree.get("dir") is None
    page = client.page(choice(english)["ur"])
    assert page.status == 200
    assert unsaid(page.tree) == []
    assert choice(page)["en"] == f"{address}?language=en"


def test_what_was_chosen_is_kept_without_an_account_and_can_be_changed_back(client):
    answer = client.get("/?language=ur")
    assert "language=ur" in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert client.page("/privacy").tree.get("lang") == "ur"
    client.get("/privacy?language=en")
    assert client.page("/").tree.get("lang") == "en"


def test_nobody_who_has_not_chosen_gets_a_cookie(client):
    assert "Set-Cookie" not in client.get("/privacy").headers
    assert "Set-Cookie" not in client.get("/privacy?language=xx").headers


def test_a_language_that_is_none_is_english(client):
    for wrong in ("xx", "en%22%3E", "ur%00", "", "UR"):
        assert client.page(f"/privacy?language={wrong}").tree.get("lang") == "en"


def test_the_rest_of_the_address_stays(client):
    page = client.page("/f/ash/consultations/?page=2&language=ur")
    assert choice(page)["en"] == "/f/ash/consultations/?page=2&language=en"


def test_members_pages_and_pages_that_are_not_translated_stay_in_english(client, sign_in):
    chair = sign_in("ash")
    chair.get("/?language=ur")
    assert chair.page("/f/ash/members").tree.get("lang") == "en"
    assert choice(chair.page("/f/ash/members")) == {}
    assert chair.page("/f/ash/").tree.get("lang") == "ur"


def test_the_name_of_a_space_says_that_it_is_english(client):
    page = client.page("/f/ash/?language=ur")
    name = page.tree.find(".//h1/bdi")
    assert (name.get("lang"), name.get("dir"), name.text) == ("en", "ltr", "Ash Hill Neighbourhood Forum")


def test_a_page_that_is_not_there_says_so_in_the_language_that_was_chosen(client):
    client.get("/?language=ur")
    page = client.page("/f/ash/consultations/nothing/")
    assert page.status == 404
    assert unsaid(page.tree) == []
    assert client.page("/no-such-page").tree.get("lang") == "ur"


def test_caches_keep_languages_apart_and_pages_in_urdu_are_squeezed_too(client):
    client.inspect = False
    answer = client.get("/privacy?language=ur", headers={"Accept-Encoding": "gzip"})
    assert {"Cookie", "Accept-Encoding"} <= set(answer.vary.as_set(preserve_casing=True))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert 'dir="rtl"' in gzip.decompress(answer.data).decode()
    assert "Cookie" in client.get("/privacy").headers["Vary"]


def test_words_know_their_language(app):
    with app.test_request_context("/?language=ur"):
        assert theirs("Homes <b>") == '<bdi lang="en" dir="ltr">Homes &lt;b&gt;</bdi>'
        assert theirs(Spoken("گھر", "ur")) == "گھر"
        assert theirs(Spoken("Domy", "pl")) == '<bdi lang="pl" dir="ltr">Domy</bdi>'
        assert marked("ours") == "ours"
        assert theirs("") == ""
        assert alike("H1 Domy", Spoken("Domy", "pl")).language == "pl"
        assert bare(theirs("Homes <b>")) == "Homes <b>"
    with app.test_request_context("/"):
        assert theirs("Homes <b>") == "Homes <b>"
        assert theirs(Spoken("گھر", "ur")) == '<bdi lang="ur" dir="rtl">گھر</bdi>'


def test_a_form_that_another_site_opened_is_refused_in_urdu_too(client):
    client.get("/?language=ur")
    client.inspect = False
    answer = client.post("/f/ash/consultations/x/told", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert Page(answer).tree.get("lang") == "ur"
