"""People by name: those with a title before it, and whoever sent the response."""

import re
from collections.abc import Iterable, Iterator

TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Revd?|Reverend|Sir|Dame|Lady|Lord|Cllr|Councillor|Father|Sister|Capt|"
    r"Captain|Colonel|Col|Major|Sgt|PC)"
)
WORD = r"[^\W\d_][\w'’-]{0,40}\.?"
TITLED = re.compile(
    rf"\b{TITLE}\b\.?(?:[ \u00a0](?:and|&)[ \u00a0]{TITLE}\b\.?)?(?P<names>(?:[ \u00a0]{{1,2}}{WORD}){{1,3}})",
    re.IGNORECASE,
)
IN_SMALL_LETTERS = ("mr", "mrs", "dr")  # people type so on phones; “miss the bus” is no name
NO_NAME = frozenset([
    "and", "the", "of", "in", "on", "at", "is", "was", "are", "were", "has", "had", "have", "said", "says",
    "who", "would", "will", "should", "could", "can", "or", "but", "to", "for", "with", "from", "not", "no",
    "do", "does", "did",
])  # fmt: skip
PLACES = frozenset([
    "street", "road", "lane", "avenue", "close", "drive", "square", "hill", "park", "way", "walk", "wood",
    "chapel", "field",
])  # fmt: skip


def titled(text: str) -> Iterator[tuple[int, int]]:
    for found in TITLED.finditer(text):
        end = end_of_name(text, found)
        if end:
            yield found.start(), end


def end_of_name(text: str, found: re.Match[str]) -> int:
    """Where the name ends, of which every word begins with a capital; nought where there is none."""
    title, end, words = found[0].split(maxsplit=1)[0].rstrip("."), 0, list[str]()
    for word in re.finditer(WORD, found["names"]):
        small = not word[0][0].isupper()
        if small and not (title in IN_SMALL_LETTERS and not words):
            break
        if word[0].rstrip(".").casefold() in NO_NAME:
            break
        words.append(word[0].rstrip(".").casefold())
        end = found.start("names") + word.end()
        if word[0].endswith(".") and len(words[-1]) > 1:
            break  # of a sentence: an initial has one letter
    if (
        not words
        or (words[-1] in PLACES and len(words) > 1)
        or (title[0].islower() and title not in IN_SMALL_LETTERS)
    ):
        return 0
    return end - 1 if text[end - 1] == "." and len(words[-1]) > 1 else end


def signed(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where whoever sent it is named: the whole name, initial and surname; or a part of it on a line of its own."""
    parts = re.findall(r"[^\W_][\w'’-]*", name)
    if not parts or max(map(len, parts)) < 2:
        return
    if not re.search("|".join(re.escape(part) for part in parts if len(part) > 1), text, re.IGNORECASE):
        return  # each form that tells anybody who it was has one of these
    for whole in forms_of(parts):
        for found in re.finditer(rf"(?<!\w){whole}(?!\w)", text, re.IGNORECASE):
            yield found.start(), found.end()
    alone = "|".join(re.escape(part) for part in parts if len(part) > 1)
    for found in re.finditer(
        rf"^[ \t]*((?:{alone})(?:[ \t]+(?:{alone}))*)[ \t.,!]*$", text, re.IGNORECASE | re.MULTILINE
    ):
        yield found.start(1), found.end(1)


def forms_of(parts: list[str]) -> Iterable[str]:
    """As patterns: “Ann Mary Other”, “Ann Other”, “A Other”, “A.M. Other”."""
    if len(parts) == 1:
        return  # “Will” and “Rose” are words too: such a name is looked for on a line of its own
    first, last = parts[0], parts[-1]
    between = r"[\s.]{1,3}"
    yield between.join(re.escape(part) for part in parts)
    yield between.join((re.escape(first), re.escape(last)))
    yield r"[\s.]{0,2}".join(re.escape(part[0]) for part in parts[:-1]) + between + re.escape(last)
