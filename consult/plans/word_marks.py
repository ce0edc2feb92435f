"""A paragraph or a table of a Word file as Markdown: bold, italic and links stay, everything else is only words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from consult.plans.word_styles import W, value

MARKS: Final = re.compile(r"([\\`*_\[\]<])")
ENTITY: Final = re.compile(r"&(?=#?\w+;)")
AT_START: Final = re.compile(r"^(\s*)([#>+-]|=+$|~~~|\d{1,9}(?=[.)]))")
ADDRESS: Final = re.compile(r"(https?://|mailto:)[^\s<>()]+")
FLAT: Final = ("smartTag", "ins", "moveTo", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
WORDS: Final = {"t": None, "tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


@dataclass(frozen=True)
class Set:
    """Words that are set alike."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


def words(paragraph: Any) -> str:
    """A paragraph's words alone, in one line."""
    return " ".join("".join(each.text for each in sets(paragraph, {})).split())


def all_bold(paragraph: Any) -> bool:
    found = [each for each in sets(paragraph, {}) if each.text.strip()]
    return bool(found) and all(each.bold for each in found)


def markdown(paragraph: Any, links: dict[str, str]) -> str:
    """A paragraph with its bold, italic and links."""
    together: list[Set] = []
    for each in sets(paragraph, links):
        if together and (together[-1].bold, together[-1].italic, together[-1].link) == (
            each.bold,
            each.italic,
            each.link,
        ):
            each = Set(together.pop().text + each.text, each.bold, each.italic, each.link)
        if each.text:
            together.append(each)
    made = ""
    for at, each in enumerate(together):
        following = together[at + 1].text[:1] if at + 1 < len(together) else ""
        made += marked(each, made[-1:], following)
    return "\n".join(at_start(line) for line in made.strip().split("\n"))


def marked(each: Set, before: str, after: str) -> str:
    """Markdown's signs, where they can be read as such: at the edges of words."""
    inner = each.text.strip()
    lead, trail = each.text[: len(each.text) - len(each.text.lstrip())], each.text[len(each.text.rstrip()) :]
    if not inner:
        return each.text
    text = escaped(inner)
    if each.link:
        text = f"[{text.replace(chr(10), ' ')}]({each.link})"
    signs = "*" * (2 * each.bold + each.italic)
    edges = (lead or before).strip() == "" and not ((after if not trail else "").isalnum())
    if signs and edges and inner[0].isalnum() and inner[-1].isalnum() and "\n" not in inner:
        text = f"{signs}{text}{signs}"
    return lead + text + trail


def escaped(text: str) -> str:
    return ENTITY.sub(r"\&", MARKS.sub(r"\\\1", text))


def at_start(line: str) -> str:
    """A line whose first sign would make a heading, a list or a quotation of it."""
    found = AT_START.match(line.strip())
    if not found:
        return line.strip()
    line, opening = line.strip(), found[2]
    return f"{opening}\\{line[len(opening) :]}" if opening[0].isdigit() else f"\\{line}"


def sets(paragraph: Any, links: dict[str, str]) -> Iterator[Set]:
    for child in paragraph:
        name = local(child)
        if name == "r":
            yield of_run(child)
        elif name == "hyperlink":
            address = links.get(str(child.get(LINK_ID, "")), "")
            link = address if ADDRESS.fullmatch(address) else ""
            for each in sets(child, links):
                yield Set(each.text, each.bold, each.italic, link)
        elif name in FLAT:
            yield from sets(child, links)


LINK_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def of_run(run: Any) -> Set:
    text = ""
    for child in run:
        stands_for = WORDS.get(local(child), "")
        text += (child.text or "") if stands_for is None else stands_for
    return Set(text.replace("\x00", ""), on(run, "b"), on(run, "i"))


def on(run: Any, name: str) -> bool:
    said = value(run, f"rPr/{name}")
    return said is not None and said not in ("0", "false", "off", "none")


def local(element: Any) -> str:
    tag = element.tag
    return tag[len(W) :] if isinstance(tag, str) and tag.startswith(W) else ""


def table(element: Any) -> str:
    """A table, its first row the headings; what is in a cell becomes one line."""
    rows = [[cell_words(cell) for cell in row.iter(f"{W}tc")] for row in element.iter(f"{W}tr")]
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def cell_words(cell: Any) -> str:
    found = (words(paragraph) for paragraph in cell.iter(f"{W}p"))
    return " ".join(escaped(each) for each in found if each).replace("|", "\\|")
