"""A test client that looks at every page it gets, as a careful reader would."""

import re
from typing import Any

import html5lib
from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

NEEDS_LABEL = {"input", "select", "textarea"}
NO_LABEL = {"hidden", "submit", "button", "image"}


class PageInspector(FlaskClient):
    """Refuses pages with faults; `inspect = False` for the tests that break things on purpose."""

    inspect = True

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        response.request.environ[
            "wsgi.input"
        ].close()  # a large upload lies in a file, which Werkzeug leaves open
        if (
            self.inspect
            and response.mimetype == "text/html"
            and response.status_code not in (301, 302, 303, 307, 308)
        ):
            faults = list(look(response, self.application))
            assert not faults, f"{response.request.path}: " + "; ".join(faults)
        return response

    def page(self, url: str, **kwargs: Any) -> "Page":
        return Page(self.get(url, **kwargs))

    def send(self, url: str, **fields: Any) -> TestResponse:
        """Posts a form with the token that its page carries (tests switch the check off except where they test it)."""
        return self.post(url, data=fields)


class Page:
    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        self.tree = tree(self.html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(t for t in self.tree.find(".//body").itertext()).split())


def tree(html: str) -> Any:
    return html5lib.parse(html, namespaceHTMLElements=False)


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def look(response: TestResponse, app: Any) -> Any:
    html = response.get_data(as_text=True)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(html)
    serious = [
        code for _, code, _ in parser.errors if code not in ("non-void-element-with-trailing-solidus",)
    ]
    if serious:
        yield f"broken HTML: {serious[:3]}"
    yield from headings(page)
    yield from identities(page)
    yield from labels(page)
    yield from forbidden(page, html)
    yield from dead_links(page, app)
    if "script-src" not in response.headers.get("Content-Security-Policy", ""):
        yield "no content security policy"


def headings(page: Any) -> Any:
    found = [words(h) for h in page.iter("h1")]
    if len(found) != 1:
        yield f"{len(found)} h1 headings"
        return
    title = words(page.find(".//title"))
    if not title.removeprefix("Error: ").removeprefix("غلطی: ").startswith(found[0]):
        yield f"the title “{title}” does not start with the heading “{found[0]}”"


def identities(page: Any) -> Any:
    ids = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
    twice = {i for i in ids if ids.count(i) > 1}
    if twice:
        yield f"ids used twice: {sorted(twice)}"
    for element in page.iter():
        for name in ("aria-describedby", "aria-labelledby", "for"):
            value = element.get(name) if isinstance(element.tag, str) else None
            for wanted in (value or "").split():
                if wanted not in ids:
                    yield f"{name} points at nothing: {wanted}"


def labels(page: Any) -> Any:
    named = {e.get("for") for e in page.iter("label")}
    wrapped = {id(i) for label in page.iter("label") for i in label.iter()}
    for element in page.iter():
        if element.tag in NEEDS_LABEL and element.get("type") not in NO_LABEL:
            if not (
                element.get("id") in named
                or id(element) in wrapped
                or element.get("aria-label")
                or element.get("aria-labelledby")
            ):
                yield f"no label: {element.get('name')}"
    for image in page.iter("img"):
        if image.get("alt") is None:
            yield f"no text alternative: {image.get('src')}"


def forbidden(page: Any, html: str) -> Any:
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("style"):
            yield f"an inline style on <{element.tag}>"
        if any(str(name).startswith("on") for name in element.attrib):
            yield f"an inline handler on <{element.tag}>"
        if element.tag == "form" and (element.get("method") or "get").lower() == "post":
            if not any(i.get("name") == "csrf_token" for i in element.iter("input")):
                yield f"a form without its token: {element.get('action')}"
    if re.search(r"\{\{ |\{%", html):
        yield "template code in the page"


def dead_links(page: Any, app: Any) -> Any:
    adapter = app.url_map.bind("localhost")
    ids = {e.get("id") for e in page.iter() if isinstance(e.tag, str)}
    for link in page.iter("a"):
        href = link.get("href") or ""
        if href.startswith("#") and href != "#" and href[1:] not in ids:
            yield f"a link to nothing on the page: {href}"
        if href.startswith("/") and not href.startswith("//"):
            try:
                adapter.match(href.partition("?")[0].partition("#")[0], method="GET")
            except RequestRedirect:
                pass
            except (NotFound, MethodNotAllowed):
                yield f"a link that leads nowhere: {href}"
