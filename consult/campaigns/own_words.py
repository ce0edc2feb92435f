"""What somebody added to a letter of others: that is theirs, and is read by itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from consult.campaigns.shingles import RUN

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
A_WORD_OR_TWO = 3  # fewer words between two passages of the letter are how it was touched up, and not set off


@dataclass(frozen=True)
class Piece:
    words: str
    own: bool


def pieces(text: str, template: str) -> list[Piece]:
    """The text in pieces, which together are all of it: the template's, and those that are the person's own."""
    known = set(runs([word.group().casefold() for word in WORD.finditer(template)]))
    found = list(WORD.finditer(text))
    words = [word.group().casefold() for word in found]
    taken = [False] * len(words)
    for at, run in enumerate(runs(words)):
        if run in known:
            taken[at : at + RUN] = [True] * RUN
    settle(taken)
    starts = [at for at in range(len(taken)) if at == 0 or taken[at] != taken[at - 1]]
    cuts = [0, *(found[at].start() for at in starts[1:]), len(text)]
    return [Piece(text[a:b], not taken[at]) for at, a, b in zip(starts, cuts, cuts[1:], strict=False)]


def added(text: str, template: str) -> str:
    """Only what is the person's own, with … where the template stood between."""
    own = [piece.words.strip() for piece in pieces(text, template) if piece.own]
    return " … ".join(words for words in own if words)


def runs(words: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[place:] for place in range(RUN)), strict=False)


def settle(taken: list[bool]) -> None:
    """A word or two changed amid the letter is still the letter."""
    begin = None
    for at, is_taken in enumerate([*taken, True]):
        if not is_taken:
            begin = at if begin is None else begin
        elif begin is not None:
            if begin > 0 and at < len(taken) and at - begin < A_WORD_OR_TWO:
                taken[begin:at] = [True] * (at - begin)
            begin = None
