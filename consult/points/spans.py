"""Where a point stands in what somebody wrote: offsets in code points of the text as it is kept (NFC), end excluded.

What a person marks is cut out, and what is left before and after stays a piece of its own: nothing that was written
falls between two points, and no letter belongs to two.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from consult.clearing.models import ERASED

WHOLE = ""  # the field of a point that is all of an answer or of a place
END_OF_SENTENCE = re.compile(r"[.!?…]+[\"”’)\]]*\s+|\n+")


@dataclass(frozen=True)
class Span:
    """A piece of one field; of the field `WHOLE` there is only 0 to 0, which means everything."""

    field: str = WHOLE
    start: int = 0
    end: int = 0

    @property
    def is_whole(self) -> bool:
        return self.field == WHOLE

    def of(self, written: dict[str, str]) -> str:
        """The words that it covers; all fields one after the other where it is the whole. Of words that were erased
        since, the mark that stands in their place, and no piece of it."""
        if self.is_whole:
            return "\n\n".join(words for words in written.values() if words)
        words = written.get(self.field, "")
        return words if words == ERASED else words[self.start : self.end]


EVERYTHING = Span()


def in_pieces(span: Span, written: dict[str, str]) -> list[Span]:
    """The same ground with every field a piece of its own; a span of one field stays as it is."""
    if not span.is_whole:
        return [span]
    found = (trimmed(Span(field, 0, len(words)), words) for field, words in written.items())
    return [piece for piece in found if piece is not None]


def marked(span: Span, selection: Span, written: dict[str, str]) -> list[Span]:
    """`span` with the selection cut out of it: what stands before, the selection, what stands after.

    Empty where the selection lies outside the span or holds no word.
    """
    pieces = in_pieces(span, written)
    about = next((piece for piece in pieces if holds(piece, selection)), None)
    chosen = trimmed(selection, written.get(selection.field, ""))
    if about is None or chosen is None:
        return []
    ends = [about.start, chosen.start, chosen.end, about.end]
    at = pieces.index(about)
    return [*pieces[:at], *between(about, ends, written), *pieces[at + 1 :]]


def cut(span: Span, before: Iterable[Span], written: dict[str, str]) -> list[Span]:
    """`span` cut before each of these places (their starts are what counts)."""
    places = [(place.field, place.start) for place in before if place.field in written]
    if not places:
        return [span]
    return [
        part
        for piece in in_pieces(span, written)
        for part in between(piece, [piece.start, *sorted(inside(piece, places)), piece.end], written)
    ]


def inside(piece: Span, places: Iterable[tuple[str, int]]) -> set[int]:
    return {at for field, at in places if field == piece.field and piece.start < at < piece.end}


def between(piece: Span, ends: list[int], written: dict[str, str]) -> list[Span]:
    words = written[piece.field]
    found = (trimmed(Span(piece.field, a, b), words) for a, b in pairwise(ends))
    return [each for each in found if each is not None]


def holds(piece: Span, selection: Span) -> bool:
    return piece.field == selection.field and piece.start <= selection.start < selection.end <= piece.end


def trimmed(span: Span, words: str) -> Span | None:
    """Without the white space at its ends; None where nothing else is there."""
    said = words[span.start : span.end]
    kept = said.strip()
    if not kept:
        return None
    start = span.start + len(said) - len(said.lstrip())
    return Span(span.field, start, start + len(kept))


def sentences(span: Span, written: dict[str, str]) -> list[Span]:
    """Sentence by sentence, for whoever cannot mark words with a pointer."""
    found = []
    for piece in in_pieces(span, written):
        words = written[piece.field][piece.start : piece.end]
        ends = [piece.start + hit.end() for hit in END_OF_SENTENCE.finditer(words)]
        found += between(piece, [piece.start, *ends, piece.end], written)
    return found
