"""Answers sent compressed, where nobody can learn a secret from how well they compress (BREACH).

That takes a secret and words of the attacker's choosing in one answer. So only what a stranger gets from an address
without a query, or with one of a few fixed ones (a consultation's questions on one page, another language): it repeats
nothing of the request, and its only secret is the form's token, whose signature is new each second. What people get
who are signed in is left as it is, and may be left so by a proxy in front.
"""

import gzip

from flask import Flask, Response, request, session

from consult.web import languages

WORTH_IT_BYTES = 1_000
FIXED_QUERIES = (b"", b"whole=1", *(f"language={code}".encode() for code in languages.OURS))
KINDS = ("text/html", "text/plain", "image/svg+xml", "application/json", "application/geo+json")


def may_squeeze(response: Response) -> bool:
    return (
        request.method == "GET"
        and request.query_string in FIXED_QUERIES
        and "_user_id" not in session
        and response.status_code == 200
        and response.mimetype in KINDS
        and not (response.is_streamed or response.direct_passthrough or response.content_encoding)
    )


def squeeze(response: Response) -> Response:
    if may_squeeze(response) and len(response.get_data()) >= WORTH_IT_BYTES:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"]:
            response.set_data(gzip.compress(response.get_data(), mtime=0))
            response.content_encoding = "gzip"
    return response


def init_app(app: Flask) -> None:
    app.after_request(squeeze)
