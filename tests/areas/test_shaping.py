"""What the editor asks of the server: exact shapes, one sentence where there is none, and nothing kept."""

import json

import pytest
import shapely

from consult.areas.models import latest_version
from geodata.reading import read_geojson
from tests.areas.ground import drawn, square


def ask(client, act, shape, slug="ash", **more):
    asked = {
        "act": act,
        "shape": json.loads(drawn(shape)),
        **{k: json.loads(drawn(v)) for k, v in more.items()},
    }
    return client.send(f"/f/{slug}/area/shaping", asked=json.dumps(asked))


def shape_in(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return read_geojson(json.dumps(answer.json["shape"]).encode()).features[0].geometry


def across(east):
    x = square().bounds[0] + east
    return shapely.LineString([(x, square().bounds[1] - 50), (x, square().bounds[3] + 50)])


def test_a_cut_gives_both_pieces_to_the_millimetre(sign_in):
    pieces = shapely.get_parts(shape_in(ask(sign_in("ash"), "cut", square(), line=across(400))))
    assert sorted(piece.area for piece in pieces) == pytest.approx([400_000, 600_000], abs=0.5)
    assert pieces[0].intersection(pieces[1]).area == 0
    assert shapely.union_all(pieces).symmetric_difference(square()).area == pytest.approx(0, abs=0.5)


def test_what_was_cut_is_joined_again(sign_in):
    chair = sign_in("ash")
    cut = shape_in(ask(chair, "cut", square(), line=across(400)))
    joined = shape_in(ask(chair, "join", cut))
    assert len(shapely.get_parts(joined)) == 1
    assert joined.area == pytest.approx(square().area, abs=0.5)


def test_a_hole_and_another_part(sign_in):
    chair = sign_in("ash")
    holed = shape_in(ask(chair, "add_hole", square(), other=square(300, 300, 100)))
    assert holed.area == pytest.approx(990_000, abs=0.5)
    more = shape_in(ask(chair, "add_part", holed, other=square(2000, 0, 100)))
    assert len(shapely.get_parts(more)) == 2
    assert more.area == pytest.approx(1_000_000, abs=0.5)


@pytest.mark.parametrize(
    ("act", "more", "words"),
    [
        ("cut", {"line": across(5000)}, "does not cut the area in two"),
        ("add_hole", {"other": square(900, 900, 500)}, "not wholly inside"),
        ("add_part", {"other": square(100, 100, 50)}, "covers that part already"),
    ],
)
def test_what_cannot_be_done_is_said(sign_in, act, more, words):
    answer = ask(sign_in("ash"), act, square(), **more)
    assert answer.status_code == 422
    assert words in answer.json["sentence"]


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "[]",
        "{}",
        "1e400",
        '{"act": ["cut"]}',
        '{"act": "repair", "shape": {}}',
        '{"act": "cut"}',
        '{"act": "cut", "shape": {"type": "Point", "coordinates": [-1, 52]}}',
        '{"act": "cut", "shape": ' + drawn(square()) + "}",
        '{"act": "cut", "shape": ' + drawn(square()) + ', "line": ' + drawn(square()) + "}",
        '{"act": "cut", "shape": '
        + drawn(square())
        + ', "line": {"type": "LineString", "coordinates": [[NaN, 1]]}}',
        '{"act": "add_hole", "shape": ' + drawn(square()) + ', "other": null}',
        "[" * 5000,
    ],
)
def test_nonsense_gets_one_sentence(sign_in, asked):
    answer = sign_in("ash").send("/f/ash/area/shaping", asked=asked)
    assert answer.status_code == 422
    assert answer.json["sentence"].endswith((".", "?"))


def test_nothing_is_kept(sign_in, working):
    ask(sign_in("ash"), "cut", square(), line=across(400))
    with working("ash"):
        assert latest_version() is None


def test_it_is_for_those_who_may_draw(sign_in, client):
    assert ask(sign_in("ash", "viewer"), "join", square()).status_code == 403
    assert ask(sign_in("beck"), "join", square()).status_code == 404
    assert ask(client, "join", square()).status_code in (302, 303, 401, 404)
