"""Finds what a page in Urdu says in English without saying so."""

import re
from collections.abc import Iterator
from typing import Any

ISOLATED = re.compile("\u2068.*?\u2069", re.DOTALL)  # a title, a date, a reference inside a sentence
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,:’'-]+[A-Za-z]{2,})+|^[A-Za-z][A-Za-z ’'-]{2,}[A-Za-z]$")
NAMES = (  # which are the same in every language
    *("Neighbourhood Planning (General) Regulations", "Web Content Accessibility Guidelines"),
    *("Equality Advisory and Support Service", "equalityadvisoryservice.com", "Information Commissioner’s Office"),
    *("GeoJSON", "JavaScript", "Consult", "OpenDocument", "PDF", "Word", "Excel", "JPEG", "PNG", "WebP", "ico.org.uk"),
    *("name@example.org", "ST 748 648", "BA1 1AA", "gay", "lesbian", "bisexual", "straight", "English"),
)  # fmt: skip
SAID_ALOUD = ("alt", "aria-label", "title", "placeholder")
UNHEARD = {"script", "style", "noscript", "textarea", "svg"}


def unsaid(page: Any) -> list[str]:
    """The English words of a page in Urdu that stand in no element which says that they are, or may be, in another
    language: `lang`, `dir="auto"` or `bdi`."""
    body = page.find(".//body")
    assert page.get("lang") == "ur" and page.get("dir") == "rtl"
    return [text for text in texts_of(body) if ENGLISH.search(plain(text))]


def plain(text: str) -> str:
    text = ISOLATED.sub("", text)
    for name in NAMES:
        text = text.replace(name, "")
    return " ".join(text.split())


def texts_of(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in UNHEARD:
        return
    if element.get("lang", "ur") != "ur" or element.get("dir") in ("auto", "ltr") or element.tag == "bdi":
        return
    yield from (value for name in SAID_ALOUD if (value := element.get(name)))
    yield element.text or ""
    for child in element:
        yield from texts_of(child)
        yield child.tail or ""
