"""Many sites from one file."""

import json

import pytest

from consult.plans.models import latest_version
from tests.areas.ground import drawn, square
from tests.plans.land import GREEN, add_site, draw_area

ADDRESS = "/f/ash/plan/new-sites"
FIELDS = {"reference_field": "reference", "name_field": "name", "kind_field": "kind", "notes_field": "notes"}


@pytest.fixture
def organiser(sign_in, working):
    with working("ash"):
        draw_area()
    return sign_in("ash", "organiser")


def feature(east, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(drawn(square(east, 100, 100))),
    }


def send(client, *features, content=None, **fields):
    content = content or json.dumps({"type": "FeatureCollection", "features": features})
    parts = [f'name="{name}"\r\n\r\n{value}' for name, value in (FIELDS | fields).items()]
    parts.append(f'name="file"; filename="sites.geojson"\r\n\r\n{content}')
    body = "".join(f"--edge\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--edge--\r\n"
    return client.post(ADDRESS, data=body.encode(), content_type="multipart/form-data; boundary=edge")


def titles(working):
    with working("ash"):
        version = latest_version()
        return [(site.title, site.kind) for site in version.sites] if version else []


def test_those_that_may_lie_there_go_in_and_the_others_are_named_with_their_reason(organiser, working):
    answer = send(
        organiser,
        feature(100, reference="LGS-1", name="One", kind="Local-Green-Space"),
        feature(150, reference="LGS-2", name="Two", kind=GREEN),
        feature(3000, reference="LGS-3", name="Three", kind=GREEN),
        feature(300, reference="lgs-1", name="Four", kind=GREEN),
        feature(500, reference="H/1", name="Five", kind=GREEN),
        feature(500, reference="H1", kind=GREEN),
        feature(500, reference="H2", name="<b>Six", kind="castle"),
        feature(700, reference=7, name="Seven", notes="Known."),
        kind="other",
    )
    assert answer.status_code == 200
    for words in (
        "2 sites are added",
        "Number 2 in the file, LGS-2 Two: It overlaps LGS-1 One, another site of its kind",
        "Number 3 in the file, LGS-3 Three: It reaches outside the neighbourhood area",
        "Number 4 in the file, lgs-1 Four: There is already a site lgs-1",
        "Number 5 in the file, H/1 Five: Its reference may have only letters",
        "Number 6 in the file, H1: It has no name.",
        "Number 7 in the file, H2 &lt;b&gt;Six: Its kind is “castle”",
    ):
        assert words in answer.text
    assert titles(working) == [("7 Seven", "other"), ("LGS-1 One", GREEN)]


def test_other_fields_may_be_picked(organiser, working):
    picked = {"reference_field": "ref", "name_field": "label", "kind_field": ""}
    assert send(organiser, feature(100, ref="A", label="Ay"), kind="heritage", **picked).status_code == 200
    assert titles(working) == [("A Ay", "heritage")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("nonsense", "not a boundary file"),
        ('{"type":"Point","coordinates":[-1.3,51.7]}', "not an area"),
        (json.dumps({"type": "FeatureCollection", "features": [feature(0)] * 101}), "100 go in at once"),
        (json.dumps({"type": "FeatureCollection", "features": [feature(0)]}), "None of them could be added"),
    ],
)
def test_a_file_that_holds_none_is_refused_in_words_and_begins_no_version(
    organiser, working, content, sentence
):
    with working("ash"):
        add_site("H1", 600)
        latest_version().freeze()
    answer = send(organiser, content=content, name_field="my-own")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "my-own" in answer.text
    with working("ash"):
        assert latest_version().number == 1


def test_no_file_and_no_area_are_asked_for(organiser, sign_in):
    assert "Choose a file." in organiser.post(ADDRESS, data=FIELDS).text
    beck = sign_in("beck", "organiser")
    assert beck.get("/f/beck/plan/new-sites").status_code == 200
    assert sign_in("ash", "viewer").get(ADDRESS).status_code == 403
