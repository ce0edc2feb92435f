"""The page that a stranger meets first, kept by each process for two seconds: in the last hour before a close thousands
ask for it, and to make it anew for each would cost ten times what a static page does.

It is the same for all of them but for what belongs to one visit: the key of their form, the moment at which they began
and the nonce of their page. Those are cut out of what is kept, and put in for each. The session's token is left out:
`sameness.py` asks for it only where a browser says nothing about where a form comes from, and then gives a new one. No
page is kept beyond the close.
"""

import base64
import gzip
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask, current_app, request
from flask_wtf.csrf import generate_csrf

from consult import clock
from consult.consultations.models import Consultation
from consult.responses.door.moments import sealed
from consult.web.security import csp_nonce, new_nonce
from consult.web.squeezing import FIXED_QUERIES

KEPT_FOR = timedelta(seconds=2)
MOST_KEPT = 200
WANTED = "consult.first page"  # where a view says that its page may be kept
NONCE, TOKEN, KEY, BEGUN = range(4)
FAST = 1  # how hard a kept page is pressed: it is pressed again for each
OF_ONE_VISIT = {"set-cookie", "content-length", "content-encoding", "vary", "date"}
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Wanted:
    own: list[str]
    consultation: str
    until: datetime


@dataclass(frozen=True)
class Kept:
    """Words, and between them the numbers of what is put in."""

    pieces: list[str | int]
    headers: list[tuple[str, list[str | int]]]
    consultation: str
    until: datetime

    def filled(self, app: Flask, squeezed: bool) -> tuple[Headers, bytes]:
        seal = str(sealed(app).dumps([self.consultation, clock.now().isoformat()]))
        own = [new_nonce(), "", str(uuid4()), seal]
        body = filled(self.pieces, own).encode()
        headers = [(name, filled(value, own)) for name, value in self.headers]
        headers.append(("Vary", "Accept-Encoding, Cookie"))
        if squeezed:
            body = gzip.compress(body, FAST, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        return [*headers, ("Content-Length", str(len(body)))], body


def filled(pieces: list[str | int], own: list[str]) -> str:
    return "".join(piece if isinstance(piece, str) else own[piece] for piece in pieces)


def cut(text: str, own: list[str]) -> list[str | int]:
    pieces = re.split(f"({'|'.join(map(re.escape, own))})", text)
    return [own.index(piece) if piece in own else piece for piece in pieces]


def want(consultation: Consultation, form: Any) -> None:
    """This visit's page may be kept, if it is like any other's."""
    seconds, closes = current_app.config["FIRST_PAGES_KEPT"], consultation.closes
    if not seconds or closes is None:
        return
    own = [csp_nonce(), generate_csrf(), str(form.idempotency_key.data), str(form.begun.data)]
    until = min(clock.now() + timedelta(seconds=seconds), closes)
    request.environ[WANTED] = Wanted(own, consultation.id.hex, until)


class FirstPages:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.kept: dict[tuple[str, ...], Kept] = {}
        app.config.setdefault("FIRST_PAGES_KEPT", KEPT_FOR.total_seconds())

    def find(self, environ: dict[str, Any]) -> Kept | None:
        kept = self.kept.get(named(environ))
        if kept is None or clock.now() >= kept.until or not self.is_like_any_other(environ):
            return None
        return kept

    def is_like_any_other(self, environ: dict[str, Any]) -> bool:
        """Nobody is signed in, nothing waits to be told, nothing is asked for."""
        return (
            environ["REQUEST_METHOD"] == "GET"
            and environ.get("QUERY_STRING", "").encode() in FIXED_QUERIES
            and is_strangers(environ.get("HTTP_COOKIE", ""), self.app.config["SESSION_COOKIE_NAME"])
        )

    def keep(self, environ: dict[str, Any], status: str, headers: Headers, body: bytes) -> None:
        wanted: Wanted = environ[WANTED]
        if not status.startswith("200") or not self.is_like_any_other(environ):
            return
        if ("Content-Encoding", "gzip") in headers:
            body = gzip.decompress(body)
        if len(self.kept) >= MOST_KEPT:
            self.kept.clear()
        self.kept[named(environ)] = Kept(
            cut(body.decode(), wanted.own),
            [(name, cut(value, wanted.own)) for name, value in headers if name.lower() not in OF_ONE_VISIT],
            wanted.consultation,
            wanted.until,
        )


def named(environ: dict[str, Any]) -> tuple[str, ...]:
    """A page is kept for the address under which it was asked for, host and query and all. A language that a cookie
    keeps is another cookie than the session's, and so that page is made for its reader."""
    asked = ("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    return tuple(str(environ.get(name, "")) for name in asked)


def is_strangers(cookies: str, session_cookie: str) -> bool:
    """No cookie, or only the session's, with nobody and nothing in it. It is not asked whether the cookie is genuine:
    whoever forges one gets the page that everyone gets."""
    if not cookies:
        return True
    name, _equals, value = cookies.partition("=")
    if name != session_cookie or ";" in value:
        return False
    try:
        words = value.partition(".")[0]
        return set(json.loads(base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)))) <= {"csrf_token"}
    except (ValueError, TypeError):
        return False
