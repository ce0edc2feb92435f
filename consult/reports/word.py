"""A statement as a Word document that the body can edit: real headings, lists, tables and styles, and nothing that
runs. The same statement gives the same bytes."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from consult.reports import typesetting, word_styles
from consult.reports.document import (
    Block,
    Cover,
    Facts,
    Numbers,
    Picture,
    Points,
    Quoted,
    Section,
    Statement,
    Table,
    Words,
)
from consult.reports.wordml import (
    Names,
    contents,
    field,
    heading,
    holding,
    paragraph,
    paragraphs,
    run,
    table,
    writable,
)

BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, in a zip file
PAGE_BREAK = "<w:pageBreakBefore/>"
KEEP = "<w:keepNext/>"
WIDE_MM = 160
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(statement: Statement) -> bytes:
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    word_styles.dress(document)
    about(document, statement)
    edges(document, statement.cover)
    inside = "".join([*front(statement.cover), *Body(document, statement).parts()])
    body = document.element.body
    last = body[-1]  # how its pages are: it stays at the end
    for part in list(parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{inside}</w:body>')):
        last.addprevious(part)
    made = io.BytesIO()
    document.save(made)
    return sealed(made.getvalue())


def about(document: Any, statement: Statement) -> None:
    cover, core = statement.cover, document.core_properties
    core.title, core.author = line_of(f"{cover.title}: {cover.about}"), line_of(cover.body)
    core.subject, core.comments, core.keywords = "", "", ""
    core.last_modified_by, core.language, core.revision = "", "en-GB", 1
    core.created = core.modified = statement.written.replace(microsecond=0, tzinfo=None)


def line_of(words: str) -> str:
    """A property of a file: one line, at most 255 characters."""
    return writable(" ".join(words.split()))[:255]


def edges(document: Any, cover: Cover) -> None:
    """The head and foot of every page but the cover."""
    from docx.oxml import parse_xml

    section = document.sections[0]
    section.different_first_page_header_footer = True
    page = f"{run('Page ')}{field('PAGE')}{run(' of ')}{field('NUMPAGES')}"
    for edge, first, last, style in (
        (section.header, cover.body, run(cover.title), "Header"),
        (section.footer, cover.as_of, page, "Footer"),
    ):
        edge.is_linked_to_previous = False
        line = holding(f"{run(first)}<w:r><w:tab/></w:r>{last}", style)
        old = edge.paragraphs[0]._p
        old.addprevious(parse_xml(line.replace("<w:p>", f'<w:p xmlns:w="{NAMESPACE}">', 1)))
        old.getparent().remove(old)


def front(cover: Cover) -> Iterator[str]:
    yield paragraph(cover.body, "CoverText")
    yield paragraph(cover.title, "Title")
    for words, style in ((cover.about, "Subtitle"), (cover.plan, "CoverText"), (cover.dates, "CoverText")):
        if words:
            yield paragraph(words, style)
    for part in cover.own.split("\n\n") if cover.own else ():
        yield paragraph(part, "CoverText")
    yield paragraph(cover.layer, "CoverNote")
    yield paragraph(f"{cover.as_of}.", "CoverSmall")
    yield paragraph(f"Snapshot {cover.snapshot}", "CoverSmall")


class Body:
    """The contents and every section, as pieces of WordprocessingML."""

    def __init__(self, document: Any, statement: Statement) -> None:
        self.document, self.sections, self.names = document, statement.sections, Names()
        drawn = [b.svg for s in statement.sections for b in s.blocks if isinstance(b, Picture)]
        self.drawings = iter(typesetting.pictures(drawn))

    def parts(self) -> Iterator[str]:
        named = [(section, *self.names.next()) for section in self.sections]
        yield paragraph("Contents", "TOCHeading", PAGE_BREAK)
        yield from contents((section.heading, section.level, name) for section, name, _ in named)
        for at, (section, name, number) in enumerate(named):
            breaks = PAGE_BREAK if section.appendix or at == 0 else ""
            yield heading(section.heading, section.level, name, number, breaks)
            yield from self.blocks(section)

    def blocks(self, section: Section) -> Iterator[str]:
        for block in section.blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Words(text, "about"):
                yield heading(text, 3, *self.names.next())
            case Words(text):
                yield from paragraphs(text)
            case Points(items):
                yield from (paragraph(item, "ListBullet") for item in items)
            case Facts(rows):
                for name, value in rows:
                    yield from (paragraph(name, "FactName"), *paragraphs(value, "FactText"))
            case Numbers(numbers):
                yield from (number(each.value, each.label) for each in numbers)
            case Table(caption, headings, cells):
                yield paragraph(caption, "Caption", KEEP)
                yield from (table(caption, headings, cells), paragraph("", "AfterTable"))
            case Picture(caption):
                yield from (paragraph(caption, "Caption", KEEP), self.picture(block))
            case Quoted(who, text):
                yield from (paragraph(who, "QuotedWho"), *paragraphs(text, "Quote"))

    def picture(self, block: Picture) -> str:
        """A picture in the line, with the words that stand for it."""
        from docx.shared import Mm
        from lxml import etree

        inline = self.document.part.new_pic_inline(io.BytesIO(next(self.drawings)), width=Mm(WIDE_MM))
        _, number = self.names.next()
        inline.docPr.set("id", str(number))
        inline.docPr.set("descr", writable(block.says))
        return holding(f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>")


def number(value: str, label: str) -> str:
    large = run(value, '<w:rStyle w:val="BigNumber"/>')
    return holding(large + run(f" {label}"), "Number")


def sealed(content: bytes) -> bytes:
    """The same parts with no day on them: when they were zipped is nobody's concern."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, BEGINNING), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
