"""What has changed between two wordings, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from flask_babel import gettext
from markupsafe import Markup

WORD: Final = re.compile(r"\s+|\w+(?:[’'-]\w+)*|[^\w\s]")
MOST_COMPARED: Final = 400_000  # pairs of words: beyond, a passage is shown as taken out and put in whole
Piece = tuple[str, str]  # same, removed or added; and the words


@lru_cache(maxsize=1024)
def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The later wording with what was removed left in; joined, the pieces give either wording back."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return tuple(joined(of_lines(old, new)))


def of_lines(old: list[str], new: list[str]) -> Iterator[Piece]:
    for act, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if act == "replace":
            yield from of_words("".join(old[a:b]), "".join(new[c:d]))
        else:
            yield from told(act, "".join(old[a:b]), "".join(new[c:d]))


def of_words(before: str, after: str) -> Iterator[Piece]:
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) * len(new) > MOST_COMPARED:
        yield from told("replace", before, after)
        return
    for act, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        yield from told(act, "".join(old[a:b]), "".join(new[c:d]))


def told(act: str, old: str, new: str) -> Iterator[Piece]:
    if act == "equal":
        yield "same", old
        return
    if old:
        yield "removed", old
    if new:
        yield "added", new


def joined(found: Iterator[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for kind, words in found:
        if last and last[0] == kind:
            last = (kind, last[1] + words)
        else:
            if last:
                yield last
            last = (kind, words)
    if last:
        yield last


def difference(before: str, after: str) -> Markup:
    """The same for a page: `ins` and `del`, which say aloud what they are."""
    drawn = {
        "same": Markup("{words}"),
        "removed": Markup('<del><span class="govuk-visually-hidden">{removed} </span>{words}</del>'),
        "added": Markup('<ins><span class="govuk-visually-hidden">{added} </span>{words}</ins>'),
    }
    said = {"removed": gettext("removed:"), "added": gettext("added:")}
    return Markup("").join(drawn[kind].format(words=words, **said) for kind, words in pieces(before, after))
