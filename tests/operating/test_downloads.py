"""Who downloaded what: a space's own for its chair, everybody's for the operator, nobody else's."""

import pytest
import sqlalchemy as sa

from consult import audit
from consult.database import db


@pytest.fixture
def noted(app, world, working):
    for slug in ("ash", "beck"):
        with working(slug):
            db.session.add(audit.Access(what=f"log of {slug}", person_id=world.person[slug, "chair"]))
            db.session.add(audit.Access(what=f"=plan of {slug}", person_id=None))


def test_the_operator_sees_every_space(sign_in, noted):
    page = sign_in("operator").get("/operator/downloads").text
    assert "log of ash" in page
    assert "plan of beck" in page


def test_filters_are_links(sign_in, noted, world, app):
    client = sign_in("operator")
    by_space = client.get("/operator/downloads?space=ash").text
    assert "log of ash" in by_space
    assert "beck" not in by_space
    who = world.person["beck", "chair"].hex
    by_person = client.get(f"/operator/downloads?person={who}").text
    assert "log of beck" in by_person
    assert "plan of" not in by_person
    assert f"person={who}" in client.get("/operator/downloads").text
    assert "Nothing was downloaded" in client.get("/operator/downloads?day=2001-01-01").text


@pytest.mark.parametrize("query", ["person=x", "day=9999-12-31", "day=0001-01-01", "space=%27", "day=soon"])
def test_a_filter_of_nothing_is_no_fault(sign_in, noted, query):
    assert sign_in("operator").get(f"/operator/downloads?{query}").status_code == 200


def test_a_table_of_it_runs_no_formula_and_is_on_record(sign_in, noted, app):
    client = sign_in("operator")
    answer = client.post("/operator/downloads/table", data={"space": "ash"})
    assert answer.status_code == 200
    said = answer.data.decode("utf-8-sig")
    assert '"\'=plan of ash"' in said
    assert "beck" not in said
    with app.app_context():
        deeds = db.session.scalars(sa.select(audit.OperatorDeed)).all()
        assert [(deed.act, deed.detail) for deed in deeds] == [
            ("downloads.listed", {"rows": 2, "space": "ash"})
        ]


def test_a_chair_sees_their_own_spaces_alone(sign_in, noted):
    page = sign_in("ash").get("/f/ash/record/downloads").text
    assert "log of ash" in page
    assert "beck" not in page
    assert "of beck" not in sign_in("ash").get("/f/ash/record/downloads?space=beck").text
    assert "beck" not in sign_in("ash").post("/f/ash/record/downloads/table").data.decode("utf-8-sig")
    assert sign_in("ash", "organiser").get("/f/ash/record/downloads").status_code == 403
    assert sign_in("beck").get("/f/ash/record/downloads").status_code == 404
