"""Real comments, coded by their own categories on the pages, and real stances: every total is the same in every file,
and no byte of a report can be changed unseen. A sample; `bin/bench real` takes the whole."""

import csv
import os
from collections import Counter

import pytest
import sqlalchemy as sa

from consult.database import db, unit_of_work
from consult.reports.verifying import differences
from consult.spaces.models import Space
from tests.reports import real
from tests.reports.test_pack import figures

pytestmark = pytest.mark.shared
SAMPLE = int(os.environ.get("REAL_COMMENTS", "60"))
VOTED_ON = 4


@pytest.fixture
def run(app):
    def command(*args, expect=0):
        done = app.test_cli_runner().invoke(args=[str(arg) for arg in args])
        assert done.exit_code == expect, done.output
        return done.output

    return command


@pytest.fixture
def slug(run, app, shared, tmp_path):
    """A council whose area is a real parish."""
    entering = (
        "register",
        "import",
        real.parish(shared, tmp_path),
        "--name-field",
        "name",
        "--kind",
        "council",
    )
    assert "1 of 1 areas are on the register" in run(
        *entering, "--authority", "bath", "--status", "designated"
    )
    with app.app_context(), unit_of_work():
        return db.session.scalars(sa.select(Space.slug).where(Space.name.startswith("Keynsham"))).one()


def built(run, slug, out, *layer):
    run("reports", "build", f"{slug}/reg14", "--out", out, *layer)
    assert run("reports", "verify", out).startswith("Every checksum and every figure matches.")
    return {path.name: path.read_bytes() for path in out.iterdir()}


def test_comments_coded_by_their_own_categories_reconcile_in_every_file(
    app, run, slug, shared, world, sign_in, tmp_path
):
    rows = real.comments(shared, SAMPLE)
    kinds = Counter(row["REQUESTTYPE"] for row in rows)
    with app.app_context():
        outline = real.consultation_in(slug, tuple(sorted(kinds)), world.person["ash", "chair"])
    places = real.moved_into(outline, rows)
    sheet = real.written(tmp_path / "responses.csv", real.as_responses(rows, places))
    assert f"accepted {SAMPLE}\n" in run("responses", "import", f"{slug}/reg14", sheet)
    with app.app_context():
        themes = real.code_by_pages(sign_in("ash"), slug, rows)

    files = built(run, slug, tmp_path / "pack")
    line, found = real.reconciles(files, SAMPLE), figures(files)
    assert line["counted"] == SAMPLE
    assert found["q3.places", ""]["value"] == SAMPLE
    assert found["coded", ""]["responses"] == themes.total()
    keys = {theme["label"]: f"theme.{theme['number']}" for theme in real.frame(files)}
    real.figures_in_all(files, {keys[label]: (label, number) for label, number in themes.items()})
    options = dict(real.options(files, "q1"))
    for key, label in options.items():
        assert found[f"q1.{key}", ""]["responses"] == kinds[label]
    real.pages_agree(sign_in("ash"), slug, found)

    public = built(run, slug, tmp_path / "public", "--public")
    real.reconciles(public, SAMPLE)
    for pack in (files, public):
        for name, changed in real.flipped(pack, 0):
            assert differences(real.keep(tmp_path / "changed", changed)), name


def test_real_stances_are_counted_exactly(app, run, slug, shared, world, tmp_path):
    path = shared / "responses/polis/ssis.land-bank-farmland.comments.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        comments = sorted(csv.DictReader(file), key=lambda row: -int(row["agrees"]) - int(row["disagrees"]))
    asked = {f"P{number}": row for number, row in enumerate(comments[:VOTED_ON], 1)}
    with app.app_context():
        titles = {reference: row["comment-body"][:80] for reference, row in asked.items()}
        real.consultation_in(slug, (), world.person["ash", "chair"], **titles)
    votes = {p: ["support"] * int(r["agrees"]) + ["object"] * int(r["disagrees"]) for p, r in asked.items()}
    number = max(map(len, votes.values()))
    sheet = real.written(tmp_path / "votes.csv", real.as_votes(votes, number))
    assert f"accepted {number}\n" in run("responses", "import", f"{slug}/reg14", sheet)
    for layer in ((), ("--public",)):
        files = built(run, slug, tmp_path / f"pack{len(layer)}", *layer)
        real.reconciles(files, number)
        found = figures(files)
        for policy, row in asked.items():
            for stance, said in (("support", "agrees"), ("object", "disagrees")):
                assert found[f"q1.{policy}.{stance}", ""]["responses"] == int(row[said])
