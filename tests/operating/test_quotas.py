"""The files of a space may take so much: then uploads and reports are refused in a sentence, and responses never."""

import io

import pytest

from consult.operating import measures
from consult.spaces import quotas
from tests.clearing import speaking
from tests.tenancy.everything import plant_everything

SET = "/operator/spaces/ash/quota"
NO_ROOM = "There is no room for it: the files of this space may take 0 MB."


@pytest.fixture
def full(sign_in):
    assert sign_in("operator").post(SET, data={"megabytes": "0"}).status_code == 303


def test_the_operator_sets_it_and_sees_it_beside_what_is_used(sign_in):
    operator = sign_in("operator")
    assert "No limit" in operator.get("/operator/usage").text
    assert operator.post(SET, data={"megabytes": "2500"}).status_code == 303
    assert "2,500 MB" in operator.get("/operator/usage").text
    assert 'value="2500"' in operator.get(SET).text
    assert operator.post(SET, data={"megabytes": ""}).status_code == 303
    assert "2,500 MB" not in operator.get("/operator/usage").text


@pytest.mark.parametrize("given", ["x", "-1", "99999999999"])
def test_what_is_no_number_of_megabytes_is_said_beside_the_field(sign_in, given):
    answer = sign_in("operator").post(SET, data={"megabytes": given})
    assert answer.status_code == 422
    assert "Enter a whole number" in answer.text


def test_an_upload_is_refused_in_a_sentence_and_another_space_takes_it(full, sign_in):
    answer = sign_in("ash").post("/f/ash/plan/new-document", data=upload())
    assert answer.status_code in (409, 422)
    assert NO_ROOM in answer.text
    assert sign_in("beck").post("/f/beck/plan/new-document", data=upload()).status_code == 303


def upload():
    return {"title": "Our evidence", "file": (io.BytesIO(b"%PDF-1.4\n%x\n"), "evidence.pdf")}


def test_a_response_is_never_refused(full, opened, working):
    with working("ash"):
        speaking.respond()
    assert not quotas.REFUSED & {
        "response",
        "answer_file",
        "held_file",
        "held_table",
        "scan",
        "submission_file",
    }


def test_what_it_uses_is_what_the_operator_is_shown(app, world, working):
    spaces = world.space["ash"], world.space["northam"]
    with app.app_context():
        plant_everything(*spaces, world.person["ash", "chair"], own="kestrel", handed="osprey")
        shown = measures.usage()[world.space["ash"]].bytes
    with working("ash"):
        assert quotas.used(world.space["ash"]) == shown > 0


def test_nobody_else_sets_it(sign_in):
    assert sign_in("ash").post(SET, data={"megabytes": "9"}).status_code == 404
    assert sign_in("northam", "officer").get(SET).status_code == 404
