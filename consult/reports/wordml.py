"""The pieces of a Word document, as WordprocessingML (ECMA-376 part 1, 17). Whatever is said goes in as text: none of
it can be a field, a link or a piece of markup."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import count

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
RIGHT_TO_LEFT = ("R", "AL")
STANDS_FOR = "\ufffd"
NARROW_FROM = 5  # so many columns are set in smaller type


def writable(words: str) -> str:
    """With a mark in place of each character that XML has no way to write."""
    return UNWRITABLE.sub(STANDS_FOR, words)


def written(words: str) -> str:
    return escape(writable(words), quote=True)


def runs_right_to_left(words: str) -> bool:
    """By the first letter that has a direction, as browsers tell it."""
    directions = (unicodedata.bidirectional(letter) for letter in words)
    return next((each for each in directions if each in ("L", *RIGHT_TO_LEFT)), "L") in RIGHT_TO_LEFT


def run(words: str, marks: str = "") -> str:
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(written(words).split("\n"))
    about = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def paragraph(words: str, style: str = "", more: str = "") -> str:
    """One paragraph; `style` is the id of a style, `more` goes on about it."""
    aside = runs_right_to_left(words)
    direction = "<w:bidi/>" if aside else ""
    return holding(run(words, "<w:rtl/>" if aside else ""), style, more + direction)


def holding(inside: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    about = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{about}{inside}</w:p>"


def paragraphs(words: str, style: str = "") -> Iterator[str]:
    yield from (paragraph(part.strip("\n"), style) for part in words.split("\n\n") if part.strip())


def heading(words: str, level: int, name: str, number: int, more: str = "") -> str:
    """A heading that the contents can lead to by `name`."""
    marked = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run(words)}<w:bookmarkEnd w:id="{number}"/>'
    return holding(marked, f"Heading{level}", more)


def contents(entries: Iterable[tuple[str, int, str]]) -> Iterator[str]:
    """The table of contents, a field that Word can bring up to date, with its entries: (words, level, where)."""
    rows = [
        (f'<w:hyperlink w:anchor="{where}" w:history="1">{run(words)}</w:hyperlink>', f"TOC{level}")
        for words, level, where in entries
    ]
    begins, ends = begin('TOC \\o "1-2" \\n \\h \\z'), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for at, (inside, style) in enumerate(rows):
        before, after = begins if at == 0 else "", ends if at == len(rows) - 1 else ""
        yield holding(before + inside + after, style)


def begin(instruction: str) -> str:
    """A field up to its result; only ours are ever written: contents and page numbers."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {written(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field(instruction: str) -> str:
    return f'{begin(instruction)}{run("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first row says what its columns are, and is repeated where the table goes on to another page."""
    style = "TableText" if len(headings) < NARROW_FROM else "TableSmall"
    edges = "".join("<w:gridCol/>" for _ in headings)
    head = "".join(cell(words, style, at, "<w:b/>") for at, words in enumerate(headings))
    repeated = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    body = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cell(w, style, at) for at, w in enumerate(row))}</w:tr>"
        for row in rows
    )
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" '
        f'w:noVBand="1"/><w:tblCaption w:val="{written(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{edges}</w:tblGrid>{repeated}{body}</w:tbl>"
    )


def cell(words: str, style: str, at: int, marks: str = "") -> str:
    aside = '<w:jc w:val="right"/>' if at else ""
    return f"<w:tc><w:tcPr/>{holding(run(words, marks), style, aside)}</w:tc>"


class Names:
    """A name and a number for each heading, no two alike."""

    def __init__(self) -> None:
        self.numbers = count(1)

    def next(self) -> tuple[str, int]:
        number = next(self.numbers)
        return f"part{number}", number
