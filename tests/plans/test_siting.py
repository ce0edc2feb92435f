"""Drawing, describing and removing sites, as an organiser does it."""

import json

import pytest
import sqlalchemy as sa
from shapely.geometry import Polygon, shape

from consult.audit import Access, Deed
from consult.database import db
from consult.plans.models import latest_version
from consult.plans.sites import OwnerContact
from tests.areas.ground import drawn, square
from tests.inspector import tree
from tests.plans.land import GREEN, HOUSING, add_site, draw_area

SITES = "/f/ash/plan/sites"
NEW = "/f/ash/plan/new-site"
WORDS = {"reference": "H1", "name": "The Yard", "kind": HOUSING, "notes": "Empty since 2019.\nConcrete."}
BOWTIE = drawn(
    Polygon([(450_100, 200_100), (450_200, 200_200), (450_200, 200_100), (450_100, 200_180)]),
)


@pytest.fixture
def organiser(sign_in, working):
    with working("ash"):
        draw_area()
    with working("beck"):
        draw_area(east=5000)
    return sign_in("ash", "organiser")


def save(client, east=100.0, metres=100, address=NEW, **words):
    return client.send(address, **(WORDS | {"outline": drawn(square(east, 100, metres))} | words))


def titles(working, slug="ash"):
    with working(slug):
        version = latest_version()
        return [site.title for site in version.sites] if version else []


def test_an_organiser_draws_a_site_and_finds_it_on_the_map_and_in_words(organiser, working):
    assert "No sites yet" in organiser.page(SITES).text
    assert "Where it is" in organiser.page(NEW).text
    assert save(organiser).status_code == 303
    page = organiser.page(f"{SITES}/H1")
    assert "1.0 hectares, 490 m south-west of the middle of the area." in page.text
    assert "Empty since 2019." in page.text
    assert "<svg" in page.html
    listed = organiser.page(SITES)
    assert "Housing allocations" in listed.text
    assert "H1 The Yard" in listed.text
    assert "1 site, on a map and in words" in organiser.page("/f/ash/plan").text
    with working("ash"):
        deed = db.session.scalars(sa.select(Deed).where(Deed.act == "plan.site_written")).one()
        assert (deed.by, deed.subject) == ("Organiser of Ash", "H1 The Yard")


def test_without_an_area_it_is_drawn_first(sign_in):
    organiser = sign_in("ash", "organiser")
    for address in (SITES, NEW):
        assert "Draw the area first" in organiser.page(address).text
    refused = save(organiser)
    assert refused.status_code == 422
    assert "Draw the neighbourhood area first" in refused.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reference": ""}, "Enter the site’s reference"),
        ({"reference": "H/1"}, "Use only letters, numbers"),
        ({"reference": "lgs-1"}, "There is already a site lgs-1"),
        ({"name": ""}, "Enter the name of the site"),
        ({"kind": ""}, "Choose what kind of site it is"),
        ({"kind": "castle"}, "Choose one of the answers that are offered"),
        ({"notes": "x" * 10_001}, "10,000 characters or fewer"),
        ({"outline": ""}, "Draw the outline on the map"),
        ({"outline": "nonsense"}, "not a boundary file"),
        (
            {"outline": drawn(square(950, 100, 100))},
            "It reaches outside the neighbourhood area with 5,000 m²",
        ),
        ({"outline": BOWTIE}, "The outline crosses itself"),
    ],
)
def test_what_is_wrong_is_explained_and_nothing_is_lost(organiser, working, change, sentence):
    with working("ash"):
        add_site("LGS-1", 600, kind=GREEN)
    answer = save(organiser, **({"notes": "Kept words"} | change))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words" in answer.text or "notes" in change
    typed = tree(answer.text).find(".//textarea[@name='outline']").text or ""
    assert typed.strip() == change.get("outline", drawn(square(100, 100, 100)))
    assert titles(working) == ["LGS-1 Land at LGS-1"]


def test_the_two_lists_of_words_and_of_the_outline_are_looked_at_together(organiser):
    answer = save(organiser, name="", outline="nonsense")
    assert "Enter the name of the site" in answer.text
    assert "not a boundary file" in answer.text


def test_a_crossed_outline_is_repaired_when_the_person_accepts(organiser, working):
    answer = save(organiser, outline=BOWTIE)
    assert "Accept the repair and save it" in answer.text
    assert answer.text.count("<svg") >= 3
    assert save(organiser, outline=BOWTIE, do="repair").status_code == 303
    with working("ash"):
        (site,) = latest_version().sites
        assert (site.source, site.geometry.is_valid, site.notes) == ("repaired", True, WORDS["notes"])


def test_an_overlap_is_shown_and_cut_back_when_the_person_accepts(organiser, working):
    save(organiser)
    taken = {"reference": "H2", "outline": drawn(square(150, 100, 100))}
    answer = save(organiser, **taken)
    assert answer.status_code == 422
    assert (
        "It overlaps H1 The Yard, another site of its kind (housing allocation), by 5,000 m²" in answer.text
    )
    assert "changes the site by 5,000 m²" in answer.text
    assert save(organiser, **taken, do="repair").status_code == 303
    with working("ash"):
        first, second = latest_version().sites
        assert second.hectares == pytest.approx(0.5, abs=0.001)
        assert first.geometry.touches(second.geometry)
    assert "It borders H1 The Yard." in organiser.page(f"{SITES}/H2").text


def test_where_nothing_would_be_left_there_is_no_repair(organiser):
    answer = save(organiser, east=3000)
    assert "Nothing would be left of it" in answer.text
    assert "Accept the repair" not in answer.text
    assert save(organiser, east=3000, do="repair").status_code == 422


def test_a_file_stays_on_the_form_when_a_word_is_wrong(organiser):
    parts = [f'name="{name}"\r\n\r\n{value}' for name, value in (WORDS | {"name": ""}).items()]
    parts.append(f'name="file"; filename="yard.geojson"\r\n\r\n{drawn(square(100, 100, 100))}')
    body = "".join(f"--edge\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--edge--\r\n"
    answer = organiser.post(NEW, data=body.encode(), content_type="multipart/form-data; boundary=edge")
    assert answer.status_code == 422
    assert "Polygon" in answer.text


def test_a_site_is_changed_and_its_outline_comes_back_to_the_millimetre(organiser, working):
    save(organiser, east=100.123)
    with working("ash"):
        before = latest_version().sites[0].outline
    page = organiser.page(f"{SITES}/H1/change")
    outline = page.tree.find(".//textarea[@name='outline']").text
    save(organiser, address=f"{SITES}/H1/change", outline=outline, reference="H9", name="The Old Yard")
    assert titles(working) == ["H9 The Old Yard"]
    with working("ash"):
        assert latest_version().sites[0].outline == before


def test_a_site_that_people_were_asked_about_stays_and_the_next_version_is_without_it(organiser, working):
    save(organiser)
    with working("ash"):
        latest_version().freeze()
    assert "Removing it begins version 2, without it." in organiser.page(f"{SITES}/H1").text
    assert organiser.send(f"{SITES}/H1/removal").status_code == 303
    assert titles(working) == []
    kept = organiser.page("/f/ash/plan/versions/1")
    assert "H1 The Yard" in kept.text
    assert "<svg" in kept.html


def test_a_refused_outline_begins_no_version(organiser, working):
    save(organiser)
    with working("ash"):
        latest_version().freeze()
    assert save(organiser, reference="H2").status_code == 422
    with working("ash"):
        assert latest_version().number == 1


CONTACT = {"on": ["2", "3", "2026"], "how": "By letter", "whom": "Zebedee Owner", "answer": ""}


def contact(client, address=f"{SITES}/LGS-1/new-owner-contact", **words):
    return client.post(address, data=CONTACT | words)


def test_the_owner_of_a_green_space_is_contacted_answers_and_is_erased(organiser, sign_in, working):
    with working("ash"):
        add_site("LGS-1", kind=GREEN)
        latest_version().freeze()
    assert "The owner has not been contacted." in organiser.page(SITES).text
    assert "The owner has not been contacted." in organiser.page(f"{SITES}/LGS-1").text
    assert contact(organiser).status_code == 303
    page = organiser.page(f"{SITES}/LGS-1").text
    assert (
        "Contacted on 2 March 2026 With whom Zebedee Owner How By letter They answered There is no answer yet."
    ) in page
    with working("ash"):
        one = db.session.scalars(sa.select(OwnerContact)).one().id
        assert latest_version().number == 1
    address = f"{SITES}/LGS-1/owner-contacts/{one}"
    assert "Zebedee Owner" in organiser.page(address).html
    contact(organiser, address, answer="Content with it.")
    assert "Content with it." in organiser.page(f"{SITES}/LGS-1").text
    viewer = sign_in("ash", "viewer").page(f"{SITES}/LGS-1").text
    assert "Contacted on 2 March 2026 There is an answer." in viewer
    assert "Zebedee" not in viewer
    organiser.send(f"{address}/removal")
    with working("ash"):
        assert db.session.scalars(sa.select(OwnerContact)).all() == []
        assert not [deed for deed in db.session.scalars(sa.select(Deed)) if "Zebedee" in str(vars(deed))]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"on": ["", "", ""]}, "Enter the day on which you were in touch"),
        ({"on": ["1", "1", "2099"]}, "The day must be today or in the past"),
        ({"how": ""}, "Say how you were in touch"),
        ({"whom": ""}, "Say whom you were in touch with"),
    ],
)
def test_a_faulty_contact_is_explained_and_kept(organiser, working, change, sentence):
    with working("ash"):
        add_site("LGS-1", kind=GREEN)
    answer = contact(organiser, **({"answer": "Kept words"} | change))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words" in answer.text


def test_all_sites_come_as_geojson_and_geopackage_and_the_downloads_are_noted(organiser, working):
    assert organiser.get("/f/ash/plan/sites.geojson").status_code == 404
    save(organiser)
    found = json.loads(organiser.get("/f/ash/plan/sites.geojson").data)["features"]
    assert [(f["properties"]["reference"], f["properties"]["kind"]) for f in found] == [("H1", HOUSING)]
    assert shape(found[0]["geometry"]).is_valid
    assert organiser.get("/f/ash/plan/sites.gpkg").data.startswith(b"SQLite format 3")
    with working("ash"):
        assert {each.what for each in db.session.scalars(sa.select(Access))} == {
            "plan sites, GeoJSON",
            "plan sites, GeoPackage",
        }


def test_the_editor_snaps_to_the_area_and_to_the_other_sites(organiser):
    save(organiser)
    names = [
        f["properties"]["name"]
        for f in json.loads(organiser.get("/f/ash/plan/site-neighbours.geojson?but=H1").data)["features"]
    ]
    assert names == ["the neighbourhood area"]
    assert "H1 The Yard" in organiser.get("/f/ash/plan/site-neighbours.geojson").text


def test_markup_in_a_name_is_only_words(organiser):
    save(organiser, name="<script>alert(1)</script>")
    for address in (SITES, f"{SITES}/H1", f"{SITES}/H1/change", NEW):
        page = organiser.get(address).text
        assert "<script>alert(1)" not in page


def test_viewers_look_and_strangers_and_neighbours_find_nothing(organiser, sign_in, client, working):
    save(organiser)
    viewer = sign_in("ash", "viewer")
    assert viewer.get(SITES).status_code == 200
    assert save(viewer, reference="H2").status_code == 403
    for address in (SITES, f"{SITES}/H1", "/f/ash/plan/sites.geojson", "/f/ash/plan/sites.gpkg"):
        assert client.get(address).status_code == 302
        assert sign_in("beck", "chair").get(address).status_code == 404
    assert sign_in("northam", "officer").get("/a/northam/plan/sites").status_code == 404


def test_a_contact_of_another_forum_answers_like_one_that_is_not_there(organiser, sign_in, working):
    for slug, east in (("ash", 100), ("beck", 5100)):
        with working(slug):
            site = add_site("LGS-1", east, kind=GREEN)
            db.session.add(
                OwnerContact(site_id=site.id, on=site.at.date(), how="letter", whom=f"Owner {slug}")
            )
    with working("ash"):
        foreign = db.session.scalars(sa.select(OwnerContact)).one().id
    chair = sign_in("beck", "chair")
    address = "/f/beck/plan/sites/LGS-1/owner-contacts"
    nothing = "00000000-0000-4000-8000-00000000dead"
    for end in ("", "/removal"):
        assert chair.post(f"{address}/{foreign}{end}", data=CONTACT).status_code == 404
        assert chair.post(f"{address}/{nothing}{end}", data=CONTACT).status_code == 404
    assert (
        chair.get(f"{address}/{foreign}").status_code == chair.get(f"{address}/{nothing}").status_code == 404
    )


def test_what_is_not_there_is_not_found(organiser):
    save(organiser)
    for path in ("H9", "H9/change", "H9/new-owner-contact"):
        assert organiser.get(f"{SITES}/{path}").status_code == 404
    assert organiser.post(f"{SITES}/H9/removal").status_code == 404


def test_what_was_drawn_for_one_site_is_not_offered_for_the_next(organiser, sign_in):
    def key(client, address=NEW):
        return client.page(address).tree.find(".//div[@data-draft-key]").get("data-draft-key")

    first = key(organiser)
    assert key(organiser) == first
    save(sign_in("ash", "chair"), east=500, reference="H8")
    assert key(organiser) == first
    save(organiser)
    assert key(organiser) != first
    assert key(organiser, f"{SITES}/H1/change") != key(organiser)


def test_a_form_sent_without_its_outline_asks_for_it(organiser):
    save(organiser)
    for address in (NEW, f"{SITES}/H1/change"):
        answer = organiser.post(address, data=WORDS | {"reference": "H2"})
        assert answer.status_code == 422
        assert "Draw the outline on the map" in answer.text
    assert organiser.post(f"{SITES}/H1/change").status_code == 422
