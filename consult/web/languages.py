"""The language in which somebody reads, and of what they read that is in another.

It is chosen by a link in the header of every resident page, `?language=ur`, which a cookie then keeps: no account is
asked for, a link can be sent on in its language, and without cookies the query alone does it. Members' pages are in
English. Pages whose own words are in two languages may hold a consultation that its organisers translated into more:
whoever reads that one finds our buttons in English, and the organisers' words in theirs.
"""

import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, has_request_context, request
from markupsafe import Markup

View = TypeVar("View", bound=Callable[..., Any])
COOKIE = QUERY = "language"
A_YEAR_IN_SECONDS = 31_536_000
OURS = ("en", "ur")  # the languages that resident pages themselves speak
ENGLISH = "en"


@dataclass(frozen=True)
class Language:
    """`name` as its speakers write it, `english` as its organisers look for it."""

    code: str
    name: str
    english: str
    direction: str = "ltr"


@cache
def languages() -> dict[str, Language]:
    with open(Path(__file__).with_suffix(".toml"), "rb") as file:
        return {each["code"]: Language(**each) for each in tomllib.load(file)["language"]}


def speaks(view: View) -> View:
    """Marks the view of a resident page, which is shown in the language that somebody chose."""
    view.speaks = True  # type: ignore[attr-defined]
    return view


def is_resident() -> bool:
    """Whether this request is for a resident page; an address that leads nowhere is one."""
    if request.endpoint is None:
        return True
    return getattr(current_app.view_functions.get(request.endpoint), "speaks", False)


def chosen() -> Language:
    """The language that somebody chose to read in, on a page that has a choice."""
    known = languages()
    if has_request_context() and is_resident():
        for code in (request.args.get(QUERY, ""), request.cookies.get(COOKIE, "")):
            if code in known:
                return known[code]
    return known[ENGLISH]


def ours() -> Language:
    """The language of our own words on this page."""
    language = chosen()
    return language if language.code in OURS else languages()[ENGLISH]


class Spoken(str):
    """Words of an organiser that know their language."""

    language: str

    def __new__(cls, words: str, language: str) -> "Spoken":
        made = super().__new__(cls, words)
        made.language = language
        return made


def alike(words: str, like: Any) -> str:
    """Words in the language of others that they are made from."""
    return Spoken(words, like.language) if isinstance(like, Spoken) else words


def in_link() -> dict[str, str]:
    """What keeps the language in a link that leaves by mail, for a browser that knows nothing of it."""
    code = chosen().code
    return {} if code == ENGLISH else {QUERY: code}


def theirs(words: Any, code: str = ENGLISH) -> Any:
    """Words that are not ours, such as a title, for a page or a sentence of it: where they are in another language than
    the page, they say so and keep their own direction."""
    code = getattr(words, "language", code)
    if not words or code == ours().code:
        return words
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(code, languages()[code].direction, words)


def marked(words: Any) -> Any:
    """The same for what may be ours or theirs, such as the label of a field."""
    return theirs(words) if isinstance(words, Spoken) else words


def bare(words: Any) -> Any:
    """Without the marks, for the title of a window, which can hold none."""
    return words.striptags() if isinstance(words, Markup) else words


def language_of(words: Any) -> Markup:
    """For an element whose words stand in an attribute."""
    if isinstance(words, Spoken) and words.language != ours().code:
        return Markup(' lang="{}"').format(words.language)
    return Markup("")


def visible(text: str) -> str:
    """Without the marks of direction that come along when something is copied from a page."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def page_language() -> Markup:
    """For the template of GOV.UK's pages, which has a place for `lang` and none for `dir`: both, from its quotes on."""
    language = ours()
    direction = Markup('" dir="rtl') if language.direction == "rtl" else ""
    return Markup("{}{}").format(language.code, direction)


def also_in(codes: Iterable[str]) -> None:
    """Offers further languages on this page: those that its organisers' words are in."""
    g.further_languages = [code for code in codes if code not in OURS]


def offered() -> list[dict[str, Any]]:
    """The choice in the header; none on a page that has none, or that cannot be asked for again."""
    if not (has_request_context() and is_resident() and can_be_looked_at()):
        return []
    codes = (*OURS, *g.get("further_languages", ()))
    now = chosen().code if chosen().code in codes else ENGLISH
    return [
        {"language": languages()[code], "href": address_in(code), "current": code == now} for code in codes
    ]


def can_be_looked_at() -> bool:
    if request.method == "GET":
        return request.endpoint is not None
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(request.path, method="GET")


def address_in(code: str) -> str:
    """This page's address, in another language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != QUERY]
    return f"{quote(request.path)}?{urlencode([*kept, (QUERY, code)])}"


def keep(response: Response) -> Response:
    """Keeps what was chosen. Whatever is between us and them must not show one person's language to another."""
    if not is_resident():
        return response
    response.vary.add("Cookie")
    code = request.args.get(QUERY, "")
    if code in languages() and code != request.cookies.get(COOKIE):
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(
            COOKIE, code, max_age=A_YEAR_IN_SECONDS, secure=secure, httponly=True, samesite="Lax"
        )
    return response


def forget(response: Response) -> Response:
    """For a device that the next person takes over."""
    response.delete_cookie(COOKIE)
    return response


def init_app(app: Flask) -> None:
    app.after_request(keep)
    names: dict[str, Callable[..., Any]] = {
        "our_language": ours,
        "theirs": theirs,
        "marked": marked,
        "bare": bare,
    }
    names |= {"language_of": language_of, "page_language": page_language, "languages_offered": offered}
    for name, function in names.items():
        app.add_template_global(function, name)
