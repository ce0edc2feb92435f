"""The sites of a plan, as those see them who are asked about it."""

import json
from datetime import timedelta

import pytest

from consult import clock
from consult.areas.models import save_version
from consult.consultations.models import find
from consult.plans.models import draft_version, latest_version
from tests.areas.ground import square
from tests.consultations.setting import ask, consultation, decide_bodies, designate, write_plan
from tests.plans.land import GREEN, add_site, draw_area

HERE = "/f/ash/consultations/first"


@pytest.fixture
def asked(working):
    """A consultation on a plan with two sites; `asked(opened=True)` has been opened."""

    def begin(opened=True, area=True):
        with working("ash"):
            draw_area()
            designate()
            write_plan()
            add_site("H1", 100, name="The Yard")
            add_site("LGS-1", 400, kind=GREEN, name="The Green", notes="Everybody walks there. " * 20)
            made = consultation("regulation_14", opens_on=None, last_day=clock.today() + timedelta(days=60))
            ask(made, "stance", "What do you think?")
            decide_bodies(made)
            if opened:
                made.open(None)

    return begin


def test_residents_see_the_sites_on_a_map_and_in_words(asked, client):
    asked()
    page = client.page(f"{HERE}/")
    for words in (
        "Housing allocations",
        "H1 The Yard",
        "1.0 hectares, ",
        "Local green spaces",
        "Everybody walks",
    ):
        assert words in page.text
    picture = page.tree.find(".//img[@alt='The sites in the plan, and the neighbourhood area']").get("src")
    drawn = client.get(picture)
    assert drawn.mimetype == "image/svg+xml"
    assert "H1" in drawn.text
    assert client.get(picture, headers={"If-None-Match": drawn.headers["ETag"]}).status_code == 304
    found = json.loads(client.get(f"{HERE}/sites.geojson").data)["features"]
    assert [feature["properties"]["reference"] for feature in found] == ["H1", "LGS-1"]


def test_what_changes_afterwards_is_not_what_they_were_shown(asked, client, working):
    asked()
    with working("ash"):
        version = draft_version()
        version.change_site(
            version.site("H1"), square(700, 700, 50), reference="H1", name="Moved", kind="other"
        )
        version.remove_site(version.site("LGS-1"))
        assert latest_version().number == 2
        save_version(square(0, 0, 3000), source="drawn", by=None)
    page = client.page(f"{HERE}/")
    assert "H1 The Yard" in page.text
    assert "LGS-1 The Green" in page.text
    assert "Moved" not in page.text
    with working("ash"):
        assert [site.title for site in find("first").plan_version.sites] == ["H1 The Yard", "LGS-1 The Green"]


def test_before_the_opening_only_members_see_them(asked, client, sign_in):
    asked(opened=False)
    chair = sign_in("ash", "chair")
    assert "H1 The Yard" in chair.page(f"{HERE}/preview/").text
    for path in ("sites.svg", "sites.geojson"):
        assert chair.get(f"{HERE}/{path}").status_code == 200
        assert client.get(f"{HERE}/{path}").status_code == 404


def test_no_owner_is_named_in_what_everyone_may_fetch(asked, client, working):
    from consult.database import db
    from consult.plans.sites import OwnerContact

    asked()
    with working("ash"):
        site = latest_version().site("LGS-1")
        words = {"how": "By letter", "whom": "Zebedee Owner", "answer": "Zebedee says no"}
        db.session.add(OwnerContact(site_id=site.land_id, on=clock.today(), **words))
    for path in ("", "sites.svg", "sites.geojson"):
        assert "Zebedee" not in client.get(f"{HERE}/{path}").text


def test_a_plan_without_sites_says_nothing_of_them(working, client):
    with working("ash"):
        designate()
        write_plan()
        made = consultation("regulation_14", last_day=clock.today() + timedelta(days=60))
        ask(made, "stance", "What do you think?")
        decide_bodies(made)
        made.open(None)
    assert "The sites" not in client.page(f"{HERE}/").text
    assert client.get(f"{HERE}/sites.svg").status_code == 404
