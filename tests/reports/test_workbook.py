"""The workbooks: read back as Excel reads them, with nothing in them that runs."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from consult.reports import workbook
from consult.reports.tables import LOG
from consult.reports.workbook import KEPT, LONGEST, OVERFLOW, Sheet
from consult.web import cells
from tests.reports import scene

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WHEN = datetime(2027, 5, 1, 12, tzinfo=UTC)
NAMED = re.compile("_x([0-9A-Fa-f]{4})_")


def book(content):
    """Each sheet by its name: the rows, a number as a number."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [
            s.get("name") for s in etree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        ]
        parts = [archive.read(f"xl/worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
    return {name: list(rows(etree.fromstring(part))) for name, part in zip(names, parts, strict=True)}


def rows(sheet):
    wide = len(list(next(sheet.iter(f"{MAIN}row"))))
    for row in sheet.iter(f"{MAIN}row"):
        found = [""] * wide
        for cell in row:
            assert cell.tag == f"{MAIN}c"
            at = workbook_column(cell.get("r"))
            found[at] = value(cell)
        yield found


def workbook_column(name):
    return next(at for at in range(100) if workbook.letter(at) == name.rstrip("0123456789"))


def value(cell):
    if cell.get("t") == "inlineStr":
        said = cell.find(f"{MAIN}is/{MAIN}t").text or ""
        return NAMED.sub(lambda name: chr(int(name[1], 16)), said)
    assert cell.get("t") is None
    return float(cell.findtext(f"{MAIN}v"))


def runs_nothing(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name))
            for tag in ("f", "definedName", "hyperlink", "externalReference", "oleObject", "control"):
                assert not list(root.iter(f"{MAIN}{tag}")), (name, tag)
            assert not [each for each in root.iter() if each.get("TargetMode")], name
        assert not [name for name in archive.namelist() if "vba" in name or "external" in name]


def made(*given, columns=("a",)):
    return workbook.workbook("Title", "Us", WHEN, [Sheet("One", columns, given)])


def test_the_log_has_the_same_rows_as_the_csv(full, public):
    for files in (full, public):
        head, *logged = book(files["response-log.xlsx"])["Response log"]
        assert head == list(LOG)
        plain = [list(row.values()) for row in cells.rows_of(files["response-log.csv"])]
        assert [[cell.replace("\r\n", "\n") for cell in row] for row in logged] == [
            [cell.replace("\r\n", "\n") for cell in row] for row in plain
        ]


def test_the_aggregates_are_the_figures(full, public):
    for files in (full, public):
        said = book(files["aggregates.xlsx"])
        found = [row for name in ("Toplines", "Groups") for row in said[name][1:]]
        figures = json.loads(files["figures.json"])["figures"]
        kept = [f for split in (False, True) for f in figures if bool(f["filter"]) == split]
        assert [row[0] for row in found] == [f["key"] for f in kept]
        for row, figure in zip(found, kept, strict=True):
            numbers = [figure["responses"], figure["people"], figure["value"]]
            assert row[3:6] == ["[c]" if number is None else number for number in numbers]
            assert row[6] == figure["ids_sha256"]
            assert row[1] != row[0]


def test_each_says_what_it_is_and_what_its_columns_mean(full):
    snapshot = json.loads(full["figures.json"])["snapshot"]
    for name, sheet in (("response-log.xlsx", "Response log"), ("aggregates.xlsx", "Toplines")):
        said = book(full[name])
        told = dict(said["Information"][1:])
        assert told["Snapshot (SHA-256)"] == snapshot
        assert "60 received = " in told["Every response accounted for"]
        assert told["Method"]
        assert told["Limits"]
        explained = [column for column, _ in said["Data dictionary"][1:]]
        assert explained[: len(said[sheet][0])] == said[sheet][0]
        assert set(said.get("Themes", [[]])[0]) <= set(explained)


def test_nothing_in_the_workbooks_runs(full, public):
    for files in (full, public):
        for name in ("response-log.xlsx", "aggregates.xlsx"):
            runs_nothing(files[name])


def test_nobody_s_words_are_in_the_public_workbooks(public):
    for name in ("response-log.xlsx", "aggregates.xlsx"):
        said = json.dumps(book(public[name]), ensure_ascii=False)
        for private in (*scene.PRIVATE, "by the mill"):
            assert private not in said


# What made XlsxWriter 3.2.9 write a formula.
RICH = '<r><t>a</t></r></is></c><c r="B2"><f>1+1</f></c><c r="C2" t="inlineStr"><is><r><t>b</t></r>'
HOSTILE = st.one_of(
    st.sampled_from(
        [
            *scene.NASTY,
            RICH,
            "_x0041_",
            "_x005F_",
            "\r\n",
            "\x00\x07\ufffe",
            " lead",
            "12",
            "1e9",
            "TRUE",
            "#REF!",
        ]
    ),
    st.text(max_size=50),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(HOSTILE, min_size=1, max_size=8))
def test_whatever_is_written_comes_back_as_text(words):
    content = made(*([each] for each in words))
    runs_nothing(content)
    assert [row[0] for row in book(content)["One"][1:]] == [
        re.sub("[\ud800-\udfff]", "\ufffd", each) for each in words
    ]


def test_a_text_that_looks_like_the_inside_of_a_cell_is_text():
    content = made([RICH])
    runs_nothing(content)
    assert book(content)["One"][1:] == [[RICH]]


def test_a_text_is_text_also_when_somebody_edits_it():
    with zipfile.ZipFile(io.BytesIO(made(["=1+1"]))) as archive:
        looks = list(etree.fromstring(archive.read("xl/styles.xml")).find(f"{MAIN}cellXfs"))
        cell = list(etree.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(f"{MAIN}c"))[-1]
    assert looks[int(cell.get("s"))].get("numFmtId") == "49"
    assert looks[int(cell.get("s"))].get("quotePrefix") == "1"


@pytest.mark.parametrize("text", ["a" * LONGEST, "🎉" * (LONGEST // 2)])
def test_what_a_cell_can_hold_stays_in_it(text):
    said = book(made([text]))
    assert said["One"][1] == [text]
    assert OVERFLOW not in said


@pytest.mark.parametrize("text", ["a" * (LONGEST + 1), "é🎉" * LONGEST, "=1+1" * LONGEST])
def test_a_longer_text_goes_on_on_a_sheet_of_its_own(text):
    said = book(made(["short"], [text]))
    shown = said["One"][2][0]
    assert shown.startswith(text[:1000])
    assert "A3" in shown
    assert workbook.units(shown) <= LONGEST
    parts = said[OVERFLOW][1:]
    assert [row[:3] for row in parts] == [["One", "A3", float(n)] for n in range(1, len(parts) + 1)]
    assert "".join(row[3] for row in parts) == text
    assert all(workbook.units(row[3]) <= KEPT for row in parts)


def test_the_same_rows_make_the_same_bytes_and_our_own_reader_opens_them():
    from consult.responses.tables.workbook import rows as read

    one = [made(["x"], ["y & <z>"]) for _ in range(2)]
    assert one[0] == one[1]
    assert [row for _, row in read(one[0])] == [["a"], ["x"], ["y & <z>"]]


def test_a_hundred_thousand_rows_take_the_memory_of_one(tmp_path):
    import tracemalloc

    tracemalloc.start()
    list(workbook.sheet_xml(Sheet("One", LOG, ([str(n)] * len(LOG) for n in range(3_000))), []))
    tracemalloc.reset_peak()
    for _ in workbook.sheet_xml(Sheet("One", LOG, ([str(n)] * len(LOG) for n in range(20_000))), []):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30e6


@settings(deadline=None, max_examples=150)
@given(st.lists(HOSTILE, min_size=1, max_size=5))
def test_no_cell_of_a_csv_runs_and_each_comes_back(words):
    kept = [re.sub("[\ud800-\udfff]", "?", each) for each in words]
    content = cells.table(["a", *map(str, range(1, len(kept)))], [kept])
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert not [cell for cell in row if re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", cell)]
    assert list(cells.rows_of(content)[0].values()) == kept
