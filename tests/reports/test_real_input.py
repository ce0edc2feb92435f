"""The whole chain on real data: a district of parishes, its postcodes, two thousand responses, the report."""

import csv
import json
import random
import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
import sqlalchemy as sa

from consult import clock, tenancy
from consult.areas import register
from consult.areas.models import latest_version
from consult.consultations.models import Announcement, Consultation, Opening
from consult.database import db, unit_of_work
from consult.plans.models import draft_version
from consult.reports.verifying import differences
from consult.spaces.models import Space
from consult.web import cells
from geodata import crs
from tests.reports.test_pack import figures, joined, line_of, pdf_text

pytestmark = pytest.mark.shared
NUMBER = 2_000
STANCES = ("support", "support_with_changes", "object", "comment")


def comments(shared: Path) -> list[str]:
    with (shared / "responses/dc_vision_zero_safety.csv").open(
        encoding="cp1252", errors="replace", newline=""
    ) as file:
        rows = [row["COMMENTS"] or "" for row in csv.DictReader(file, delimiter="\t")]
    return [words for words in rows if words.strip()][:NUMBER]


def postcodes(shared: Path) -> list[str]:
    features = json.loads((shared / "banes/banes_postcodes_codepointopen_2017.geojson").read_text())[
        "features"
    ]
    return [feature["properties"]["pc"] for feature in features]


def places_in(parish: Any, number: int, draw: random.Random) -> list[tuple[float, float]]:
    west, south, east, north = parish.bounds
    found: list[tuple[float, float]] = []
    while len(found) < number:
        point = (draw.uniform(west, east), draw.uniform(south, north))
        if shapely.contains_xy(parish, *point):
            found.append(point)
    lons, lats = crs.lonlat_points(*np.array(found).T)
    return list(zip(map(float, lons), map(float, lats), strict=True))


def write_responses(path: Path, shared: Path, parish: Any, opened: Any) -> list[dict[str, Any]]:
    draw, codes = random.Random(2027), postcodes(shared)
    places = places_in(parish, NUMBER // 2, draw)
    rows = [
        {
            "external_id": f"dc-{n}",
            "received": (opened + timedelta(minutes=25 * n)).isoformat(),
            "channel": draw.choice(["web", "paper", "email", "event"]),
            "kind": draw.choice(["individual"] * 8 + ["business", "group"]),
            "name": f"Person {n}",
            "email": f"person{n}@example.org",
            "postcode": draw.choice([*codes, ""]) if n % 3 else "",
            "connection": draw.choice(["live", "live;work", "business", ""]),
            "people": draw.choice([1, 1, 2]),
            "lon": places[n // 2][0] if n % 2 else "",
            "lat": places[n // 2][1] if n % 2 else "",
            "place_words": "There" if n % 2 else "",
            "q1": f"H1: {draw.choice(STANCES)}; G1: {draw.choice(STANCES)}",
            "q2": draw.choice(["Yes", "No", ""]),
            "q3": words,
        }
        for n, words in enumerate(comments(shared))
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return rows


def set_up(slug: str) -> Any:
    """A regulation 14 consultation in that parish, opened five weeks ago; when, and the parish's outline."""
    space = db.session.scalars(sa.select(Space).where(Space.slug == slug)).one()
    opened = clock.start_of(clock.today() - timedelta(days=35))
    with tenancy.inside(space.id):
        version, area = draft_version(), latest_version()
        version.add_policy("H1", "New homes")
        version.add_policy("G1", "Green spaces")
        version.freeze()
        made = Consultation(
            reference="reg14",
            stage="regulation_14",
            title="The draft plan",
            last_day=clock.today() - timedelta(days=1),
            plan_version_id=version.id,
            area_version_id=area.id if area else None,
        )
        db.session.add(made)
        db.session.flush()
        made.ask("stance", "What do you think of each policy?")
        made.ask("choice", "Should the plan go on?", options=("Yes", "No"))
        made.ask("text", "What else?")
        made.ask("place", "Where?")
        db.session.add(Opening(consultation_id=made.id, at=opened))
        dates = {"first_publicised": opened.date(), "opens": opened, "opened": opened}
        dates["closes"] = clock.end_of(made.last_day)
        names = {"reference": "reg14", "title": made.title, "stage": made.stage}
        db.session.add(
            Announcement(consultation_id=made.id, authority_id=space.authority_id, **dates, **names)
        )
        entry = register.entry_of(space.id)
        assert entry is not None
        outline = entry.geometry
        db.session.flush()
    return opened, outline


@pytest.fixture
def run(app):
    def command(*args: str, expect: int = 0) -> str:
        done = app.test_cli_runner().invoke(args=list(args))
        assert done.exit_code == expect, done.output
        return done.output

    return command


def test_a_parish_s_two_thousand_responses_reconcile_in_every_file(app, run, shared, tmp_path):
    parishes = str(shared / "banes/banes_parishes_os.geojson")
    entering = ("register", "import", parishes, "--name-field", "name", "--kind", "council")
    told = run(*entering, "--authority", "bath", "--status", "designated")
    assert "52 of 52 areas are on the register; 0 left out." in told
    again = run(*entering, "--authority", "elsewhere", expect=1)
    assert "0 of 52 areas are on the register; 52 left out." in again
    assert "5,783 postcodes" in run(
        "postcodes", "import", str(shared / "banes/banes_postcodes_codepointopen_2017.geojson")
    )
    with app.app_context(), unit_of_work():
        slug = db.session.scalars(sa.select(Space.slug).where(Space.name.startswith("Keynsham"))).one()
        opened, outline = set_up(slug)
    sent = write_responses(tmp_path / "responses.csv", shared, outline, opened)
    told = run("responses", "import", f"{slug}/reg14", str(tmp_path / "responses.csv"))
    assert f"accepted {NUMBER}\nalready there 0\nrefused 0" in told
    assert "accepted 0" in run("responses", "import", f"{slug}/reg14", str(tmp_path / "responses.csv"))

    for public in (False, True):
        out = tmp_path / f"pack {public}"
        told = run("reports", "build", f"{slug}/reg14", "--out", str(out), *(["--public"] if public else []))
        files = {path.name: path.read_bytes() for path in out.iterdir()}
        found, line = figures(files), line_of(files)
        assert line.startswith(f"{NUMBER} received = ")
        assert line.replace(f"{NUMBER} r", "2,000 r") in re.sub(r"(\d),(\d{3}) c", r"\1\2 c", told)
        assert differences(out) == []
        assert run("reports", "verify", str(out)).startswith("Every checksum and every figure matches.")
        reconcile(files, sent, found, public)


def reconcile(
    files: dict[str, bytes], sent: list[dict[str, Any]], found: dict[Any, Any], public: bool
) -> None:
    rows, log = cells.rows_of(files["responses.csv"]), cells.rows_of(files["response-log.csv"])
    line = json.loads(files["figures.json"])["reconciliation"]
    said = {name: f"{number:,}" for name, number in line.items()}
    sentence = f"{said['received']} received = {said['counted']} counted"
    assert len(rows) == NUMBER
    assert (
        sum(row["status"] == "counted" for row in rows)
        == line["counted"]
        == found["counted", ""]["responses"]
    )
    assert sentence in joined(files["statement.html"].decode())
    assert sentence in files["README.txt"].decode()
    if shutil.which("pdftotext"):
        assert sentence in joined(pdf_text(files["statement.pdf"]))
    if public:
        assert b"person1@example.org" not in b"".join(files.values())
        return
    counted = {row["reference"] for row in rows if row["status"] == "counted"}
    for stance in STANCES:
        logged = {
            r["response"]
            for r in log
            if (r["policy"], r["stance"]) == ("H1", stance) and r["response"] in counted
        }
        assert found[f"q1.H1.{stance}", ""]["responses"] == len(logged)
        in_time = sum(f"H1: {stance};" in row["q1"] for row in sent)
        assert in_time - line["late"] <= len(logged) <= in_time
    places = json.loads(files["places.geojson"])["features"]
    assert len(places) == NUMBER // 2
    assert found["q4.places", ""]["value"] == sum(p["properties"]["status"] == "counted" for p in places)
    homes = [found["counted", f"home={home}"]["responses"] for home in ("inside", "outside", "unknown")]
    assert sum(homes) == line["counted"]
    assert min(homes) > 0
