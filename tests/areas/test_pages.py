"""The area from the first outline to the decision, as people do it."""

import json
from datetime import timedelta

import pytest

from consult import clock
from consult.areas import register
from consult.areas.models import latest_version
from geodata.reading import read_geojson
from tests.areas.ground import application_of, apply_here, drawn, square
from tests.consultations.setting import consultation, designate

WORDS = {"name": "Ash Hill", "why_appropriate": "One place.", "relevant_body": "It is ours."}
DAY = ["14", "3", "2026"]
BOWTIE = json.dumps(
    {
        "type": "Polygon",
        "coordinates": [[[-1.3, 51.7], [-1.29, 51.71], [-1.29, 51.7], [-1.3, 51.71], [-1.3, 51.7]]],
    }
)


def save(client, shape, slug="ash"):
    return client.send(f"/f/{slug}/area/draft", outline=drawn(shape))


def send_file(client, content, name="area.geojson", outline=""):
    """As a browser would; written out, since the test client leaves the files it makes for large bodies open."""
    parts = [
        f'name="outline"\r\n\r\n{outline}'.encode(),
        f'name="file"; filename="{name}"\r\n\r\n'.encode() + content,
    ]
    body = (
        b"".join(b"--edge\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
        + b"--edge--\r\n"
    )
    return client.post("/f/ash/area/draft", data=body, content_type="multipart/form-data; boundary=edge")


def applications_page(client):
    return client.page("/a/northam/applications")


def test_a_person_draws_applies_and_the_officer_designates(sign_in, client, working, world):
    chair = sign_in("ash", "chair")
    assert "Draw the area" in chair.page("/f/ash/area/draft").text
    assert save(chair, square()).status_code == 303
    assert "100.0 hectares" in chair.page("/f/ash/area/draft").text
    assert "has no area on the register" in client.page("/f/ash/area").text
    assert "Why this is the right area" in chair.page("/f/ash/area/application").text
    assert chair.send("/f/ash/area/application", **WORDS).status_code == 303
    public = client.page("/f/ash/area")
    assert "Applied for" in public.text
    assert "<svg" in public.html
    officer = sign_in("northam", "officer")
    assert "Ash Hill" in applications_page(officer).text
    with working("northam"):
        address = f"/a/northam/applications/{application_of(world.space['ash']).id}"
    assert "It is ours." in officer.page(address).text
    done = officer.post(
        f"{address}/designation", data={"designation-on": DAY, "designation-reasons": "Sound."}
    )
    assert done.status_code == 303
    assert "Sound." in officer.page(address).text
    assert "14 March 2026" in client.page("/f/ash/area").text
    assert "Sound." in chair.page("/f/ash/area").text


def test_the_outline_comes_back_to_the_same_millimetre(sign_in, working):
    chair = sign_in("ash")
    save(chair, square(0.123, 0.456))
    with working("ash"):
        outline = latest_version().outline
    text = chair.page("/f/ash/area/draft").tree.find(".//textarea[@name='outline']").text
    chair.send("/f/ash/area/draft", outline=text)
    with working("ash"):
        assert latest_version().number == 1
        assert latest_version().outline == outline
        assert latest_version().original


def test_a_file_is_an_outline_too(sign_in, working):
    assert send_file(sign_in("ash"), drawn(square()).encode(), name="ours.geojson").status_code == 303
    with working("ash"):
        version = latest_version()
        assert (version.source, version.original_name) == ("uploaded", "ours.geojson")


def test_a_crossed_outline_is_explained_and_repaired(sign_in, working):
    chair = sign_in("ash")
    answer = chair.send("/f/ash/area/draft", outline=BOWTIE)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "The outline crosses itself" in page
    assert "The repair changes the area by" in page
    assert page.count("<svg") >= 3
    assert chair.send("/f/ash/area/draft/repair", outline=BOWTIE).status_code == 303
    with working("ash"):
        version = latest_version()
        assert version.source == "repaired"
        assert version.original == BOWTIE.encode()
        assert version.geometry.is_valid


BAD = {
    "nothing": ("", "Draw the outline on the map"),
    "not JSON": ("hello <b>there</b>", "not a boundary file"),
    "deep": ("[" * 100_000, "more than 16 deep"),
    "NaN": ('{"type":"Polygon","coordinates":[[[NaN,51],[0,51],[0,52],[NaN,51]]]}', "NaN"),
    "a point": ('{"type":"Point","coordinates":[-1.3,51.7]}', "not an area"),
    "in the sea": (drawn(square()).replace("51.", "31."), "outside Great Britain"),
    "an empty collection": ('{"type":"FeatureCollection","features":[]}', "no shapes"),
    "an expression": ("${7 * 7}", "not a boundary file"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_outline_gets_a_sentence_and_the_text_is_kept(sign_in, working, case):
    text, sentence = BAD[case]
    answer = sign_in("ash").send("/f/ash/area/draft", outline=text)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert sentence in page
    assert 'id="outline-error"' in page
    with working("ash"):
        assert latest_version() is None


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04" + bytes(range(256)), b"\xff\xfe\x00", b"<html>", b"[" * 9_000_000]
)
def test_a_bad_file_gets_a_sentence_beside_its_field_and_the_typed_text_stays(sign_in, content):
    answer = send_file(sign_in("ash"), content, outline="what I typed")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="file-error"' in page
    assert "what I typed" in page


def test_a_file_over_the_limit_is_refused_in_words(sign_in):
    answer = send_file(sign_in("ash"), b" " * 11_000_000)
    assert answer.status_code == 413
    page = answer.get_data(as_text=True)
    assert "A form can carry 10 MB" in page
    assert 'href="/f/ash/area/draft">Begin the form again' in page


def test_a_repair_of_something_else_is_refused_in_a_sentence(sign_in):
    answer = sign_in("ash").send("/f/ash/area/draft/repair", outline="nonsense")
    assert answer.status_code == 409
    assert "not a boundary file" in answer.get_data(as_text=True)


def test_a_contested_applicant_is_told_which_area_by_name(sign_in, working, client):
    with working("beck"):
        apply_here(square(500), "Beckside")
    chair = sign_in("ash")
    save(chair, square())
    assert "Beckside" in chair.page("/f/ash/area/application").text
    chair.send("/f/ash/area/application", **WORDS)
    page = chair.page("/f/ash/area")
    assert "it is contested" in page.text
    assert "“Beckside”" in page.text
    assert "contested" not in client.page("/f/ash/area").text
    officer = sign_in("northam", "officer")
    assert "Overlaps “Beckside”" in applications_page(officer).text
    assert chair.send("/f/ash/area/application/withdrawal").status_code == 303
    assert "Withdrawn" in chair.page("/f/ash/area").text


def test_the_officer_sees_both_outlines_of_a_contest_and_settles_it(sign_in, working, world):
    with working("beck"):
        apply_here(square(500), "Beckside")
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        ash, beck = (f"/a/northam/applications/{application_of(world.space[s]).id}" for s in ("ash", "beck"))
    officer = sign_in("northam", "officer")
    page = officer.page(ash)
    assert "500,000 m²" in page.text
    assert "Beckside" in page.text
    assert "Designate the area" not in page.text
    answer = officer.post(f"{ash}/designation", data={"designation-on": DAY})
    assert answer.status_code == 409
    assert "overlaps “Beckside”" in answer.get_data(as_text=True)
    assert officer.post(f"{beck}/refusal", data={"refusal-on": DAY}).status_code == 422
    done = officer.post(f"{beck}/refusal", data={"refusal-on": DAY, "refusal-reasons": "Too wide."})
    assert done.status_code == 303
    assert "it can be designated now" in officer.page(ash).text
    assert officer.post(f"{ash}/designation", data={"designation-on": DAY}).status_code == 303


def test_slivers_ask_for_a_reason_beside_the_field(sign_in, working, world):
    with working("beck"):
        apply_here(square(999.5), "Beckside")
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        address = f"/a/northam/applications/{application_of(world.space['ash']).id}"
    officer = sign_in("northam", "officer")
    fields = {"designation-on": DAY, "designation-edge": "leave"}
    answer = officer.post(f"{address}/designation", data=fields)
    assert answer.status_code == 422
    assert 'id="designation-slivers-error"' in answer.get_data(as_text=True)
    fields |= {"designation-slivers": "Two surveys."}
    assert officer.post(f"{address}/designation", data=fields).status_code == 303


@pytest.mark.parametrize(
    "day", [[], ["14"], ["a", "b", "c"], ["31", "2", "2026"], ["1", "1", "2999"], ["1", "1", "1999"]]
)
def test_a_wrong_day_gets_a_sentence(sign_in, working, world, day):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        address = f"/a/northam/applications/{application_of(world.space['ash']).id}"
    answer = sign_in("northam", "officer").post(f"{address}/designation", data={"designation-on": day})
    assert answer.status_code == 422
    assert 'id="designation-on-error"' in answer.get_data(as_text=True)


def test_markup_in_the_words_is_only_words(sign_in, client):
    chair = sign_in("ash")
    save(chair, square())
    words = {name: "<script>alert(1)</script>=1+1" for name in WORDS}
    chair.send("/f/ash/area/application", **words)
    assert "<script>alert" not in client.page("/f/ash/area").html
    assert "<script>alert" not in client.page("/register").html
    assert "\n'=" not in client.get("/register.csv").get_data(as_text=True)


def test_nobody_else_sees_a_draft(sign_in, client):
    save(sign_in("ash"), square())
    for stranger in (client, sign_in("beck"), sign_in("northam", "officer")):
        page = stranger.page("/f/ash/area")
        assert "Outline 1" not in page.text
        assert '<svg class="app-mark' in page.html
        assert stranger.get("/f/ash/area.geojson").get_json()["features"] == []
        assert stranger.get("/f/ash/area/draft").status_code in (302, 404)


def test_an_authority_has_no_area(sign_in):
    officer = sign_in("northam", "officer")
    for address in ("area", "area.geojson", "area/neighbours.geojson", "area/draft"):
        assert officer.get(f"/a/northam/{address}").status_code == 404
    assert sign_in("ash").get("/f/ash/applications").status_code == 404


def test_the_outline_and_its_neighbours_are_geojson(client, working):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        apply_here(square(1000), "Beckside")
    [feature] = client.get("/f/ash/area.geojson").get_json()["features"]
    assert feature["properties"]["name"] == "Ash Hill"
    [neighbour] = client.get("/f/ash/area/neighbours.geojson").get_json()["features"]
    assert neighbour["properties"]["name"] == "Beckside"
    with working("ash"):
        kept = register.entries()[0].geometry
        assert read_geojson(client.get("/f/ash/area.geojson").data).features[0].geometry.equals(kept)


def test_a_home_shows_what_to_take_part_in_before_the_map(sign_in, client, working, world):
    with working("ash"):
        designate()
        consultation(title="Your say", last_day=clock.today() + timedelta(days=9)).open(None)
    words = client.page("/f/ash/").text
    assert words.index("Your say") < words.index("Neighbourhood area")
    begin = sign_in("beck").page("/f/beck/").text
    assert begin.index("Begin with the map") < begin.index("Start a consultation")


def test_a_page_offers_only_what_can_be_done(sign_in, working):
    chair = sign_in("ash")
    assert "What members see" not in chair.page("/f/ash/area").text
    save(chair, square())
    assert "Go on to the application" in chair.page("/f/ash/area/draft").text
    with working("ash"):
        designate()
    page = chair.page("/f/ash/area/draft").text
    assert "Go on to the application" not in page
    assert "only Northam District Council can" in page
