"""The file that a site came from is kept, and goes with the last site that came from it."""

import io

import pytest
import sqlalchemy as sa

from consult.database import db
from consult.plans.models import latest_version
from consult.plans.originals import SiteFile
from tests.areas.ground import drawn, square
from tests.inspector import Page
from tests.plans.land import draw_area
from tests.plans.test_siting import NEW, SITES, WORDS, save


@pytest.fixture
def organiser(sign_in, working):
    with working("ash"):
        draw_area()
    return sign_in("ash", "organiser")


def upload(client, name="yard.geojson", address=NEW, **words):
    content = drawn(square(100, 100, 100)).encode()
    return content, client.send(address, **(WORDS | {"file": (io.BytesIO(content), name)} | words))


def test_the_file_that_a_site_came_from_can_be_had_again_until_it_is_drawn_anew(organiser, working):
    content, answer = upload(organiser)
    assert answer.status_code == 303
    assert "yard.geojson" in organiser.page(f"{SITES}/H1").text
    kept = organiser.get(f"{SITES}/H1/original")
    assert kept.data == content
    assert kept.headers["Content-Disposition"] == "attachment; filename=yard.geojson"
    with working("ash"):
        latest_version().freeze()
    save(organiser, 600, reference="H2")  # in the next version, whose H1 is a copy
    assert organiser.get(f"{SITES}/H1/original").data == content
    assert organiser.get(f"{SITES}/H2/original").status_code == 404
    save(organiser, 300, address=f"{SITES}/H1/change")
    assert organiser.get(f"{SITES}/H1/original").status_code == 404


def test_a_file_goes_with_the_last_site_that_came_from_it(organiser, working):
    upload(organiser)
    organiser.send(f"{SITES}/H1/removal")
    with working("ash"):
        assert db.session.scalars(sa.select(SiteFile)).all() == []
    upload(organiser)
    upload(organiser, name="again.geojson", address=f"{SITES}/H1/change")
    with working("ash"):
        assert [kept.name for kept in db.session.scalars(sa.select(SiteFile))] == ["again.geojson"]


def test_the_file_is_for_the_members_of_its_own_space(organiser, sign_in):
    upload(organiser)
    assert sign_in("beck", "organiser").get(f"{SITES}/H1/original").status_code == 404


def test_an_outline_of_very_many_points_is_refused_with_no_repair(organiser, monkeypatch):
    monkeypatch.setattr("consult.areas.outline.choosing.MOST_POINTS", 4)
    answer = Page(organiser.post(NEW, data=WORDS | {"outline": drawn(square(100, 100, 100))}))
    assert "has 5 points, and the limit is 4" in answer.text
    assert "repair" not in answer.text.casefold()
