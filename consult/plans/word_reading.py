"""A Word file as the parts of a plan: each heading with the words beneath it, and what we take it for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from consult.plans.sections import DEEPEST
from consult.plans.word_file import NotWord, opened
from consult.plans.word_marks import FLAT, all_bold, local, markdown, table, words
from consult.plans.word_styles import LETTERS, ROMANS, Styles, W, sign

MOST_PARTS: Final = 400
LONGEST_HEADING: Final = 150
POLICY: Final = re.compile(
    r"(?:policy\s+([a-z]{0,8}[ .-]?\d{1,3}(?:[.-]\d{1,2})?[a-z]?)\s*(?:[:.–—-]\s*|\s+|$)(.*)"
    r"|([A-Z]{1,5}[.-]?\d{1,3}[A-Za-z]?)\s*(?::|\s[–—-])\s*(.+))",
    re.I,
)
BY_HAND: Final = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.)])\s+")
LOST: Final = {  # what stays behind, counted and said
    "drawing": ("picture", "pictures"),
    "pict": ("picture", "pictures"),
    "footnoteReference": ("footnote", "footnotes"),
    "endnoteReference": ("endnote", "endnotes"),
    "txbxContent": ("text box", "text boxes"),
    "commentReference": ("comment", "comments"),
}


@dataclass
class Part:
    """A heading and its words, in Markdown. Without a heading: words before the first, or after a policy's box."""

    heading: str = ""
    level: int = 0
    choice: str = "text"  # section1 to section3, policy, text, leave
    reference: str = ""
    boxed: bool = False
    blocks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(self.blocks)

    @property
    def title(self) -> str:
        """Without what is numbered here anyway, or stands in the reference."""
        policy = policy_in(self.heading)
        if self.choice == "policy" and policy:
            return (policy[1] or self.heading)[:LONGEST_HEADING]
        return (BY_HAND.sub("", self.heading) or self.heading)[:LONGEST_HEADING]


@dataclass(frozen=True)
class Read:
    """The parts, and how many of what stays behind."""

    parts: list[Part]
    lost: list[str]


def read(data: bytes) -> Read:
    """What is in a Word file. Raises NotWord."""
    file = opened(data)
    body = file.document.element.body
    lost = counted(body)
    reader = Reader(Styles.of(file), file.links)
    for element in in_order(body):
        reader.take(element)
    parts = [part for part in reader.parts if part.heading or part.blocks]
    if not parts:
        raise NotWord("There are no words in this file: choose the one with the plan in it.")
    if len(parts) > MOST_PARTS:
        raise NotWord(
            f"This file has more than {MOST_PARTS} headings: bring it in as several, one after another."
        )
    return Read(parts, lost)


def in_order(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables as people read them, out of whatever Word has wrapped them in."""
    for child in parent:
        name = local(child)
        if name in ("p", "tbl"):
            yield child
        elif name in FLAT:
            yield from in_order(child)


def counted(body: Any) -> list[str]:
    counts: dict[tuple[str, str], int] = {}
    for element in body.iter():
        names = LOST.get(local(element))
        if names:
            counts[names] = counts.get(names, 0) + 1
    return [f"{count} {one if count == 1 else many}" for (one, many), count in counts.items()]


def policy_in(text: str) -> tuple[str, str] | None:
    """The reference and the title of what looks like a policy's heading: “Policy H1: Homes”, “H1 – Homes”."""
    found = POLICY.fullmatch(BY_HAND.sub("", text.strip()))
    if not found or len(text) > LONGEST_HEADING:
        return None
    reference, title = (found[1], found[2]) if found[1] else (found[3], found[4])
    return re.sub(r"[\s]+", "-", reference.strip()).upper(), title.strip()


class Reader:
    """Puts one paragraph or table after another where it belongs."""

    def __init__(self, styles: Styles, links: dict[str, str]) -> None:
        self.styles, self.links = styles, links
        self.parts = [Part(choice="section1")]
        self.counts: dict[tuple[str, int], int] = {}
        self.point_before = ""

    def take(self, element: Any) -> None:
        if local(element) == "tbl":
            self.take_table(element)
            return
        text = words(element)
        if not text or self.styles.is_contents(element):
            return
        level = self.styles.heading(element)
        policy = policy_in(text)
        if level or (policy and text.casefold().startswith("policy") and all_bold(element)):
            self.begin(text, level or DEEPEST)
        else:
            self.take_words(element)

    def begin(self, text: str, level: int, boxed: bool = False) -> None:
        policy, self.point_before = policy_in(text), ""
        self.counts.clear()
        kind = "policy" if policy else f"section{level}" if level <= DEEPEST else "text"
        self.parts.append(Part(text, level, kind, policy[0] if policy else "", boxed))

    def take_words(self, paragraph: Any) -> None:
        made, point = markdown(paragraph, self.links), self.styles.point(paragraph)
        if point is None:
            self.add(made, "")
            return
        name, depth, format_ = point
        count = self.counts[name, depth] = self.counts.get((name, depth), 0) + 1
        for deeper in [at for at in self.counts if at[0] == name and at[1] > depth]:
            del self.counts[deeper]
        if format_ in LETTERS or format_ in ROMANS:
            self.add(f"({sign(format_, count)}) {made}", "lettered")
            return
        depth = min(depth, 5) if self.point_before == "list" else 0
        before = "- " if format_ == "bullet" else f"{count}. "
        self.add(" " * (4 * depth) + before + made.replace("\n", " "), "list")

    def take_table(self, element: Any) -> None:
        """One cell is a box: plans draw them round their policies."""
        cells = list(element.iter(f"{W}tc"))
        if len(cells) != 1:
            self.add(table(element), "")
            return
        inside = list(in_order(cells[0]))
        first = words(inside[0]) if inside and local(inside[0]) == "p" else ""
        if policy_in(first):
            self.begin(first, DEEPEST, boxed=True)
            inside = inside[1:]
        for each in inside:
            if local(each) == "tbl":
                self.add(table(each), "")
            elif words(each):
                self.take_words(each)
        if policy_in(first):
            self.parts.append(Part())  # what follows a box is no longer the policy

    def add(self, made: str, point: str) -> None:
        """Points of one list stand together; everything else has an empty line before it."""
        blocks = self.parts[-1].blocks
        if point and point == self.point_before and blocks:
            blocks[-1] += "\n" + made
        elif made:
            blocks.append(made)
        self.point_before = point
