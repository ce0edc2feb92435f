import csv
import io

import pytest
import sqlalchemy as sa

from consult import audit
from consult.database import db
from consult.feedback import announced
from consult.feedback.snapshots import facts_of
from consult.reports import asking, building, releasing
from consult.reports.models import Report
from tests.consultations.setting import person
from tests.reports import scene
from tests.responses import asking as questionnaire

PAGES = (
    "/a/northam/district",
    "/a/northam/announcements",
    "/a/northam/releases/",
    "/a/northam/aggregate.csv",
)


@pytest.fixture
def answered(working):
    """Ash Hill's consultation has responses; nothing has been released."""
    with working("ash"):
        made = scene.consultation()
        scene.respond(made, 30)
        announced.bring_up_to_date(made)


@pytest.fixture
def released(answered, world, working):
    """And its report has been released. The id of the release."""
    with working("ash"):
        chair = person(world)
        report = asking.frozen(db.session.scalars(sa.select(scene.Consultation)).one(), chair)
        building.build(report)
        return releasing.release(report, chair).id


def test_before_a_release_officers_see_the_announcement_and_the_number(answered, sign_in):
    officer = sign_in("northam", "officer")
    page = officer.page("/a/northam/announcements")
    assert "The draft plan" in page.text
    assert "Ash Hill Neighbourhood Forum" in page.text
    assert page.text.split("Open 30")[0] != page.text
    assert "by the mill" not in page.html
    assert "Nothing has been released to you yet" in officer.page("/a/northam/releases/").text
    assert officer.get("/a/northam/aggregate.csv").data.count(b"\r\n") == 1
    assert officer.get("/f/ash/consultations/reg14/reports/").status_code == 404


def test_after_it_they_open_the_files_and_each_download_is_noted(released, sign_in, working):
    officer = sign_in("northam", "officer")
    assert "The draft plan" in officer.page("/a/northam/releases/").text
    address = f"/a/northam/releases/{released}"
    page = officer.page(address)
    assert "statement.pdf" in page.text
    file = officer.get(f"{address}/files/response-log.csv")
    assert "attachment" in file.headers["Content-Disposition"]
    assert b"by the mill" in file.data
    assert officer.get(f"{address}/all.zip").data[:2] == b"PK"
    assert officer.get(f"{address}/files/other.csv").status_code == 404
    with working("northam"):
        noted = [
            access.what for access in db.session.scalars(sa.select(audit.Access).order_by(audit.Access.at))
        ]
    assert noted[0] == "release of Ash Hill Neighbourhood Forum: response-log.csv"


@pytest.mark.parametrize("authority", ["southby"])
def test_an_officer_of_another_authority_sees_none_of_it(released, sign_in, authority):
    stranger = sign_in(authority, "officer")
    for page in (
        *PAGES,
        f"/a/northam/releases/{released}",
        f"/a/northam/releases/{released}/files/statement.pdf",
    ):
        assert stranger.get(page).status_code == 404, page
    for page in PAGES:
        own = stranger.get(page.replace("northam", authority))
        assert own.status_code == 200
        assert b"draft plan" not in own.data
    assert stranger.get(f"/a/{authority}/releases/{released}").status_code == 404
    assert stranger.get(f"/a/{authority}/releases/{released}/files/statement.pdf").status_code == 404


def test_nobody_else_sees_the_officers_pages(released, sign_in, client):
    for page in (*PAGES, f"/a/northam/releases/{released}"):
        assert sign_in("ash", "chair").get(page).status_code == 404
        assert sign_in("northam", "viewer").get(page).status_code == 403
        assert client.get(page).status_code == 302
    assert sign_in("ash", "chair").get("/f/ash/releases/").status_code == 403
    assert "Your district" not in client.page("/a/northam/").text
    assert "Your district" not in sign_in("ash", "chair").page("/a/northam/").text
    assert "Your district" in sign_in("northam", "officer").page("/a/northam/").text
    assert "Your district" not in sign_in("ash", "chair").page("/f/ash/").text


def test_the_district_lists_its_bodies_and_no_other(released, sign_in):
    page = sign_in("northam", "officer").page("/a/northam/district")
    for name in ("Ash Hill Neighbourhood Forum", "Beckside Neighbourhood Forum", "Cole Parish Council"):
        assert name in page.text
    assert "Dell Road" not in page.text


def test_announcements_are_chosen_by_stage_and_state(answered, world, working, sign_in):
    with working("cole"):
        early = questionnaire.consultation(reference="early")
        early.announcement.authority_id = world.space["northam"]
        questionnaire.close(early)
    officer = sign_in("northam", "officer")

    def rows(query):
        page = officer.page(f"/a/northam/announcements?{query}")
        return sum(row.find("th") is not None and row.find("td") is not None for row in page.tree.iter("tr"))

    assert rows("") == 2
    assert rows("stage=regulation_14") == 2
    assert rows("stage=early_engagement") == 0
    assert rows("state=announced") == 0
    assert rows("state=nonsense&stage=<script>") == 2


def test_the_aggregate_has_a_row_for_each_figure_and_keeps_small_numbers_back(released, working, sign_in):
    content = sign_in("northam", "officer").get("/a/northam/aggregate.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    with working("ash"):
        line = db.session.scalars(sa.select(Report)).one().snapshot
        facts = facts_of(line)
    assert {row["release"] for row in rows} == {str(released)}
    first = rows[0]
    assert (first["body"], first["key"], first["filter"]) == ("Ash Hill Neighbourhood Forum", "counted", "")
    assert int(first["received"]) == len(facts) == 30
    names = ("counted", "duplicates", "late", "withdrawn", "excluded")
    assert int(first["received"]) == sum(int(first[name]) for name in names)
    assert int(first["responses"]) == int(first["counted"])
    for row in rows:
        if row["filter"]:
            assert row["suppressed"] == "yes" or int(row["responses"]) >= 5
        if row["suppressed"] == "yes":
            assert row["responses"] == row["people"] == row["value"] == ""


def test_of_two_releases_of_one_consultation_the_newer_is_the_latest(released, world, working, sign_in):
    with working("ash"):
        report = asking.frozen(db.session.scalars(sa.select(scene.Consultation)).one(), person(world))
        building.build(report)
        newer = releasing.release(report, person(world)).id
    content = sign_in("northam", "officer").get("/a/northam/aggregate.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert {(row["release"], row["latest"]) for row in rows} == {(str(released), "no"), (str(newer), "yes")}


def test_a_formula_in_a_body_s_words_does_not_run_in_the_aggregate(world, working, sign_in):
    with working("ash"):
        made = scene.consultation(title="=cmd|' /C calc'!A0")
        report = asking.frozen(made, person(world))
        building.build(report)
        releasing.release(report, person(world))
    content = sign_in("northam", "officer").get("/a/northam/aggregate.csv").data.decode("utf-8-sig")
    assert "\"'=cmd" in content
    assert '"=cmd' not in content


def test_applications_that_wait_are_on_the_page(world, working, sign_in):
    from consult.areas import register
    from consult.areas.models import save_version

    with working("ash"):
        version = save_version(questionnaire.SQUARE, source="drawn", by=person(world))
        register.apply_for(
            version, name="Ash Hill", why_appropriate="It is.", relevant_body="We are.", by=person(world)
        )
    officer = sign_in("northam", "officer")
    assert "Applications to decide" in officer.page("/a/northam/district").text
    assert "since" in officer.page("/a/northam/district").text
