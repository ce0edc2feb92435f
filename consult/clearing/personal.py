"""Rules that propose what in somebody's words is personal: they mark, and a person decides.

Offsets are code points of the text in normal form C (`nfc`), on every machine and database the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from consult.clearing import addresses, numbers, people

EMAIL = re.compile(
    r"[^\s@<>()\[\]{},;:\"'“”‘’]{1,64}(?:@|\s?[(\[]\s?at\s?[)\]]\s?)[^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)
KINDS = {
    "email": "email address",
    "phone": "telephone number",
    "postcode": "postcode",
    "national_insurance": "National Insurance number",
    "registration": "vehicle registration",
    "address": "street address",
    "name": "name",
    "other": "personal details",
}
BLANK = "█"
Found = Iterator[tuple[int, int]]


@dataclass(frozen=True, order=True)
class Span:
    """From `start` up to, and not at, `end`."""

    start: int
    end: int
    kind: str


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def emails(text: str) -> Found:
    for found in EMAIL.finditer(text):
        yield found.start(), found.end()


RULES: dict[str, Callable[[str], Found]] = {
    "email": emails,
    "phone": numbers.phones,
    "postcode": addresses.postcodes,
    "national_insurance": numbers.national_insurance,
    "registration": numbers.registrations,
    "address": addresses.streets,
    "name": people.titled,
}


def find(text: str) -> list[Span]:
    """What the rules would take out of a text in normal form C, in order, no two overlapping."""
    return apart(Span(start, end, kind) for kind, rule in RULES.items() for start, end in rule(text))


def apart(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap become one, of the kind of the longest: nothing of either stays."""
    merged: list[Span] = []
    longest = 0
    for span in sorted(spans):
        last = merged[-1] if merged else None
        if last is None or span.start >= last.end:
            merged.append(span)
            longest = span.end - span.start
            continue
        kind = last.kind
        if span.end - span.start > longest:
            kind, longest = span.kind, span.end - span.start
        merged[-1] = Span(last.start, max(last.end, span.end), kind)
    return merged


def everywhere_in(text: str, words: str, kind: str = "other") -> list[Span]:
    """Each place at which these very words stand."""
    return (
        [Span(hit.start(), hit.end(), kind) for hit in re.finditer(re.escape(words), text)] if words else []
    )


def pieces(text: str, spans: Iterable[Span]) -> list[tuple[str, str]]:
    """The text in order, each piece with the kind of what it is, or nothing."""
    cut, at = [], 0
    for span in apart(spans):
        cut += [(text[at : span.start], ""), (text[span.start : span.end], span.kind)]
        at = span.end
    return [piece for piece in (*cut, (text[at:], "")) if piece[0]]


def without(text: str, spans: Iterable[Span]) -> str:
    """The text as everyone may read it: in place of each span stands what was taken out."""
    return "".join(marker(kind) if kind else words for words, kind in pieces(text, spans))


def blanked(text: str, spans: Iterable[Span]) -> str:
    """As long as before, so that other spans still lie where they lay; nothing of these can be read."""
    return "".join(BLANK * len(words) if kind else words for words, kind in pieces(text, spans))


def marker(kind: str) -> str:
    return f"[{kind_in_words(kind)} removed]"


def kind_in_words(kind: str) -> str:
    return KINDS.get(kind, KINDS["other"])
