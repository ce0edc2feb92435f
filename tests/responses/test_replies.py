"""A response is the reply of a consultee: linked by a member, shown on both pages, and nobody else's."""

import pytest
import sqlalchemy as sa

from consult.consultations.models import find
from consult.database import db
from consult.responses.models import Reply, Response
from tests.responses.asking import URL, consultation

BASE = "/f/ash/consultations/reg14"


@pytest.fixture
def answered(working, client):
    """Regulation 14 in two forums, with a consultee each; one response to the first."""
    known = {}
    for space in ("ash", "beck"):
        with working(space):
            made = consultation()
            known[space] = made.consult(None, organisation=f"Rail of {space}", address="1 Station Road").id
    page = client.get(URL)
    assert page.status_code == 200
    with working("ash"):
        response = Response(consultation_id=find("reg14").id, reference="R-1", key="k")
        db.session.add(response)
    return known


def links(working):
    with working("ash"):
        return [reply.consultee_id for reply in db.session.scalars(sa.select(Reply))]


def test_a_member_says_whose_reply_it_is_and_takes_it_back(answered, sign_in, working):
    analyst = sign_in("ash", "analyst")
    at = f"{BASE}/responses/R-1"
    assert "Rail of ash" in analyst.page(at).text
    for _ in range(2):
        assert analyst.post(f"{at}/reply", data={"consultee": str(answered["ash"])}).status_code == 303
    assert links(working) == [answered["ash"]]
    assert "R-1" in analyst.page(f"{BASE}/consultees").text
    assert "R-1" in analyst.page(f"{BASE}/consultees/{answered['ash']}").text
    assert analyst.post(f"{at}/reply", data={"consultee": ""}).status_code == 303
    assert links(working) == []


@pytest.mark.parametrize("given", ["beck", "nobody"])
def test_nobody_off_the_list_can_be_linked(answered, sign_in, working, given):
    said = {"consultee": str(answered.get(given, given))}
    assert sign_in("ash", "chair").post(f"{BASE}/responses/R-1/reply", data=said).status_code == 409
    assert links(working) == []


def test_viewers_and_strangers_link_nothing(answered, sign_in, working):
    said = {"consultee": str(answered["ash"])}
    for who, status in ((("ash", "viewer"), 403), (("beck", "chair"), 404)):
        assert sign_in(*who).post(f"{BASE}/responses/R-1/reply", data=said).status_code == status
    assert links(working) == []
