"""Real comments as responses to a consultation in a real parish: imported, coded by their own categories, reported."""

import csv
import io
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa
from docx import Document
from shapely.geometry.base import BaseGeometry

from consult import clock, tenancy
from consult.areas import register
from consult.areas.models import latest_version
from consult.consultations.models import Announcement, Consultation, Opening
from consult.database import db, unit_of_work
from consult.plans.models import draft_version
from consult.responses.models import Answer, Response
from consult.spaces.models import Membership, Space
from consult.web import cells
from geodata import crs
from tests.inspector import tree
from tests.inspector import words as words_of
from tests.reports.test_pack import figures, joined, pdf_text
from tests.reports.test_workbook import book

Run = Callable[..., str]
CITY = (
    -77.12,
    38.79,
    -76.9,
    39.0,
)  # where the comments were; a few were put down outside it, and are moved to its edge
WHO = {"Pedestrian": "On foot", "Biker": "By bicycle", "Car Driver": "By car"}
BATCH = 500
DAYS = 35


def comments(shared: Path, number: int) -> list[dict[str, str]]:
    """So many, spread over the whole."""
    with (shared / "responses/dc_vision_zero_safety.csv").open(
        encoding="cp1252", errors="replace", newline=""
    ) as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return random.Random(7).sample(rows, number) if number < len(rows) else rows


def parish(shared: Path, folder: Path) -> Path:
    """One parish of the district, as a file to import."""
    told = json.loads((shared / "banes/banes_parishes_os.geojson").read_text())
    told["features"] = [f for f in told["features"] if (f["properties"]["name"] or "").startswith("Keynsham")]
    path = folder / "parish.geojson"
    path.write_text(json.dumps(told))
    return path


def moved_into(outline: BaseGeometry, rows: list[dict[str, str]]) -> list[tuple[float, float]]:
    """The places of the comments, as they lie to each other, in the largest circle of the parish."""
    circle = shapely.maximum_inscribed_circle(outline)
    centre, reach = shapely.get_point(circle, 0), shapely.length(circle) * 0.99
    at = np.array([[float(row["LONGITUDE VZ"]), float(row["LATITUDE VZ"])] for row in rows])
    low, high = np.array(CITY[:2]), np.array(CITY[2:])
    share = (np.clip(at, low, high) - low) / (high - low) - 0.5
    east, north = centre.x + share[:, 0] * reach * 1.4, centre.y + share[:, 1] * reach * 1.4
    lons, lats = crs.lonlat_points(east, north)
    return list(zip(lons.tolist(), lats.tolist(), strict=True))


def consultation_in(slug: str, options: tuple[str, ...], person: Any, **stances: str) -> BaseGeometry:
    """Opened five weeks ago, closed yesterday; `person` works there. Returns the parish's outline."""
    with unit_of_work():
        space = db.session.scalars(sa.select(Space).where(Space.slug == slug)).one()
        with tenancy.inside(space.id):
            db.session.add(Membership(space_id=space.id, person_id=person, role="chair"))
            made = asked(options, stances)
            opened = clock.start_of(clock.today() - timedelta(days=DAYS))
            db.session.add(Opening(consultation_id=made.id, at=opened))
            dates = {"first_publicised": opened.date(), "opens": opened, "opened": opened}
            dates["closes"] = clock.end_of(made.last_day)
            names = {"reference": made.reference, "title": made.title, "stage": made.stage}
            about = {"consultation_id": made.id, "authority_id": space.authority_id}
            db.session.add(Announcement(**about, **dates, **names))
            entry = register.entry_of(space.id)
            assert entry is not None
            return entry.geometry


def asked(options: tuple[str, ...], stances: dict[str, str]) -> Consultation:
    version, area = draft_version(), latest_version()
    for reference, title in (stances or {"H1": "Streets"}).items():
        version.add_policy(reference, title)
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
    if stances:
        made.ask("stance", "What do you think of each policy?")
    else:
        made.ask("choice", "What kind of matter is it?", options=options)
        made.ask("text", "What is wrong?")
        made.ask("place", "Where?")
    db.session.flush()
    return made


def written(path: Path, rows: Iterator[dict[str, Any]]) -> Path:
    every = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, every[0].keys())
        writer.writeheader()
        writer.writerows(every)
    return path


def as_responses(rows: list[dict[str, str]], places: list[tuple[float, float]]) -> Iterator[dict[str, Any]]:
    """Received one after the other in the weeks that it was open."""
    opened = clock.start_of(clock.today() - timedelta(days=DAYS))
    apart = timedelta(days=DAYS - 1) / len(rows)
    for number, (row, (lon, lat)) in enumerate(zip(rows, places, strict=True)):
        yield {
            "external_id": row["GLOBALID"],
            "received": (opened + apart * number).isoformat(),
            "channel": "web",
            "kind": "individual",
            "lon": lon,
            "lat": lat,
            "place_words": WHO.get(row["USERTYPE"] or "", ""),
            "q1": row["REQUESTTYPE"],
            "q2": row["COMMENTS"] or "",
        }


def as_votes(votes: dict[str, list[str]], number: int) -> Iterator[dict[str, Any]]:
    """One voter after the other, who has voted on as many as there were votes for."""
    when = (clock.start_of(clock.today() - timedelta(days=DAYS - 1))).isoformat()
    for voter in range(number):
        cast = {policy: given[voter] for policy, given in votes.items() if voter < len(given)}
        said = "; ".join(f"{policy}: {stance}" for policy, stance in cast.items())
        yield {
            "external_id": f"v{voter}",
            "received": when,
            "channel": "web",
            "kind": "individual",
            "q1": said,
        }


def code_by_pages(client: Any, slug: str, rows: list[dict[str, str]]) -> Counter[str]:
    """Each comment gets its own category as its theme, on the page on which a volunteer does it. How often each."""
    category = {row["GLOBALID"]: row["REQUESTTYPE"] for row in rows}
    space_id = db.session.scalars(sa.select(Space.id).where(Space.slug == slug)).one()
    with tenancy.inside(space_id):
        statement = (
            sa.select(Answer.id, Response.external_id)
            .join(Response, sa.and_(Response.id == Answer.response_id, Response.space_id == Answer.space_id))
            .where(Answer.text != "")
        )
        written_down = [(id_, category[name]) for id_, name in db.session.execute(statement)]
        db.session.rollback()
    for label in sorted(set(category.values())):
        sent = client.post(f"/f/{slug}/consultations/reg14/themes", data={"label": label, "parent": ""})
        assert sent.status_code == 303, label
    for id_, label in written_down:
        sent = client.post(f"/f/{slug}/coding/{id_}", data={"label": label})
        assert sent.status_code == 303, (id_, label, sent.status_code)
    return Counter(label for _, label in written_down)


# The same totals in every file.


def totals(files: dict[str, bytes]) -> dict[str, str]:
    """The words of each file that says totals."""
    document = Document(io.BytesIO(files["statement.docx"]))
    inside = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return {
        "statement.docx": joined(" ".join([*(p.text for p in document.paragraphs), *inside])),
        "statement.html": joined(words_of(tree(files["statement.html"].decode()))),
        "statement.pdf": joined(pdf_text(files["statement.pdf"])),
        "README.txt": joined(files["README.txt"].decode()),
        **{name: information(files[name]) for name in ("aggregates.xlsx", "response-log.xlsx")},
    }


def information(content: bytes) -> str:
    return joined(dict(book(content)["Information"])["Every response accounted for"])


def reconciles(files: dict[str, bytes], received: int) -> dict[str, int]:
    """The line is the same everywhere, and is what the table of responses says."""
    line = json.loads(files["figures.json"])["reconciliation"]
    assert line["received"] == received
    count = Counter(row["status"] for row in cells.rows_of(files["responses.csv"]))
    assert (count.total(), count["counted"], count["late"]) == (received, line["counted"], line["late"])
    said = {name: f"{number:,}" for name, number in line.items()}
    sentence = f"{said['received']} received = {said['counted']} counted + {said['duplicates']} duplicates"
    for name, words in totals(files).items():
        assert sentence in words, name
    return line


def figures_in_all(files: dict[str, bytes], expected: dict[str, tuple[str, int]]) -> None:
    """Figures, by their key: what each is called and how many responses it counts. They are the same in figures.json,
    in the workbook, and in the tables of the statement in all three kinds."""
    found, words = figures(files), totals(files)
    top = {row[0]: row[3] for row in book(files["aggregates.xlsx"])["Toplines"][1:]}
    for key, (label, responses) in expected.items():
        figure = found[key, ""]
        assert (figure["responses"], figure["people"], top[key]) == (responses, responses, responses), key
        told = re.compile(rf"{re.escape(joined(label))}\s*{responses:,}\s*{responses:,}")
        for name in ("statement.docx", "statement.html", "statement.pdf"):
            assert told.search(words[name]), (name, key)


def frame(files: dict[str, bytes]) -> list[dict[str, Any]]:
    return json.loads(files["figures.json"])["coding"]["themes"]


def options(files: dict[str, bytes], question: str) -> list[list[str]]:
    asked = json.loads(files["figures.json"])["questions"]
    return next(each["options"] for each in asked if each["reference"] == question)


def pages_agree(client: Any, slug: str, found: dict[Any, Any]) -> None:
    """The page of themes beside homes has the figures of the report."""
    page = client.page(f"/f/{slug}/consultations/reg14/feedback/crosstab?rows=theme")
    table = {row.find("th").text: row.find("td") for row in page.tree.find(".//tbody")}
    everybody = joined("".join(table["Everybody"].itertext()))
    assert everybody.startswith(f"{found['counted', '']['responses']:,} ")


def flipped(files: dict[str, bytes], times: int, seed: int = 3) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The files with one bit of one byte of one of them changed; every file in its turn."""
    draw = random.Random(seed)
    for name, content in files.items():
        for at in {0, len(content) - 1, *(draw.randrange(len(content)) for _ in range(times))}:
            changed = content[:at] + bytes([content[at] ^ (1 << draw.randrange(8))]) + content[at + 1 :]
            yield name, files | {name: changed}


def keep(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
