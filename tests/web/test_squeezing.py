"""What is sent compressed, and what never is."""

import gzip

import pytest

SQUEEZED = {"Accept-Encoding": "gzip"}


def encoding(client, address, **headers):
    client.inspect = False  # it would have to read what is squeezed
    return client.get(address, headers=SQUEEZED | headers).headers.get("Content-Encoding")


def test_a_stranger_gets_the_same_page_compressed(client):
    whole = client.get("/privacy")
    client.inspect = False
    squeezed = client.get("/privacy", headers=SQUEEZED)
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in squeezed.headers["Vary"]
    assert int(squeezed.headers["Content-Length"]) == len(squeezed.data) < len(whole.data) / 2
    assert gzip.decompress(squeezed.data)[:200] == whole.data[:200]


def test_a_browser_that_cannot_read_it_gets_it_plain(client):
    assert encoding(client, "/privacy", **{"Accept-Encoding": "gzip;q=0"}) is None


@pytest.mark.parametrize(
    "address", ["/privacy?q=of-their-choosing", "/no-such-page"], ids=["repeats the request", "an error"]
)
def test_what_may_repeat_the_request_is_never_compressed(client, address):
    assert encoding(client, address) is None


def test_the_one_query_that_a_page_links_to_itself_is_compressed(client):
    assert encoding(client, "/privacy?whole=1") == "gzip"
    assert encoding(client, "/privacy?whole=1&q=of-their-choosing") is None


def test_what_somebody_gets_who_is_signed_in_is_never_compressed(sign_in):
    assert encoding(sign_in("ash"), "/privacy") is None
    assert encoding(sign_in("ash"), "/f/ash/settings") is None


def test_a_built_file_is_not_compressed_twice(client):
    client.inspect = False
    page = gzip.decompress(client.get("/privacy", headers=SQUEEZED).data).decode()
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    with client.get(address, headers=SQUEEZED) as answer:
        assert gzip.decompress(answer.data).startswith(b":root") or b".govuk-" in gzip.decompress(answer.data)
