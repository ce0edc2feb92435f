"""An outline may begin with a parish, a ward or an earlier one; nothing is saved by looking."""

import json

import pytest
import sqlalchemy as sa

from consult.areas.loaded.boundaries import Boundary
from consult.areas.models import latest_version, save_version
from consult.database import db
from geodata.reading import read_geojson
from tests.areas.ground import square
from tests.areas.test_looking import load

START, DRAFT = "/f/ash/area/start", "/f/ash/area/draft"


@pytest.fixture
def loaded(working):
    """The ids of a parish and a ward by name."""
    with working("ash"):
        load("parish", ("Cole", square()), ("Mill <i>End</i>", square(1000)))
        load("ward", ("Mill Ward", square(0, 0, 3000)))
        return {each.name: (each.kind, each.id) for each in db.session.scalars(sa.select(Boundary))}


def test_a_ward_is_found_by_its_name_and_fills_the_form(sign_in, loaded, working):
    chair = sign_in("ash")
    page = chair.page(f"{START}?q=mill")
    assert "Parish: Mill <i>End</i> , 100.0 hectares" in page.text
    assert "Ward: Mill Ward" in page.text
    [link] = [a for a in page.tree.iter("a") if "Mill Ward" in "".join(a.itertext())]
    draft = chair.page(link.get("href"))
    assert "Nothing is saved yet" in draft.text
    outline = draft.tree.find(".//textarea[@name='outline']").text
    assert read_geojson(outline.encode()).features[0].geometry.equals(square(0, 0, 3000))
    with working("ash"):
        assert latest_version() is None
    assert chair.send(DRAFT, outline=outline).status_code == 303
    drawn = read_geojson(
        chair.get(f"/f/ash/area/start/boundary/{loaded['Mill Ward'][1]}.geojson").data
    ).features[0]
    assert drawn.geometry.equals(square(0, 0, 3000))


def test_an_earlier_outline_is_one_to_begin_with(sign_in, working):
    with working("ash"):
        for east in (0, 500):
            save_version(square(east), source="drawn", by=None)
    chair = sign_in("ash")
    assert "Outline 1 , 100.0 hectares" in chair.page(START).text
    text = chair.page(f"{DRAFT}?start=version/1").tree.find(".//textarea[@name='outline']").text
    assert read_geojson(text.encode()).features[0].geometry.equals(square())
    assert json.loads(chair.get(f"{START}/version/1.geojson").data)["features"][0]["properties"] == {
        "name": "Outline 1"
    }


def test_a_council_begins_with_its_own_parish(sign_in, loaded):
    assert "Parish: Cole" in sign_in("cole").page("/f/cole/area/draft").text


@pytest.mark.parametrize("words", ["%25", "_", "%00", "x" * 5000, "<script>"])
def test_any_words_may_be_looked_for(sign_in, loaded, words):
    page = sign_in("ash").get(f"{START}?q={words}")
    assert page.status_code == 200
    assert "<script>" not in page.get_data(as_text=True).replace("<script nonce", "")


@pytest.mark.parametrize(
    "start",
    [
        "",
        "parish",
        "parish/",
        "parish/x",
        "version/9",
        "version/²",
        "ward/1",
        "../../etc/passwd",
        "authority/1",
    ],
)
def test_what_is_not_there_leaves_the_form_as_it_was(sign_in, loaded, start):
    page = sign_in("ash").page(f"{DRAFT}?start={start}")
    assert "Nothing is saved yet" not in page.text


def test_a_kind_is_asked_for_by_its_own_name(sign_in, loaded):
    _, parish = loaded["Cole"]
    chair = sign_in("ash")
    assert chair.get(f"{START}/boundary/{parish}.geojson").status_code == 200
    assert "Nothing is saved yet" in chair.page(f"/f/ash/area/draft?start=parish/{parish}").text
    assert "Nothing is saved yet" not in chair.page(f"/f/ash/area/draft?start=ward/{parish}").text


def test_only_who_may_draw_begins(sign_in, client, loaded, working):
    with working("ash"):
        save_version(square(), source="drawn", by=None)
    for at in (START, f"{START}/version/1.geojson", f"{START}/boundary/{loaded['Cole'][1]}.geojson"):
        assert client.get(at).status_code == 302
        assert sign_in("ash", "viewer").get(at).status_code == 403
        assert sign_in("beck").get(at).status_code == 404
    assert sign_in("beck").get("/f/beck/area/start/version/1.geojson").status_code == 404
    assert "Nothing is saved yet" not in sign_in("beck").page("/f/beck/area/draft?start=version/1").text
