"""The porch, in front of everything. A flood at one forum is turned away there, for next to nothing, so that other
forums stay served; and a stranger gets the first page of a form there, while it is kept.

The limits are far above what people do: a hall of a hundred tablets turns ten pages a second, and the busiest last hour
that we know of would ask for some thirty-five a second of one forum. Whoever is turned away has lost nothing: the page
that they wrote on is still in their browser.
"""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from markupsafe import escape

from consult.responses.door import flood
from consult.responses.door.first_pages import WANTED, FirstPages, Headers
from consult.web.handfuls import Handfuls
from consult.web.limits import network_of
from consult.web.security import HEADERS

OF_A_SPACE = re.compile(r"/([fa]/[a-z0-9-]+)(?:/consultations/[^/]+/(respond|drafts/[^/]+))?(?:/|$)")
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title} – Consult</title></head><body><main><h1>{title}</h1><p>{words}</p></main></body></html>"
)
Environ = dict[str, Any]


class Porch:
    def __init__(self, app: Flask) -> None:
        self.app, self.inside = app, app.wsgi_app
        self.crowd = Handfuls(app)
        self.pages = FirstPages(app)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self.is_flooded(environ):
            return answer(start_response, "429 TOO MANY REQUESTS", *self.turned_away)
        kept = self.pages.find(environ)
        if kept is not None:
            squeezed = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
            return answer(start_response, "200 OK", *kept.filled(self.app, squeezed))
        return self.let_in(environ, start_response)

    def is_flooded(self, environ: Environ) -> bool:
        """Whether more is asked of a forum than people ask: by one network, or by all together."""
        found = OF_A_SPACE.match(environ["PATH_INFO"])
        if found is None:
            return False
        space, form = found.groups()
        network = network_of(environ.get("REMOTE_ADDR", ""))
        each, all_together = flood.ASKED_OF_FORMS if form else flood.ASKED_OF_PAGES
        what = "form" if form else "page"
        return self.crowd.over(each, f"{what} asked by", network, space) or self.crowd.over(
            all_together, f"{what} asked of", space
        )

    def let_in(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        told: list[tuple[str, Headers]] = []

        def noting(status: str, headers: Headers, *error: Any) -> Any:
            told.append((status, headers))
            return start_response(status, headers, *error)

        answered = self.inside(environ, noting)
        if WANTED not in environ:
            return answered
        body = b"".join(answered)
        if hasattr(answered, "close"):
            answered.close()
        self.pages.keep(environ, *told[-1], body)
        return [body]

    @cached_property
    def turned_away(self) -> tuple[Headers, bytes]:
        with self.app.test_request_context():
            title = escape(_("Too many people are asking for this page"))
            words = _(
                "Wait a minute, then go back and press the button again. What you wrote is still in your browser."
            )
            body = PAGE.format(title=title, words=escape(words)).encode()
        about = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            "Content-Security-Policy": "default-src 'none'; script-src 'none'",
            "Cache-Control": "no-store",
            "Retry-After": "60",
        }
        return [*HEADERS.items(), *about.items()], body


def answer(start_response: Callable[..., Any], status: str, headers: Headers, body: bytes) -> Iterable[bytes]:
    start_response(status, headers)
    return [body]


def init_app(app: Flask) -> None:
    app.wsgi_app = Porch(app)  # type: ignore[method-assign]
