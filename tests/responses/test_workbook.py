from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.responses.tables import workbook
from consult.responses.tables.workbook import NotAWorkbook, rows
from tests.responses.books import OF, SHEET, book, with_part, with_rows


@pytest.mark.parametrize("inline", [False, True])
def test_cells_are_read_as_they_are_seen(inline):
    lines = (
        ["external_id", "q4"],
        ["A1", "“Café” & <b>\nsecond line"],
        ["=1+1", 12],
        [0.1, True],
        [1e-7, False],
    )
    assert list(rows(book(*lines, inline=inline))) == [
        (1, ["external_id", "q4"]),
        (2, ["A1", "“Café” & <b>\nsecond line"]),
        (3, ["=1+1", "12"]),
        (4, ["0.1", "yes"]),
        (5, ["1e-07", "no"]),
    ]


@pytest.mark.parametrize("since_1904", [False, True])
def test_days_are_days_from_whichever_year_they_are_counted(since_1904):
    content = book([date(2027, 3, 14), datetime(2027, 3, 14, 18, 30), 14], since_1904=since_1904)
    assert list(rows(content)) == [(1, ["2027-03-14", "2027-03-14T18:30:00", "14"])]


def test_empty_cells_and_rows_keep_the_others_in_their_place():
    content = book(["external_id", None, "q4"], [], [None, None, "Hello"], start=3)
    assert list(rows(content)) == [(3, ["external_id", "", "q4"]), (5, ["", "", "Hello"])]


def test_a_formula_counts_as_what_it_came_to_and_letters_in_two_styles_as_one_word():
    inside = (
        '<row r="1"><c r="A1" t="str"><f>1+1</f><v>two</v></c><c r="B1" t="inlineStr"><is><r><t>Ca</t></r>'
        "<r><t>fé</t></r><rPh><t>ka</t></rPh></is></c></row>"
    )
    assert list(rows(with_rows(inside))) == [(1, ["two", "Café"])]


LINKS = "xl/_rels/workbook.xml.rels"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 50 + '"><!ENTITY c "' + "&b;" * 50 + '"><!ENTITY d "'
    + "&c;" * 50 + '"><!ENTITY e "' + "&d;" * 50 + '">]>'
    f'<worksheet {OF}><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>'
)  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        with_part(SHEET, "no xml"),
        with_rows('<row><c r="ZZZZZ1"><v>1</v></c></row>'),
        with_rows('<row><c r="?1"><v>1</v></c></row>'),
        with_rows('<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'),
        with_rows('<row><c t="s"><v>999</v></c></row>'),
        with_rows('<row><c t="s"><v>-9</v></c></row>'),
        with_rows('<row><c s="1"><v>1e300</v></c></row>'),
        with_rows('<row r="x"/>'),
        with_part("xl/workbook.xml", f"<workbook {OF}/>"),
        with_part(LINKS, "<Relationships/>"),
        with_part(
            LINKS,
            "<Relationships><Relationship Id='rId7' Target='../../x'/></Relationships>",
        ),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(content):
    with pytest.raises(NotAWorkbook, match="save it again"):
        list(rows(content))


def test_what_grows_when_it_is_unpacked_is_stopped(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_BYTES", 100_000)
    with pytest.raises(NotAWorkbook, match="too large when it is unpacked"):
        list(rows(with_rows("<row><c><v>1</v></c></row>" * 50_000)))
    monkeypatch.setattr(workbook, "MOST_WORDS", 1)
    with pytest.raises(NotAWorkbook, match="too large when it is unpacked"):
        list(rows(book(["external_id", "q4"])))


@pytest.mark.parametrize("inside", ["<row>" + "<c/>" * 30_000 + "</row>", "<x/>" * 30_000])
def test_what_grows_when_it_is_taken_apart_is_stopped(monkeypatch, inside):
    """A hundred megabytes of cells in one row are 88 kB when packed, and three gigabytes as elements."""
    monkeypatch.setattr(workbook, "MOST_AT_ONCE", 100_000)
    with pytest.raises(NotAWorkbook, match="too large when it is unpacked"):
        list(rows(with_rows(inside)))
    assert len(list(rows(with_rows("<row><c><v>1</v></c></row>" * 30_000)))) == 30_000


def test_nothing_is_expanded_that_the_file_defines():
    try:
        found = list(rows(with_part(SHEET, LAUGHS)))
    except NotAWorkbook:
        return
    assert all(len(cell) < 1_000 for _, cells in found for cell in cells)


WHOLE = book(["external_id", "q4"], ["A1", date(2027, 3, 14)])


def read(content):
    """The rows, or the sentence that says why there are none."""
    try:
        return [cell for _, cells in rows(content) for cell in cells]
    except NotAWorkbook as problem:
        return str(problem)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_any_bytes_are_rows_or_a_sentence(new, first, last):
    found = read(WHOLE[:first] + new + WHOLE[last:])
    assert found.endswith(".") if isinstance(found, str) else all(isinstance(cell, str) for cell in found)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/&;c rowvt='s1\"xE-9", max_size=80))
def test_any_rows_inside_a_workbook_are_cells_or_a_sentence(inside):
    found = read(with_rows(f"<row>{inside}</row>"))
    assert isinstance(found, list) or found.endswith(".")
