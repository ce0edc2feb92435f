import csv
import html
import io
import json
import re
import shutil
import subprocess
import unicodedata
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import audit, clock
from consult.database import db
from consult.feedback import tallies
from consult.feedback.snapshots import facts_of, freeze
from consult.reports.building import pack
from consult.reports.tables import LOG, RESPONSE
from consult.responses.models import Response, SettingAside
from consult.web import cells
from consult.web.forms import tidy
from tests.inspector import tree
from tests.inspector import words as words_of
from tests.reports import scene
from tests.reports.test_workbook import book

NAMES = [
    "README.txt",
    "aggregates.xlsx",
    "figures.json",
    "places.geojson",
    "places.gpkg",
    "response-log.csv",
    "response-log.xlsx",
    "responses.csv",
    "statement.docx",
    "statement.html",
    "statement.pdf",
    "MANIFEST.sha256",
]
needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")


def pdf_text(content: bytes, *options: str) -> str:
    made = subprocess.run(["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True)
    return unicodedata.normalize("NFKC", made.stdout.decode())


def joined(text: str) -> str:
    return " ".join(text.split())


def figures(files) -> dict:
    said = json.loads(files["figures.json"])
    return {(f["key"], f["filter"]): f for f in said["figures"]}


def line_of(files) -> str:
    line = json.loads(files["figures.json"])["reconciliation"]
    parts = ("counted", "duplicates", "late", "withdrawn", "excluded")
    return f"{line['received']} received = " + " + ".join(f"{line[name]} {name}" for name in parts)


def test_a_pack_has_the_files_that_others_rely_on(full, public):
    assert list(full) == list(public) == NAMES
    for files in (full, public):
        assert files["statement.pdf"].startswith(b"%PDF-")
        assert files["places.gpkg"].startswith(b"SQLite format 3")


def test_the_columns_are_the_contract_s(full, public):
    for files in (full, public):
        head = files["responses.csv"].decode("utf-8-sig").splitlines()[0]
        assert next(csv.reader([head])) == [*RESPONSE, "q1", "q2", "q3", "q4", "q5"]
        assert next(csv.reader([files["response-log.csv"].decode("utf-8-sig").splitlines()[0]])) == list(LOG)
        assert set(json.loads(files["figures.json"])) >= {"snapshot", "reconciliation", "figures"}


def test_the_numbers_of_figures_json_are_the_tallies(working):
    with working("ash"):
        made, snapshot = scene.snapshot(40)
        files, facts = pack(made, snapshot), facts_of(snapshot)
        line = tallies.reconciliation(facts)
        expected = [(f.key, f.filter, f.responses, f.people, f.ids_sha256) for f in tallies.figures(facts)]
    said = json.loads(files["figures.json"])
    assert [
        tuple(f[n] for n in ("key", "filter", "responses", "people", "ids_sha256")) for f in said["figures"]
    ] == expected
    assert said["reconciliation"]["received"] == line.received == 40
    assert line.late > 0
    assert line.withdrawn > 0


def test_every_response_received_is_a_row_with_its_status(full):
    rows = cells.rows_of(full["responses.csv"])
    line = json.loads(full["figures.json"])["reconciliation"]
    assert len(rows) == line["received"] == 60
    for name, status in tallies.LINE.items():
        assert sum(row["status"] == status for row in rows) == line[name]


@needs_pdftotext
@pytest.mark.parametrize("layer", ["full", "public"])
def test_the_totals_are_the_same_in_every_file(packs, layer):
    files = packs[layer == "public"]
    line, found = line_of(files), figures(files)
    page = tree(files["statement.html"].decode())
    readable = joined(words_of(page))
    assert line in joined(pdf_text(files["statement.pdf"]))
    assert line in readable
    assert line in files["README.txt"].decode()
    tables = {words_of(t.find("caption")): t for t in page.iter("table")}
    stance = tables["q1: responses by policy and stance"]
    for row in list(stance.iter("tr"))[1:]:
        name, *numbers = [words_of(cell) for cell in row]
        about = "q1.H1" if name.startswith("H1") else "q1.LGS 3"
        keys = [f"{about}.{s}" for s in ("support", "support_with_changes", "object", "comment")]
        expected = [found[key, ""]["responses"] for key in (*keys, about)]
        assert [int(n) for n in numbers] == [*expected, found[about, ""]["people"]]
        assert joined(" ".join([name, *numbers])) in joined(pdf_text(files["statement.pdf"], "-layout"))
    choice = tables["q2: responses and people by answer"]
    shown = {words_of(row[0]): int(words_of(row[1])) for row in list(choice.iter("tr"))[1:]}
    assert shown == {"Yes": found["q2.yes", ""]["responses"], "No": found["q2.no", ""]["responses"]}


def test_the_same_snapshot_makes_the_same_bytes_whatever_has_come_since(working):
    with working("ash"):
        made, snapshot = scene.snapshot(30)
        before = [pack(made, snapshot, public) for public in (False, True)]
        scene.respond(made, 40, seed=9)
        for response in db.session.scalars(
            sa.select(Response).where(~Response.set_aside.has()).limit(3)
        ).all():
            db.session.add(SettingAside(response_id=response.id, kind="excluded", reason="later"))
        after = [pack(made, snapshot, public) for public in (False, True)]
    for first, second in zip(before, after, strict=True):
        assert [name for name in first if first[name] != second[name]] == []


def test_no_cell_of_any_table_is_a_formula(full, public):
    for content in (
        files[name] for files in (full, public) for name in ("responses.csv", "response-log.csv")
    ):
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", cell), cell


def test_every_text_cell_is_quoted_and_numbers_are_not(full):
    first = full["responses.csv"].decode("utf-8-sig").splitlines()[1]
    assert re.match(r'"R-[^"]+","2\d{3}-[^"]+","\w+","\w+","\w+",\d+,"[^"]*","\w+"', first)


@pytest.mark.parametrize("text", [*scene.NASTY, "", "plain", "''=1", "12", "'quoted'", '"', "a;b", "\n-1"])
def test_what_was_written_comes_back_from_a_guarded_cell(text):
    assert cells.plain(cells.safe(text)) == text
    content = cells.table(["=head", "n"], [[text, 3]])
    assert cells.rows_of(content) == [{"=head": text, "n": "3"}]


def test_what_residents_wrote_is_text_in_the_log(full):
    comments = {row["comment"] for row in cells.rows_of(full["response-log.csv"])}
    for words in scene.NASTY:
        kept = tidy(words)
        assert any(kept in comment for comment in comments), words


@needs_pdftotext
def test_markup_stays_text_in_the_pdf(full):
    said = joined(pdf_text(full["statement.pdf"]))
    for words in (
        '#import "evil.typ": *',
        '#read("/etc/passwd") $x^2$ *bold* _it_ `raw` @ref <label> // no \\ end',
        "]] #pagebreak() ${jndi} %s %n",
        "<script>alert(1)</script> & </td> {{ 7*7 }} {% raw %}",
        "Party [party popper] and",
        "and back",
    ):
        assert words in said, words
    assert "root:" not in said
    assert "مرحبا" in pdf_text(full["statement.pdf"])


def test_markup_stays_text_on_the_page(full):
    page = full["statement.html"].decode()
    assert "<script" not in page
    assert html.escape("<script>alert(1)</script>") in page
    assert "{{ 7*7 }}" in page
    assert not re.search(r'(src|href)="(?!data:|#)', page)


def test_titles_and_policies_with_markup_are_text_too(working):
    nasty = "#eval(1) *x* =1+1 <script>alert(1)</script> 🎉"
    with working("ash"):
        said = dict.fromkeys(("title", "first_policy", "summary", "where_to_see", "how_to_respond"), nasty)
        draft = scene.drafted(**said)
        draft.questions[1].title = nasty
        draft.questions[1].options = [{"key": "yes", "label": f"={nasty}; or"}, {"key": "no", "label": "No"}]
        made = scene.opened(draft)
        scene.respond(made, 12)
        snapshot = freeze(made, None)
        files = pack(made, snapshot)
    assert b"<script" not in files["statement.html"]
    assert not re.search(rb'(^|,)"?=', files["responses.csv"])
    if shutil.which("pdftotext"):
        assert "#eval(1) *x* =1+1 <script>alert(1)</script> [party popper]" in joined(
            pdf_text(files["statement.pdf"])
        )


def test_the_pdf_is_tagged_has_a_title_and_a_language(full):
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid", b"/Lang"):
        assert mark in full["statement.pdf"], mark
    if shutil.which("pdfinfo"):
        told = subprocess.run(
            ["pdfinfo", "-"], input=full["statement.pdf"], capture_output=True, check=True
        ).stdout.decode()
        assert "Title:           Consultation statement: The draft plan" in told
        assert re.search(r"Tagged:\s+yes", told)


def test_the_page_names_its_pictures_and_headings(full):
    page = tree(full["statement.html"].decode())
    assert [words_of(h) for h in page.iter("h1")] == ["Consultation statement"]
    assert page.get("lang") == "en-GB"
    pictures = list(page.iter("img"))
    assert len(pictures) >= 4
    assert all(len(picture.get("alt")) > 20 for picture in pictures)
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_the_public_layer_has_nothing_that_anybody_wrote_or_pinned(public):
    everything = b"\n".join(public.values()) + public["places.gpkg"]
    said = everything.decode("utf-8", "ignore")
    for private in (*scene.PRIVATE, "BA11AA", "Mill & Co", "by the mill"):
        assert private not in said, private
    for words in scene.NASTY:
        assert len(words) < 4 or words not in said, words
    assert json.loads(public["places.geojson"])["features"] == []
    for row in cells.rows_of(public["responses.csv"]):
        assert {name for name, cell in row.items() if cell} == {"reference", "status"}
    for row in cells.rows_of(public["response-log.csv"]):
        assert {name for name, cell in row.items() if cell} == {"point", "policy", "stance"}
    if shutil.which("pdftotext"):
        text = pdf_text(public["statement.pdf"])
        assert not [words for words in scene.NASTY if len(words) > 8 and words in text]
        assert "mill" not in text


def test_the_full_pack_has_no_names_or_addresses_of_people(full):
    said = (b"\n".join(full.values())).decode("utf-8", "ignore")
    text = pdf_text(full["statement.pdf"]) if shutil.which("pdftotext") else ""
    for private in (scene.PRIVATE[0], scene.PRIVATE[1], "BA11AA"):
        assert private not in said
        assert private not in text


def test_until_it_closes_nothing_is_told_of_groups(working):
    """Two public reports with one response between them would tell which groups that one person is in."""
    with working("ash"):
        made, snapshot = scene.snapshot(60)
        told = figures(pack(made, snapshot, public=True))
    assert {filter_ for _, filter_ in told} == {""}


def test_small_groups_are_kept_back_in_the_public_layer(full, public):
    whole = figures(full)
    for name, figure in figures(public).items():
        if name[1] and not figure["suppressed"]:
            assert figure["responses"] >= 5
            assert figure["responses"] == whole[name]["responses"]
        elif not name[1]:
            assert figure["responses"] == whole[name]["responses"]
    assert any(figure["suppressed"] for figure in figures(public).values())
    assert "[c]" in public["statement.html"].decode()
    assert [f["key"] for f in figures(public).values() if f["ids_sha256"]] == ["counted"]


def test_what_was_taken_back_is_counted_and_not_passed_on(working):
    with working("ash"):
        made = scene.consultation()
        responses = scene.respond(made, 3)
        db.session.add(SettingAside(response_id=responses[1].id, kind="withdrawn", reason="asked to"))
        db.session.flush()
        gone = responses[1].reference
        files = pack(made, freeze(made, None))
    assert [r["status"] for r in cells.rows_of(files["responses.csv"]) if r["reference"] == gone] == [
        "withdrawn"
    ]
    assert gone not in {row["response"] for row in cells.rows_of(files["response-log.csv"])}
    assert gone.encode() not in files["places.geojson"]


def test_places_are_in_the_map_files_with_their_points(full, tmp_path):
    features = json.loads(full["places.geojson"])["features"]
    logged = [row["point"] for row in cells.rows_of(full["response-log.csv"]) if "/p" in row["point"]]
    assert sorted(f["properties"]["point"] for f in features) == sorted(logged)
    pyogrio = pytest.importorskip("pyogrio")
    (tmp_path / "places.gpkg").write_bytes(full["places.gpkg"])
    frame = pyogrio.read_dataframe(tmp_path / "places.gpkg", layer="places")
    assert len(frame) == sum(f["geometry"] is not None for f in features) > 0
    assert frame.crs.to_epsg() == 27700
    assert frame.geometry.x.between(375_000, 377_000).all()
    assert len(pyogrio.read_dataframe(tmp_path / "places.gpkg", layer="area")) == 1


def test_a_consultation_without_responses_still_makes_a_pack(working):
    with working("ash"):
        made = scene.consultation()
        files = [pack(made, freeze(made, None), public) for public in (False, True)]
    assert all("0 received = 0 counted" in joined(f["README.txt"].decode()) for f in files)


WITHOUT = {"area_version_id": None, "stage": "early_engagement"}


def test_a_consultation_without_plan_or_area_makes_a_pack(working):
    with working("ash"):
        from tests.responses import asking

        made = asking.consultation(plan=False, opened=clock.now() - timedelta(days=2), **WITHOUT)
        scene.respond(made, 8)
        files = pack(made, freeze(made, None))
    assert "Consultation statement" in files["statement.html"].decode()


def test_every_file_that_says_how_it_was_made_prints_the_head_of_the_audit_log(working):
    with working("ash"):
        made, snapshot = scene.snapshot(5, closed=True)
        audit.record("plan.renamed", "something later")
        audit.seal()
        files = pack(made, snapshot)
        assert snapshot.audit_head != audit.head()
        assert audit.verify(snapshot.audit_head) == []
        for name in ("README.txt", "statement.html"):
            assert snapshot.audit_head in files[name].decode()
        assert snapshot.audit_head in str(book(files["aggregates.xlsx"])["Information"])
