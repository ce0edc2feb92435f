"""The pages of what looks unusual: searched by a job, decided by form, nobody else's."""

import re

import pytest
import sqlalchemy as sa

from consult import jobs
from consult.database import db
from consult.responses.networks import Network

HERE = "/f/ash/consultations/reg14/flags"


@pytest.fixture
def analyst(sign_in, came):
    return sign_in("ash", "analyst")


@pytest.fixture
def work(app):
    def run():
        with app.app_context():
            return jobs.run_due()

    return run


@pytest.fixture
def flag(analyst, work):
    analyst.post(f"{HERE}/searches")
    work()
    return re.search(r'href="(/f/ash/flags/[0-9a-f-]+)">Sent much sooner', analyst.get(HERE).text).group(1)


def test_a_search_is_a_job_and_the_page_says_how_far_it_is(analyst, work):
    assert "Nobody has looked yet" in analyst.get(HERE).text
    assert analyst.post(f"{HERE}/searches").status_code == 303
    page = analyst.get(HERE).text
    assert "Searching …" in page and 'http-equiv="refresh"' in page
    assert analyst.get(f"{HERE}/searches/last").json["done"] is False
    analyst.post(f"{HERE}/searches")  # a second time while it lasts is the same search
    assert work() == 1
    page = analyst.get(HERE).text
    assert "http-equiv" not in page.replace('http-equiv="x', "")
    assert "9 responses from one network within 8 minutes" in page and "To be looked at" in page
    assert analyst.get(f"{HERE}/searches/last").json["done"] is True


def test_a_person_decides_with_a_reason_and_takes_it_back(analyst, flag):
    answer = analyst.post(f"{flag}/review", data={"decision": "excluded", "reason": ""})
    assert answer.status_code == 422 and "Give the reason" in answer.text
    answer = analyst.post(f"{flag}/review", data={"decision": "excluded", "reason": "A programme."})
    assert (
        answer.status_code == 422 and "Choose at least one" in answer.text and "A programme." in answer.text
    )
    ticked = re.findall(r'name="response" value="([^"]+)"', analyst.get(flag).text)
    data = {"decision": "excluded", "reason": "A programme.", "response": ticked}
    assert analyst.post(f"{flag}/review", data=data).status_code == 303
    assert "2</a></strong> excluded" in analyst.get("/f/ash/consultations/reg14/feedback/").text.replace(
        "\n", ""
    )
    page = analyst.get(flag).text
    assert "A programme." in page and "set aside" in page
    analyst.post(f"{flag}/review/ending")
    page = analyst.get(flag).text
    assert "Put it on record" in page and "taken back" in page
    assert analyst.post(f"{flag}/review/ending").status_code == 422


def test_the_figures_say_what_they_would_be_without(analyst, flag):
    page = analyst.get("/f/ash/consultations/reg14/feedback/").text
    assert "With and without what looks unusual" in page
    assert re.search(r"Responses counted.*?>46<.*?>35<", page, re.S)
    analyst.post(f"{flag}/review", data={"decision": "nothing", "reason": "They read it on paper."})
    page = analyst.get("/f/ash/consultations/reg14/feedback/").text
    assert re.search(r"Responses counted.*?>46<.*?>37<", page, re.S)


def test_thresholds_are_explained_and_a_wrong_one_is_told(analyst):
    page = analyst.get(f"{HERE}/rules").text
    assert "library" in page
    names = dict(re.findall(r'name="([a-z_]+\.[a-z]+)" type="text" inputmode="numeric" value="(\d+)"', page))
    answer = analyst.post(f"{HERE}/rules", data={**names, "burst.number": "many"})
    assert answer.status_code == 422 and "whole number from 5 to 10,000" in answer.text
    assert 'value="many"' in answer.text
    assert analyst.post(f"{HERE}/rules", data={**names, "burst.number": "7"}).status_code == 303
    assert (
        'name="burst.number" type="text" inputmode="numeric" value="7"' in analyst.get(f"{HERE}/rules").text
    )


def test_others_see_none_of_it(sign_in, flag):
    for slug, role in (("ash", "viewer"), ("beck", "analyst")):
        other = sign_in(slug, role)
        assert other.get(flag.replace("/ash/", f"/{slug}/")).status_code in (403, 404)
        assert other.get(HERE).status_code in (403, 404)


def test_a_network_is_kept_as_a_code_of_this_consultation_alone(app, working):
    from types import SimpleNamespace
    from uuid import UUID, uuid4

    from consult.responses import networks

    kept = []
    with working("ash"), app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        for channel, consultation in (("web", 1), ("web", 1), ("web", 2), ("event", 1)):
            about = {"consultation_id": UUID(int=consultation), "entered_by_id": None}
            response = SimpleNamespace(id=uuid4(), channel=channel, **about)
            networks.note(response)
            kept.append(next((row.network for row in db.session.new if row.response_id == response.id), None))
        db.session.rollback()
        assert db.session.scalars(sa.select(Network)).all() == []
    assert kept[0] == kept[1] != kept[2] and kept[3] is None
    assert all("192.0.2.7" not in each for each in kept[:3])
