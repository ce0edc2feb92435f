"""What a Word file's styles and lists mean: which paragraphs are headings, which are points, and their numbers."""

from dataclasses import dataclass, field
from typing import Any, Final

from consult.plans.word_file import WORD, Opened

W: Final = f"{{{WORD}}}"
DEEP: Final = 20  # styles that stand on one another
LETTERS: Final = {"lowerLetter", "upperLetter"}
ROMANS: Final = {"lowerRoman", "upperRoman"}


def value(element: Any, path: str) -> str | None:
    """The `w:val` of what lies at a path of Word's own names."""
    found = element.find("/".join(W + step for step in path.split("/"))) if element is not None else None
    return None if found is None else str(found.get(f"{W}val", ""))


def number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


@dataclass
class Styles:
    """By the ids that paragraphs use."""

    names: dict[str, str] = field(default_factory=dict)
    based: dict[str, str] = field(default_factory=dict)
    outline: dict[str, int] = field(default_factory=dict)
    lists: dict[str, tuple[str, int]] = field(default_factory=dict)
    formats: dict[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Opened) -> "Styles":
        made = cls()
        for style in file.styles.iter(f"{W}style") if file.styles is not None else ():
            made.learn(str(style.get(f"{W}styleId", "")), style)
        abstract = {
            str(each.get(f"{W}abstractNumId")): each
            for each in (file.numbering.iter(f"{W}abstractNum") if file.numbering is not None else ())
        }
        for num in file.numbering.iter(f"{W}num") if file.numbering is not None else ():
            levels = abstract.get(value(num, "abstractNumId") or "")
            for level in levels.iter(f"{W}lvl") if levels is not None else ():
                at = (str(num.get(f"{W}numId")), number(level.get(f"{W}ilvl")))
                made.formats[at] = value(level, "numFmt") or "bullet"
        return made

    def learn(self, id_: str, style: Any) -> None:
        self.names[id_] = (value(style, "name") or "").lower()
        self.based[id_] = value(style, "basedOn") or ""
        outline = value(style, "pPr/outlineLvl")
        if outline is not None:
            self.outline[id_] = number(outline, 9) + 1
        list_ = value(style, "pPr/numPr/numId")
        if list_:
            self.lists[id_] = (list_, number(value(style, "pPr/numPr/ilvl")))

    def chain(self, id_: str) -> list[str]:
        """A style and those that it stands on."""
        found: list[str] = []
        while id_ and id_ not in found and len(found) < DEEP:
            found.append(id_)
            id_ = self.based.get(id_, "")
        return found

    def heading(self, paragraph: Any) -> int:
        """1 to 9, or 0 where it is none."""
        own = value(paragraph, "pPr/outlineLvl")
        if own is not None:
            return heading_level(number(own, 9) + 1)
        for id_ in self.chain(value(paragraph, "pPr/pStyle") or ""):
            name = self.names.get(id_, "")
            if name.startswith("heading "):
                return heading_level(number(name[8:]))
            if name == "title":
                return 1
            if id_ in self.outline:
                return heading_level(self.outline[id_])
        return 0

    def is_contents(self, paragraph: Any) -> bool:
        name = self.names.get(value(paragraph, "pPr/pStyle") or "", "")
        return name.startswith("toc ") or name == "toc heading"

    def point(self, paragraph: Any) -> tuple[str, int, str] | None:
        """Of a point in a list: which list, how deep, and how it is numbered."""
        own, depth = value(paragraph, "pPr/numPr/numId"), number(value(paragraph, "pPr/numPr/ilvl"))
        if own == "0":
            return None
        for id_ in self.chain(value(paragraph, "pPr/pStyle") or ""):
            name = self.names.get(id_, "")
            if own is None and id_ in self.lists:
                own, depth = self.lists[id_]
            if own is None and name.startswith(("list bullet", "list number")):
                return name, number(name[-1], 1) - 1, "bullet" if "bullet" in name else "decimal"
        if own is None:
            return None
        return own, depth, self.formats.get((own, depth), "bullet")


def heading_level(level: int) -> int:
    return level if 1 <= level <= 9 else 0


def sign(format_: str, count: int) -> str:
    """What stands before a point that is lettered: plans refer to “criterion (c)”, so the letter stays."""
    if format_ in LETTERS:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if format_.startswith("upper") else letter
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    roman = "c" * (count // 100) + tens[count // 10 % 10] + ones[count % 10]
    return roman.upper() if format_.startswith("upper") else roman
