"""A file that waits until somebody has said which shape in it is the area."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.areas.from_file import uploading
from consult.areas.models import AreaVersion, latest_version
from consult.areas.outline import choosing, uploads
from consult.areas.outline.uploads import Upload, file_name
from consult.database import db
from tests.areas.ground import apply_here, drawn, person, square
from tests.areas.test_pages import BOWTIE, send_file

DRAFT = "/f/ash/area/draft"


def feature(shape, name="", **more):
    geometry = shape if isinstance(shape, dict) else json.loads(drawn(shape))
    return {"type": "Feature", "properties": {"name": name, **more}, "geometry": geometry}


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


TWO = collection(feature(square(), "Mill End"), feature(square(1000), "Mill <b>Lane</b>"))


def sent(client, content=TWO, name="parishes.geojson"):
    """The page to which an upload leads."""
    answer = send_file(client, content, name=name)
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    assert "/area/uploads/" in answer.location
    return answer.location


def kept(slug, working):
    with working(slug):
        return db.session.scalar(sa.select(sa.func.count()).select_from(Upload))


def test_a_file_with_two_shapes_asks_which_is_the_area_and_keeps_it_as_it_came(sign_in, working):
    chair = sign_in("ash")
    address = sent(chair)
    page = chair.page(address)
    assert "Mill End, 100.0 hectares" in page.text
    assert "Mill <b>Lane</b>, 100.0 hectares" in page.text
    assert "Save this as the outline" not in page.text
    chosen = chair.page(f"{address}?shape=2")
    assert "Save this as the outline" in chosen.text
    done = chair.post(f"{address}/version", data={"shape": ["2"]})
    assert done.status_code == 303
    with working("ash"):
        version = latest_version()
        assert (version.source, version.original_name) == ("uploaded", "parishes.geojson")
        assert version.original == TWO
        assert version.geometry.equals(square(1000))
    assert kept("ash", working) == 0
    assert chair.get(address).status_code == 404


def test_several_shapes_are_joined_to_one(sign_in, working):
    chair = sign_in("ash")
    address = sent(chair)
    assert "2 shapes joined" in chair.page(f"{address}?shape=1&shape=2").text
    chair.post(f"{address}/version", data={"shape": ["1", "2"]})
    with working("ash"):
        version = latest_version()
        assert version.hectares == pytest.approx(200)
        assert len(version.geometry.geoms) == 1


def test_a_pasted_text_with_two_shapes_waits_as_well(sign_in):
    chair = sign_in("ash")
    answer = chair.send(DRAFT, outline=TWO.decode())
    assert answer.status_code == 303
    assert "What you pasted" in chair.page(answer.location).text
    assert "Files that wait for you" in chair.page(DRAFT).text


def test_a_crossed_outline_in_a_file_is_shown_before_and_after_and_saved_only_as_repaired(sign_in, working):
    chair = sign_in("ash")
    address = sent(chair, BOWTIE.encode(), name="bow tie.geojson")
    page = chair.page(address)
    assert "The outline crosses itself" in page.text
    assert "To mend" in page.text
    assert "The repair changes the area by" in page.text
    assert page.html.count("<svg") >= 4
    assert "Save this as the outline" not in page.text
    refused = chair.post(f"{address}/version", data={"shape": ["1"]})
    assert refused.status_code == 422
    with working("ash"):
        assert latest_version() is None
    assert chair.post(f"{address}/version", data={"shape": ["1"], "repair": "yes"}).status_code == 303
    with working("ash"):
        version = latest_version()
        assert version.source == "repaired"
        assert version.original == BOWTIE.encode()


def test_shapes_that_are_wrong_are_mended_together(sign_in, working):
    chair = sign_in("ash")
    address = sent(chair, collection(feature(json.loads(BOWTIE), "Bow"), feature(square(9000), "Square")))
    assert "The outline crosses itself" in chair.page(f"{address}?shape=1&shape=2").text
    done = chair.post(f"{address}/version", data={"shape": ["1", "2"], "repair": "yes"})
    assert done.status_code == 303
    with working("ash"):
        assert latest_version().geometry.contains(square(9000).buffer(-1))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"shape": []},
        {"shape": ["0"]},
        {"shape": ["3"]},
        {"shape": ["9" * 5000]},
        {"shape": ["-1", "zwei", "²", "\x00"]},
        {"layer": "7", "shape": ["x"]},
    ],
)
def test_a_choice_of_nothing_gets_a_sentence_and_the_file_stays(sign_in, working, fields):
    chair = sign_in("ash")
    address = sent(chair)
    answer = chair.post(f"{address}/version", data=fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Choose which of the shapes is your area" in page
    assert "Mill End" in page
    assert kept("ash", working) == 1


def test_what_was_chosen_stays_chosen_when_it_is_refused(sign_in):
    chair = sign_in("ash")
    address = sent(chair, collection(feature(json.loads(BOWTIE), "Bow"), feature(square(9000), "Square")))
    answer = chair.post(f"{address}/version", data={"shape": ["1"]})
    assert answer.status_code == 422
    assert 'id="shape-error"' in answer.get_data(as_text=True)
    assert 'value="1" checked' in " ".join(answer.get_data(as_text=True).split())


def test_more_points_than_an_outline_may_have_are_refused_before_they_are_saved(
    sign_in, working, monkeypatch
):
    monkeypatch.setattr(choosing, "MOST_POINTS", 4)
    chair = sign_in("ash")
    address = sent(chair)
    assert "the limit is 4" in chair.page(f"{address}?shape=1").text
    assert chair.post(f"{address}/version", data={"shape": ["1"]}).status_code == 422


def test_more_shapes_than_can_be_joined_are_refused_in_a_sentence(sign_in, working, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_CHOSEN", 1)
    chair = sign_in("ash")
    address = sent(chair)
    assert "the limit is 1: choose fewer" in chair.page(f"{address}?shape=1&shape=2").text
    assert chair.post(f"{address}/version", data={"shape": ["1", "2"]}).status_code == 422
    assert kept("ash", working) == 1


def test_a_long_list_is_found_by_name(sign_in):
    chair = sign_in("ash")
    many = [feature(square(n * 20, metres=10), f"Plot {n}") for n in range(150)]
    address = sent(chair, collection(*many))
    assert "100 of 150 are listed" in chair.page(address).text
    found = chair.page(f"{address}?q=plot+149&shape=3").text
    assert "Plot 149," in found
    assert "Plot 2," in found  # what was chosen stays on the list
    assert "Plot 7," not in found


def test_cancelling_removes_it_and_saves_nothing(sign_in, working):
    chair = sign_in("ash")
    address = sent(chair)
    assert chair.send(f"{address}/removal").status_code == 303
    assert kept("ash", working) == 0
    with working("ash"):
        assert latest_version() is None


def test_what_nobody_chose_from_is_gone_after_a_week(app, sign_in, working):
    chair = sign_in("ash")
    sent(chair)
    with app.app_context():
        jobs.run_due()
    assert kept("ash", working) == 1
    later = clock.standing_at.set(clock.now() + timedelta(days=7, minutes=1))
    try:
        with app.app_context():
            jobs.run_due()
    finally:
        clock.standing_at.reset(later)
    assert kept("ash", working) == 0


def test_a_job_for_a_file_that_is_gone_does_nothing(app, sign_in, working):
    chair = sign_in("ash")
    address = sent(chair)
    chair.send(f"{address}/removal")
    later = clock.standing_at.set(clock.now() + timedelta(days=8))
    try:
        with app.app_context():
            assert jobs.run_due() == 1
    finally:
        clock.standing_at.reset(later)


def test_only_so_many_wait(sign_in, working, world, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_WAITING", 1)
    chair = sign_in("ash")
    sent(chair)
    answer = send_file(chair, TWO)
    assert answer.status_code == 422
    assert "wait already" in answer.get_data(as_text=True)
    typed = chair.send(DRAFT, outline=TWO.decode())
    assert typed.status_code == 422
    assert "Mill End" in typed.get_data(as_text=True)
    assert kept("ash", working) == 1


# Whose they are.


@pytest.mark.parametrize(
    "who", [("beck", "chair"), ("northam", "officer"), ("ash", "viewer"), ("ash", "analyst")]
)
def test_nobody_else_reads_saves_or_cancels_it(sign_in, working, who):
    chair, stranger = sign_in("ash"), sign_in(*who)
    address = sent(chair)
    stranger.inspect = False
    for method, at in (("get", address), ("post", f"{address}/version"), ("post", f"{address}/removal")):
        assert getattr(stranger, method)(at).status_code in (403, 404)
    elsewhere = address.replace("/f/ash/", "/f/beck/")
    if who[0] == "beck":
        for method, at in (
            ("get", elsewhere),
            ("post", f"{elsewhere}/version"),
            ("post", f"{elsewhere}/removal"),
        ):
            assert getattr(stranger, method)(at).status_code == 404
    assert kept("ash", working) == 1


def test_the_file_shows_no_draft_of_anybody_else(sign_in, working):
    """What another body drew is in its space; only the register is read."""
    with working("beck"):
        apply_here(square(500), "Beckside as it was applied for")
    with working("dell"):
        db.session.add(canary_of("dell"))
    beck = sign_in("beck")
    beck.send("/f/beck/area/draft", outline=drawn(square(-500, 0)))
    chair = sign_in("ash")
    page = chair.page(f"{sent(chair)}?shape=1")
    assert "overlaps “Beckside as it was applied for” by 50.0 hectares" in page.text
    assert page.text.count("overlaps “") == 1


def canary_of(slug):
    return Upload(name=f"{slug} canary", content=TWO, format="GeoJSON")


# Names that people and browsers send.


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\fakepath\\our area.kml", "our area.kml"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x=1.gml", "a Set-Cookie: x=1.gml"),
        ("evil\u202egnp.exe", "evil gnp.exe"),
        ("nul\x00byte.zip", "nul byte.zip"),
        ("", ""),
        ("..", ".."),
    ],
)
def test_a_name_is_only_a_name(given, name):
    assert file_name(given) == name


def test_a_long_name_keeps_its_ending():
    short = file_name("x" * 5000 + ".geojson")
    assert len(short) <= uploads.LONGEST_NAME
    assert short.endswith(".geojson")


def test_a_hostile_name_is_only_words_on_the_page_and_in_the_download(sign_in, working):
    chair = sign_in("ash")
    name = "<script>alert(1)</script>‮.geojson"
    address = sent(chair, name=name.replace('"', ""))
    assert "<script>alert" not in chair.page(address).html
    chair.post(f"{address}/version", data={"shape": ["1"]})
    page = chair.page("/f/ash/area/versions/1")
    assert "<script>alert" not in page.html
    file = chair.get("/f/ash/area/versions/1/original")
    assert file.data == TWO
    assert file.headers["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in file.headers["Content-Disposition"]
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.mimetype == "application/octet-stream"


def test_versions_are_only_ever_added(sign_in, working, world):
    chair = sign_in("ash")
    for number in ("1", "2"):
        chair.post(f"{sent(chair)}/version", data={"shape": [number]})
    with working("ash"):
        found = db.session.scalars(sa.select(AreaVersion).order_by(AreaVersion.number)).all()
        assert [v.number for v in found] == [1, 2]
        assert found[0].geometry.equals(square())
        assert found[0].by_id == person(world.person["ash", "chair"]).id


def test_a_file_is_not_read_again_without_end(counting, sign_in, monkeypatch):
    """Each look costs as much as the upload did."""
    monkeypatch.setattr(uploading, "EACH_SPACE", "3 per minute")
    client = sign_in("ash")
    address = sent(client)
    assert [client.get(address).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert client.send(f"{address}/version", shape="0").status_code == 429
