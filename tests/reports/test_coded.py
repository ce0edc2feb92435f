"""The points as they were coded, from the snapshot that froze them."""

import io
import json
import random
import re
import shutil

import pytest
import sqlalchemy as sa
from docx import Document

from consult.accounts.models import Person
from consult.clearing.erasing import erase
from consult.database import db
from consult.feedback import coding_taken
from consult.feedback.coded import Coded
from consult.feedback.snapshots import coded_of, freeze
from consult.points.coder import Coder
from consult.reports.building import pack
from consult.reports.verifying import differences
from consult.responses.models import Response
from consult.web import cells
from tests.inspector import tree
from tests.inspector import words as words_of
from tests.reports import coded_scene, scene
from tests.reports.test_pack import figures, joined, line_of, pdf_text
from tests.reports.test_verify import resealed
from tests.reports.test_workbook import book


@pytest.fixture
def analyst(app, world, working):
    with working("ash"):
        return world.person["ash", "analyst"]


@pytest.fixture
def read(working, analyst):
    """(consultation, letter, snapshot) as ids, coded."""
    with working("ash"):
        made, letter = coded_scene.consultation()
        coded_scene.code(made, letter, db.session.get(Person, analyst))
        scene.asking.close(made)
        snapshot = freeze(made, None)
        yield made, letter, snapshot


@pytest.fixture(scope="session")
def coded_before():
    return []


@pytest.fixture
def packs(coded_before, request):
    """(full pack, public pack, reference of the letter), made once and only read."""
    if not coded_before:
        made, letter, snapshot = request.getfixturevalue("read")
        coded_before.append((pack(made, snapshot), pack(made, snapshot, public=True), letter.reference))
    return coded_before[0]


def log(files):
    return cells.rows_of(files["response-log.csv"])


def written(files, folder):
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_consultation_that_nobody_coded_freezes_no_coding(working):
    with working("ash"):
        made, snapshot = scene.snapshot(3)
        assert snapshot.coding is None
        assert coded_of(snapshot) == Coded()
        assert "coding" not in json.loads(pack(made, snapshot)["figures.json"])


def test_the_same_coding_has_the_same_bytes_and_comes_back(read):
    made, _, snapshot = read
    again = coding_taken.take(made)
    assert again.to_bytes() == snapshot.coding
    assert Coded.from_bytes(snapshot.coding) == again
    assert [theme.label for theme in again.matters][:2] == ["=Floods, and mud", "Green space"]


def test_the_log_has_a_row_for_each_point_with_its_themes_policy_and_stance(packs):
    full, _, letter = packs
    rows = [row for row in log(full) if row["response"] == letter]
    found = [(r["point"].split("/")[2], r["policy"], r["stance"], r["themes"], r["comment"]) for r in rows]
    assert found == [
        ("1a", "H1", "support", "Green space", "I like the green."),
        ("1b", "LGS 3", "object", "Traffic", "The road is too fast!"),
        ("1c", "H1", "support", "", "🎉 Thank you."),
        ("1d", "H1", "support", "", "Suggested change: Move it."),
        ("1", "", "", "", "Roads"),
    ]


def test_each_response_is_one_cell_in_responses_csv_as_it_was_given(packs):
    full, _, letter = packs
    rows = {row["reference"]: row for row in cells.rows_of(full["responses.csv"])}
    assert rows[letter]["q1"] == "H1: support"
    assert rows[letter]["q4"] == "Roads"


def test_themes_are_counted_by_response_and_by_person_after_merges(packs):
    files, _, letter = packs
    found, rows = figures(files), log(files)
    responses = [r for r in cells.rows_of(files["responses.csv"]) if r["status"] == "counted"]
    counted = {row["reference"]: int(row["people"]) for row in responses}
    themes = {
        theme["label"]: theme["number"] for theme in json.loads(files["figures.json"])["coding"]["themes"]
    }
    assert "Roads" not in themes
    for label in ("Traffic", "Green space", "=Floods, and mud", "Never used"):
        who = {r["response"] for r in rows if label in r["themes"].split(";") and r["response"] in counted}
        figure = found[f"theme.{themes[label]}", ""]
        assert figure["responses"] == len(who)
        assert figure["people"] == sum(counted[each] for each in who)
    assert letter in {r["response"] for r in rows if r["themes"] == "Traffic"}
    assert found["coded", ""]["responses"] >= found[f"theme.{themes['Traffic']}", ""]["responses"] > 0
    assert not [key for key, _ in found if key == f"theme.{themes.get('Raises nothing to answer')}"]


def test_the_themes_are_the_same_in_the_workbook(packs):
    files, *_ = packs
    found = figures(files)
    head, *rows = book(files["aggregates.xlsx"])["Themes"]
    for row in rows:
        said = dict(zip(head, row, strict=True))
        figure = found[said["theme"], ""]
        assert (said["responses"], said["people"]) == (figure["responses"], figure["people"])
    assert ["Green space", "=Floods, and mud"] in [row[1:3] for row in rows]


def test_a_report_that_is_built_later_from_the_same_snapshot_is_the_same(read, analyst):
    made, letter, snapshot = read
    before = [pack(made, snapshot, public) for public in (False, True)]
    coder = Coder(made, db.session.get(Person, analyst))
    traffic = coder.frame.labelled("Traffic")
    coder.reword(traffic.id, "Cars")
    coder.merge(coder.frame.labelled("Green space").id, traffic.id)
    for each in coded_scene.passages(made)[60:90]:
        coder.code(each, "", {traffic.id}) if each.response != letter.reference else None
    mine = next(p for p in coded_scene.passages(made) if p.written.get("text") == coded_scene.LETTER)
    coder.join(mine)
    db.session.flush()
    after = [pack(made, snapshot, public) for public in (False, True)]
    for first, second in zip(before, after, strict=True):
        assert [name for name in first if first[name] != second[name]] == []
    assert pack(made, freeze(made, None))["figures.json"] != before[0]["figures.json"]


def test_verify_counts_the_themes_again(packs, tmp_path):
    full, public, _ = packs
    assert differences(written(full, tmp_path / "full")) == []
    assert differences(written(public, tmp_path / "public")) == []
    row = full["response-log.csv"].replace(b'"Green space"', b'"Traffic"', 1)
    wrong = differences(written(resealed(full, "response-log.csv", row), tmp_path / "row"))
    assert any(re.match(r"theme\.\d+", sentence) for sentence in wrong)
    said = json.loads(full["figures.json"])
    next(f for f in said["figures"] if f["key"].startswith("theme.") and f["responses"])["responses"] += 1
    wrong = differences(
        written(resealed(full, "figures.json", json.dumps(said).encode()), tmp_path / "figure")
    )
    assert len(wrong) == 1
    said = json.loads(full["figures.json"])
    said["coding"]["themes"][0]["definition"] = "Something else"
    wrong = differences(
        written(resealed(full, "figures.json", json.dumps(said).encode()), tmp_path / "frame")
    )
    assert wrong == ["figures.json: the code frame is not the one that was frozen, by its hash."]


def test_a_stance_that_was_changed_in_the_log_is_found_though_themes_are_coded(packs, tmp_path):
    full, *_ = packs
    changed = full["response-log.csv"].replace(
        b'"H1","support","Green space"', b'"H1","object","Green space"', 1
    )
    assert changed != full["response-log.csv"]
    wrong = differences(written(resealed(full, "response-log.csv", changed), tmp_path / "pack"))
    assert any(sentence.startswith("q1: response-log.csv and responses.csv differ") for sentence in wrong)


def test_few_are_kept_back_in_the_public_layer_and_no_group_is_told(packs):
    full, files, _ = packs
    told = {name: f for name, f in figures(files).items() if name[0].startswith("theme.")}
    assert told
    assert {filter_ for _, filter_ in told} == {""}
    whole = {key: f["responses"] for (key, filter_), f in figures(full).items() if not filter_}
    for (key, _), figure in told.items():
        few = whole[key] < 5
        assert figure["suppressed"] is few
        assert figure["responses"] == (None if few else whole[key])
        assert figure["ids_sha256"] == ""
    assert any(figure["suppressed"] for figure in told.values())
    said = json.loads(files["figures.json"])["coding"]
    assert "borne" not in said
    assert b"too fast" not in b"".join(files.values())


def test_while_it_is_open_no_theme_is_told_to_everyone(working, analyst):
    with working("ash"):
        made, letter = coded_scene.consultation(10)
        coded_scene.code(made, letter, db.session.get(Person, analyst))
        files = pack(made, freeze(made, None), public=True)
        assert not [key for key, _ in figures(files) if key.startswith("theme.") or key == "coded"]


def test_erased_words_are_gone_and_every_figure_stays(read, tmp_path):
    made, letter, snapshot = read
    before = pack(made, snapshot)["figures.json"]
    erase(db.session.get(Response, (letter.space_id, letter.id)), "asked to", None)
    db.session.flush()
    files = pack(made, snapshot)
    assert files["figures.json"] == before
    mine = [row["comment"] for row in log(files) if row["response"] == letter.reference]
    assert mine == ["[erased]", "[erased]", "[erased]", "Suggested change: [erased]", "[erased]"]
    assert differences(written(files, tmp_path / "pack")) == []


def test_what_the_other_forum_codes_is_not_in_it(working, world, analyst, monkeypatch):
    with working("beck"):
        made, letter = coded_scene.consultation(4)
        coded_scene.code(made, letter, db.session.get(Person, world.person["beck", "analyst"]))
    monkeypatch.setattr(scene.asking, "postcodes", lambda: None)  # they are everybody's
    with working("ash"):
        made, snapshot = scene.snapshot(4)
        assert snapshot.coding is None


def test_taking_asks_the_same_number_of_times_however_much_is_coded(read):
    made, *_ = read
    asked = []
    listen = lambda *given: asked.append(given[2])  # noqa: E731
    sa.event.listen(db.engine, "before_cursor_execute", listen)
    coding_taken.take(made)
    sa.event.remove(db.engine, "before_cursor_execute", listen)
    assert len(asked) <= 8


def test_any_bytes_that_are_no_coding_are_refused():
    draw = random.Random(1)
    with pytest.raises(ValueError, match="not the coding"):
        Coded.from_bytes(bytes(draw.randrange(256) for _ in range(40)))


def test_the_statement_has_a_chapter_for_each_letter_and_the_themes_in_c(packs):
    full, public, _ = packs
    for files in (full, public):
        page = tree(files["statement.html"].decode())
        heads = [words_of(head) for head in page.iter() if head.tag in ("h2", "h3")]
        for letter, words in zip("abcd", ("Who was", "How they", "What people", "How it was"), strict=True):
            assert any(head.startswith(f"({letter}) {words}") for head in heads)
        assert {"The main issues and concerns raised", "Who responded, and for whom they speak"} <= set(heads)
        assert {"Method", "Limits", "Every response accounted for"} <= set(heads)
        rows = next(t for t in page.iter("table") if words_of(t.find("caption")).startswith("Themes: "))
        told = {words_of(row[0]): words_of(row[1]) for row in list(rows.iter("tr"))[1:]}
        found = figures(files)
        for theme in json.loads(files["figures.json"])["coding"]["themes"]:
            figure = found.get((f"theme.{theme['number']}", ""))
            if figure is not None:
                shown = next(words for name, words in told.items() if name.endswith(theme["label"]))
                assert shown == ("[c]" if figure["suppressed"] else str(figure["responses"]))


POLICY_FIGURES = ("support", "support_with_changes", "object", "comment", "")


@pytest.mark.parametrize("layer", ["full", "public"])
def test_every_total_is_the_same_in_every_file_that_tells_it(packs, layer):
    """figures.json, both CSV files, both workbooks, Word, PDF, the page and README.txt, read back."""
    files = packs[layer == "public"]
    found, line = figures(files), line_of(files)
    plain = {key: figure for (key, filter_), figure in found.items() if not filter_}
    word = Document(io.BytesIO(files["statement.docx"]))
    page = tree(files["statement.html"].decode())
    log_book, sums = book(files["response-log.xlsx"]), book(files["aggregates.xlsx"])
    told = [
        "\n".join(paragraph.text for paragraph in word.paragraphs),
        joined(words_of(page)),
        files["README.txt"].decode(),
        dict(log_book["Information"][1:])["Every response accounted for"],
        dict(sums["Information"][1:])["Every response accounted for"],
    ]
    if shutil.which("pdftotext"):
        told.append(joined(pdf_text(files["statement.pdf"])))
    assert all(line in words for words in told)
    rows, logged = cells.rows_of(files["responses.csv"]), cells.rows_of(files["response-log.csv"])
    assert sum(row["status"] == "counted" for row in rows) == plain["counted"]["responses"]
    assert [row[0] for row in log_book["Response log"][1:]] == [row["point"] for row in logged]
    assert {row[0]: tuple(row[3:5]) for row in sums["Toplines"][1:]} == {
        key: tuple("[c]" if f[n] is None else f[n] for n in ("responses", "people"))
        for key, f in plain.items()
    }
    on_page = [[[words_of(cell) for cell in row] for row in t.iter("tr")] for t in page.iter("table")]
    assert [[[shown(c) for c in row.cells] for row in t.rows] for t in word.tables] == on_page
    for policy in ("H1", "LGS 3"):
        row = next(r for t in on_page for r in t if t[0][0] == "Policy" and r[0].startswith(policy))
        numbers = [plain[f"q1.{policy}.{each}".rstrip(".")]["responses"] for each in POLICY_FIGURES]
        assert [int(number) for number in row[1:6]] == numbers


def shown(cell):
    return joined(cell.text)
