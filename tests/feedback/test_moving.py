"""Responses whose home a changed outline moves in or out: counted as every figure is, and few of them not told."""

import pytest
import shapely

from consult.areas.models import Postcode, save_version
from consult.areas.saved.versions import Step, numbered
from consult.consultations.models import find
from consult.database import db
from consult.feedback.moving import row_of
from consult.responses.models import Response, SettingAside
from tests.reports import scene
from tests.responses.asking import SQUARE

WIDER = shapely.union(SQUARE, shapely.box(377_000, 165_000, 379_000, 167_000))


@pytest.fixture
def changed(working):
    """`changed(7)`: so many responses from a home that the next outline takes in, and the page of that outline."""

    def changed(number):
        with working("ash"):
            made = scene.consultation()
            db.session.add(Postcode(code="BA33CC", easting=378_000, northing=166_000))
            for n in range(number):
                db.session.add(
                    Response(
                        consultation_id=made.id,
                        reference=f"R-{n}",
                        key=f"k{n}",
                        postcode="BA33CC",
                        home="outside",
                    )
                )
            db.session.flush()
            return f"/f/ash/area/versions/{save_version(WIDER, source='drawn', by=None).number}"

    return changed


def row(working):
    with working("ash"):
        told = row_of(find("reg14"), Step.between(numbered(1), numbered(2)))
        return told.came, told.went


def test_who_comes_in_is_told_of_five_and_more(changed, sign_in, working):
    page = sign_in("ash").page(changed(5))
    assert "Responses received so far" in page.text
    assert row(working) == (5, None)
    assert "5 fewer than 5" in page.text


@pytest.mark.parametrize("number", [0, 1, 4])
def test_fewer_are_not_told_apart(changed, sign_in, working, number):
    page = sign_in("ash").page(changed(number))
    assert row(working) == (None, None)
    assert page.text.count("fewer than 5") == 2


def test_only_what_is_counted_is_counted(changed, working):
    changed(6)
    with working("ash"):
        one = db.session.scalars(db.select(Response)).first()
        db.session.add(SettingAside(response_id=one.id, kind="duplicate", reason="Sent twice."))
    assert row(working) == (5, None)


def test_who_may_not_read_responses_is_told_nothing(changed, sign_in):
    page = sign_in("ash", "viewer").page(changed(7))
    assert "Who moves in or out" in page.text
    assert "Responses received so far" not in page.text


def test_a_response_keeps_its_home_and_its_consultation_the_outline_it_was_about(changed, working):
    changed(6)
    with working("ash"):
        assert {response.home for response in db.session.scalars(db.select(Response))} == {"outside"}
        assert find("reg14").area_version.number == 1
