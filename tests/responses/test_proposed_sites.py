from datetime import timedelta

import pytest
import shapely
import sqlalchemy as sa

from consult import clock
from consult.database import db
from consult.plans.models import latest_version
from consult.responses.models import Place, Response
from consult.responses.sites.site_decisions import SiteDecision
from tests.consultations import setting
from tests.responses import asking

LIST = "/f/ash/consultations/sites/proposed-sites"
FIELD = shapely.box(375_200, 165_200, 375_300, 165_300)
SITE = {"reference": "S9", "name": "The field", "kind": "housing allocation"}


@pytest.fixture
def place_id(working):
    """A field that somebody drew in a call for sites."""
    with working("ash"):
        asking.area()
        made = setting.consultation(
            "call_for_sites", reference="sites", at=clock.now(), last_day=clock.today() + timedelta(days=30)
        )
        question = setting.ask(made, "place", "Where is the site?")
        made.open(None)
        response = asking.add(Response(consultation_id=made.id, reference="AAAA-1111", key="k"))
        shape = shapely.to_wkb(FIELD)
        where = {"shape": shape, "easting": 375_250, "northing": 165_250, "words": "By the mill"}
        return asking.add(Place(response_id=response.id, question_id=question.id, **where)).id


def decisions(working):
    with working("ash"):
        return [(d.outcome, d.site_title, d.reason) for d in db.session.scalars(sa.select(SiteDecision))]


def test_organisers_see_what_was_proposed_and_others_do_not(sign_in, client, place_id):
    assert "By the mill" in sign_in("ash", "chair").page(LIST).text
    assert client.get(LIST).status_code in (302, 403, 404)
    assert sign_in("beck", "chair").get(LIST).status_code in (403, 404)


def test_a_proposal_is_set_aside_with_a_reason_and_only_so(sign_in, working, place_id):
    chair = sign_in("ash", "chair")
    assert chair.post(f"{LIST}/{place_id}/setting-aside", data={"reason": ""}).status_code == 422
    assert decisions(working) == []
    assert chair.post(f"{LIST}/{place_id}/setting-aside", data={"reason": "It floods."}).status_code == 303
    assert decisions(working) == [("set_aside", "", "It floods.")]


def test_a_proposal_becomes_a_site_of_the_draft_plan_once(sign_in, working, place_id):
    chair = sign_in("ash", "chair")
    assert chair.post(f"{LIST}/{place_id}/taking", data=SITE).status_code == 303
    assert decisions(working) == [("taken", "S9 The field", "")]
    with working("ash"):
        [site] = latest_version().sites
        assert site.hectares == pytest.approx(1.0)
    again = chair.post(f"{LIST}/{place_id}/taking", data=SITE | {"reference": "S10"})
    assert "already" in again.text
    with working("ash"):
        assert len(latest_version().sites) == 1
