import io
import zipfile

import pytest
import sqlalchemy as sa

from consult.database import db
from consult.feedback.facts import HOMES
from consult.officers import comparing, district
from consult.officers.comparing import Asked
from consult.reports import asking, building, releasing
from consult.responses.models import Response, SettingAside
from tests.clearing.speaking import asked as consultation
from tests.consultations.setting import person
from tests.downloads.speaking import fetched
from tests.reports import scene
from tests.responses import asking as questionnaire

PAGE = "/a/northam/aggregate"


def release(world, slug):
    chair = person(world, slug)
    report = asking.frozen(consultation(), chair)
    building.build(report)
    releasing.release(report, chair)


@pytest.fixture
def released(world, working):
    """Ash Hill's closed consultation, released twice with one response fewer counted; Beckside's once."""
    with working("ash"):
        made = scene.consultation(title="=Plan <b>of</b> Ash")
        scene.respond(made, 40)
        questionnaire.close(made)
        release(world, "ash")
    with working("ash"):
        first = db.session.scalars(sa.select(Response).order_by(Response.received).limit(1)).one()
        db.session.add(SettingAside(response_id=first.id, kind="excluded", reason="because"))
        db.session.flush()
        release(world, "ash")
    with working("beck"):
        theirs = scene.drafted()
        questionnaire.open_it(theirs)
        scene.respond(theirs, 8, seed=8)
        questionnaire.close(theirs)
        theirs.announcement.authority_id = world.space["northam"]
        release(world, "beck")


def test_officers_see_consultations_side_by_side_and_nobody_else_does(released, sign_in, working):
    officer = sign_in("northam", "officer")
    page = officer.page(PAGE)
    for words in (
        "=Plan <b>of</b> Ash",
        "Beckside Neighbourhood Forum",
        "By body",
        "Stances taken on policies",
    ):
        assert words in page.text
    assert "<b>of</b>" not in page.html
    every = officer.page(f"{PAGE}?releases=every")
    assert every.text.count("=Plan <b>of</b> Ash") == 2
    with working("northam"):
        rows = comparing.of_district(district.releases(), Asked())
        assert sum(row.responses for row in rows) == comparing.together("", rows).responses
        assert len(rows) == 2
        tells = [row.tells_homes for row in comparing.of_district(district.releases(), Asked(every=True))]
        assert tells.count(True) == 2
        total = comparing.together("", rows).homes
        for home in HOMES:
            assert total[home] == sum(row.homes[home] or 0 for row in rows) or total[home] is None
    for space, role in (
        ("northam", "analyst"),
        ("northam", "viewer"),
        ("southby", "officer"),
        ("ash", "chair"),
    ):
        assert sign_in(space, role).get(PAGE).status_code in (403, 404)


def test_filters_are_in_the_address_and_nonsense_is_none(released, world, sign_in):
    officer = sign_in("northam", "officer")
    beck = world.space["beck"]
    page = officer.page(f"{PAGE}?body={beck}")
    assert "Showing one body: Beckside" in page.text
    assert "=Plan" not in page.text
    assert "None of these" in officer.page(f"{PAGE}?released_from=2035-01-01").text
    assert "=Plan" in officer.page(f"{PAGE}?stage=<script>&body=%27%20OR%201=1&releases=%00").text
    wrong = officer.get(f"{PAGE}?released_from=2026-02-30")
    assert wrong.status_code == 422
    assert "There is a problem" in wrong.text


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_comparison_is_kept_as_a_file_that_says_what_it_holds(released, sign_in, format):
    officer = sign_in("northam", "officer")
    answer = officer.send(f"{PAGE}?releases=every", format=format)
    assert answer.status_code == 303
    address = answer.headers["Location"]
    content = fetched(officer, address)
    assert fetched(officer, address) == content
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = ("ABOUT.txt", "releases.csv") if format == "csv" else ("xl/worksheets/sheet1.xml",) * 2
    said = archive.read(names[0]).decode()
    for words in ("Every one, earlier ones too", "by Officer of Northam", "Small numbers", "received ="):
        assert words in said
    if format == "csv":
        assert b"\"'=Plan" in archive.read("releases.csv")
        assert b"[earlier release]" in archive.read("releases.csv")
    assert "One row for each release" in officer.page(address).text
    assert sign_in("northam", "analyst").get(f"{address}/file").status_code == 404
    assert officer.send(PAGE).status_code == 422
