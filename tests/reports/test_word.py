"""The statement as a Word document, read back with python-docx and through its XML."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from consult.reports import word
from consult.reports.document import (
    Cover,
    Facts,
    Number,
    Numbers,
    Points,
    Quoted,
    Section,
    Statement,
    Table,
    Words,
)
from tests.inspector import tree
from tests.inspector import words as words_of
from tests.reports import scene

OURS = re.compile(r' (TOC \\o "1-2" \\n \\h \\z|PAGE|NUMPAGES) ')
WHEN = datetime(2027, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def opened(full):
    return docx.Document(io.BytesIO(full["statement.docx"]))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def headings(document):
    return [
        (int(p.style.name[-1]), p.text) for p in document.paragraphs if p.style.name.startswith("Heading ")
    ]


def said(document):
    return "\n".join(p.text for p in document.paragraphs)


def made(*blocks, **cover):
    words = dict.fromkeys(("body", "title", "about", "plan", "dates", "layer", "as_of", "snapshot"), "x")
    return word.docx(Statement(Cover(**(words | cover)), [Section("One", list(blocks))], WHEN))


def test_it_has_the_headings_of_the_page_in_their_order(full, opened):
    page = tree(full["statement.html"].decode())
    levels = {"h2": 1, "h3": 2, "h4": 3}
    named = [h for h in page.iter() if h.tag in levels and words_of(h) != "Contents"]
    on_page = [(levels[h.tag], words_of(h)) for h in named]
    found = [(level, " ".join(words.split())) for level, words in headings(opened)]
    assert found == on_page
    assert len(found) > 12


def test_its_tables_say_what_the_page_s_say_and_their_first_row_is_a_head(full, opened):
    page = tree(full["statement.html"].decode())
    on_page = [[[words_of(cell) for cell in row] for row in t.iter("tr")] for t in page.iter("table")]
    tables = [[[" ".join(cell.text.split()) for cell in row.cells] for row in t.rows] for t in opened.tables]
    assert tables == on_page
    for found, shown in zip(opened.tables, page.iter("table"), strict=True):
        first, *rest = found._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for row in rest)
        assert found._tbl.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val")) == words_of(
            shown.find("caption")
        )


def test_lists_captions_and_quotations_are_styles_of_their_own(opened):
    styles = {p.style.name for p in opened.paragraphs}
    assert {"Title", "Subtitle", "List Bullet", "Caption", "Quote", "Quoted Who", "toc 1"} <= styles


def test_every_picture_is_there_with_words_that_stand_for_it(full, opened):
    page = tree(full["statement.html"].decode())
    pictures = list(opened.element.iter(qn("wp:docPr")))
    assert [p.get("descr") for p in pictures] == [image.get("alt") for image in page.iter("img")]
    assert len({p.get("id") for p in pictures}) == len(pictures) >= 4
    images = [blob for name, blob in parts(full["statement.docx"]).items() if name.endswith(".png")]
    assert images
    assert all(blob.startswith(b"\x89PNG") for blob in images)


def test_it_has_a_title_a_language_and_numbered_pages(full, opened):
    assert opened.core_properties.title == "Consultation statement: The draft plan"
    assert opened.core_properties.language == "en-GB"
    languages = {mark.get(qn("w:val")) for mark in opened.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    foot = opened.sections[0].footer._element
    assert [f.text.strip() for f in foot.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_its_contents_lead_to_its_headings(opened):
    links = [link.get(qn("w:anchor")) for link in opened.element.iter(qn("w:hyperlink"))]
    names = {mark.get(qn("w:name")) for mark in opened.element.iter(qn("w:bookmarkStart"))}
    assert set(links) <= names
    assert len(links) == len([level for level, _ in headings(opened) if level < 3])
    numbers = [mark.get(qn("w:id")) for mark in opened.element.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))


def test_the_line_that_reconciles_and_every_comment_are_in_it(full, opened):
    line = json.loads(full["figures.json"])["reconciliation"]
    text = said(opened)
    assert f"{line['received']} received = {line['counted']} counted + " in text
    assert '#read("/etc/passwd") $x^2$ *bold* _it_ `raw` @ref <label> // no \\ end' in text
    assert "<script>alert(1)</script> & </td> {{ 7*7 }} {% raw %}" in text
    assert "مرحبا بالعالم" in text


def test_words_from_right_to_left_run_that_way():
    document = docx.Document(io.BytesIO(made(Quoted("R-1", "مرحبا بالعالم"), Quoted("R-2", "hello"))))
    ways = {p.text: p._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for p in document.paragraphs}
    assert ways["مرحبا بالعالم"]
    assert not ways["hello"]


def test_the_public_version_has_nothing_that_anybody_wrote(public):
    text = said(docx.Document(io.BytesIO(public["statement.docx"])))
    for private in (*scene.PRIVATE, "by the mill", "Mill & Co"):
        assert private not in text
    assert "Public version" in text


def runs_nothing(content):
    """No field but ours, nothing embedded, nothing fetched."""
    for name, blob in parts(content).items():
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(blob)
        assert all(OURS.fullmatch(f.text) for f in root.iter(qn("w:instrText"))), name
        for tag in ("w:object", "w:altChunk", "w:fldSimple", "w:control", "w:attachedTemplate"):
            assert not list(root.iter(qn(tag))), (name, tag)
        assert not [each for each in root.iter() if each.get("TargetMode") == "External"], name
    assert not [name for name in parts(content) if "vba" in name or "embeddings" in name]


def test_nothing_in_it_runs(full, public):
    runs_nothing(full["statement.docx"])
    runs_nothing(public["statement.docx"])


HOSTILE = st.one_of(
    st.sampled_from(
        [*scene.NASTY, " DDEAUTO cmd ", "{ INCLUDETEXT http://x }", "]]>", "&#0;", "\x00\ufffe\ud800"]
    ),
    st.text(max_size=60),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(HOSTILE, min_size=6, max_size=6))
def test_whatever_is_said_stays_text(words):
    a, b, c, d, e, f = words
    blocks = [Words(a), Words(b, kind="about"), Points([c]), Facts([(d, e)]), Quoted(f, a)]
    blocks += [Numbers([Number(a, b)]), Table(c, [d, e], [[f, a]])]
    content = made(*blocks, body=b, about=f)
    runs_nothing(content)
    document = docx.Document(io.BytesIO(content))
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [as_word(f), as_word(a)]


def as_word(text):
    """As XML brings it back: a mark for what it cannot write, one kind of new line."""
    kept = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    return kept.replace("\r\n", "\n").replace("\r", "\n")
