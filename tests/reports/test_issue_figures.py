"""Issues, campaigns and cross-tabs in a pack: counted once, told alike in every file, and counted again by `verify`."""

import json

import pytest

from consult import clock
from consult.accounts.models import Person
from consult.database import db
from consult.feedback import coding_taken, tallies
from consult.feedback.snapshots import facts_of, freeze
from consult.issues.deciding import agree, decide
from consult.issues.gathering import Gatherer
from consult.points.frame import frame_of
from consult.reports.building import pack
from consult.reports.verifying import differences
from tests.issues.conftest import WORDS
from tests.reports import coded_scene, scene
from tests.reports.test_pack import figures
from tests.reports.test_verify import resealed
from tests.reports.test_workbook import book


@pytest.fixture(scope="session")
def answered_before():
    return []


@pytest.fixture
def packs(answered_before, request, world):
    """(full pack, public pack, facts): two issues answered, of which one is raised by few; made once and only read."""
    if not answered_before:
        with request.getfixturevalue("working")("ash"):
            chair = db.session.get(Person, world.person["ash", "chair"])
            made, letter = coded_scene.consultation(40)
            coded_scene.code(made, letter, chair)
            scene.asking.close(made)
            themes = {entry.label: entry.id for entry in frame_of(made.id).entries}
            for title, theme in (("Water", coded_scene.FLOODS), ("Cars", coded_scene.TRAFFIC)):
                issue = Gatherer(made, chair).begin(title, "In short.", {themes[theme]}, set())
                agree(made, decide(made, issue, chair, **WORDS), chair, clock.today(), "minute 7")
            snapshot = freeze(made, None)
            answered_before.append(
                (pack(made, snapshot), pack(made, snapshot, public=True), facts_of(snapshot))
            )
            assert coding_taken.take(made).themes
    return answered_before[0]


@pytest.fixture
def wrong(tmp_path):
    """What `verify` says of these files."""

    def with_files(files):
        folder = tmp_path / "pack"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return differences(folder)

    return with_files


def test_an_issue_has_a_figure_that_the_points_in_the_pack_make(packs, wrong):
    full, _, facts = packs
    said, found = json.loads(full["figures.json"]), figures(full)
    assert [issue["name"] for issue in said["issues"]] == ["1. Water", "2. Cars"]
    for issue in said["issues"]:
        owners = {point.split("/")[0] for point in issue["points"]}
        counted = {
            reference
            for reference, status in zip(facts.references, facts["status"], strict=True)
            if status == 0 and reference in owners
        }
        figure = found[issue["key"], ""]
        assert figure["responses"] == len(counted) > 0
        assert figure["ids_sha256"] == tallies.fingerprint(counted)
        assert figure["value"] >= figure["responses"]
    assert wrong(full) == []


def test_what_was_changed_about_an_issue_is_found(packs, wrong):
    said = json.loads(packs[0]["figures.json"])
    points = said["issues"][0]["points"]
    for changed in (points[:-1], [*points, "R-NONE/q9/1"], [*points[:-1], points[-1] + "zz"]):
        said["issues"][0]["points"] = changed
        found = wrong(resealed(packs[0], "figures.json", json.dumps(said).encode()))
        assert any("issue.1" in sentence or "cannot be counted" in sentence for sentence in found)


def test_the_public_version_tells_of_no_issue_that_few_raise_and_names_no_point(packs, wrong):
    _, public, _ = packs
    said, found = json.loads(public["figures.json"]), figures(public)
    assert [set(issue) for issue in said["issues"]] == [{"key", "name"}] * 2
    for issue in said["issues"]:
        figure = found[issue["key"], ""]
        assert figure["suppressed"] == (figure["responses"] is None)
        assert figure["responses"] is None or figure["responses"] >= tallies.SMALLEST
        assert figure["ids_sha256"] == ""
    assert wrong(public) == []


def test_the_workbook_has_issues_campaigns_and_cross_tabs(packs):
    full, public, _ = packs
    for files in (full, public):
        sheets, found = book(files["aggregates.xlsx"]), figures(files)
        rows = [dict(zip(sheets["Issues"][0], row, strict=True)) for row in sheets["Issues"][1:]]
        assert [row["title"] for row in rows] == ["1. Water", "2. Cars"]
        for row in rows:
            figure = found[row["issue"], ""]
            told = "[c]" if figure["suppressed"] else figure["responses"]
            assert (row["responses"], row["outcome"]) == (told, "The plan changes")
        assert sheets["Campaigns"][0] == ["campaign", "type", "responses", "people"]
        explained = {column for column, _ in sheets["Data dictionary"][1:]}
        for name in ("Issues", "Campaigns", "Cross-tabs"):
            assert set(sheets.get(name, [[]])[0]) <= explained
    assert "Cross-tabs" not in book(public["aggregates.xlsx"])


def test_every_cross_tab_agrees_with_the_figures(packs):
    full, _, _ = packs
    found = figures(full)
    table = {tuple(row[:4]): row[4:] for row in book(full["aggregates.xlsx"])["Cross-tabs"][1:]}
    everyone = [found["counted", ""]["responses"], found["counted", ""]["people"]]
    totals = [numbers for (_, row, _, column), numbers in table.items() if row == column == "Everyone"]
    assert len(totals) > 8
    assert all(numbers == everyone for numbers in totals)
    for theme in json.loads(full["figures.json"])["coding"]["themes"]:
        if theme["kind"] == "matter":
            figure = found[f"theme.{theme['number']}", "home=inside"]
            of_theme = [numbers for key, numbers in table.items() if key[:2] == ("Theme", theme["label"])]
            assert of_theme[0] == [figure["responses"], figure["people"]]  # the first is by home, and inside
