"""How many responses point into each hexagon and site: responses and not pins, and few are not told apart."""

import pytest
import shapely
from shapely.geometry import box

from consult.consultations.models import find
from consult.database import db
from consult.feedback import tallies
from consult.feedback.pointing import in_hexagons, in_sites, pointed_at
from consult.plans.policies import PolicySite
from consult.plans.sites import Site
from tests.feedback import stored

HERE = "/f/ash/consultations/reg14/feedback/places/counted"
SIZE = 10_000.0


def pinned(made, first, last, east, north, pins=1, **about):
    for number in range(first, last):
        rows = [stored.pinned(made, east, north, "here") for _ in range(pins)]
        stored.respond(made, number, *rows, **about)


@pytest.fixture
def made(working):
    """Seven point at one hexagon, with three pins each; six at another; three at a third; one duplicate."""
    with working("ash"):
        made = stored.consultation()
        pinned(made, 0, 7, 400100.0, 300100.0, pins=3)
        pinned(made, 10, 16, 401100.0, 300100.0)
        pinned(made, 20, 23, 402100.0, 300100.0)
        pinned(made, 30, 31, 400100.0, 300100.0, aside="duplicate")


def counts(working, of):
    with working("ash"):
        consultation = find("reg14")
        return [
            len(whose) for _, whose in of(consultation, pointed_at(consultation, tallies.take(consultation)))
        ]


def test_a_response_is_counted_once_however_many_pins_it_puts_there(made, working):
    assert sorted(counts(working, lambda _, pointed: in_hexagons(pointed, SIZE))) == [3, 6, 7]


def test_few_are_not_told_and_cannot_be_worked_out(made, app, working, sign_in):
    page = sign_in("ash", "analyst").page(HERE)
    rows = page.tree.find(".//tbody")
    cells = [["".join(cell.itertext()).split()[0] for cell in row.findall("td")] for row in rows]
    assert cells == [["7", "7"], ["not", "not"]]
    assert "2 more" in page.text
    assert "16 responses point at the map" in page.text
    assert "This is where comments point, not where people live." in page.text


def test_a_number_opens_to_its_responses_and_one_that_is_kept_back_to_none(made, working, sign_in):
    client = sign_in("ash", "analyst")
    links = [a for a in client.page(HERE).tree.iter("a") if "/counted/responses" in a.get("href", "")]
    assert [link.text for link in links] == ["7"]
    assert len(list(client.page(links[0].get("href")).tree.find(".//tbody"))) == 7
    with working("ash"):
        consultation = find("reg14")
        every = [g.key for g, _ in in_hexagons(pointed_at(consultation, tallies.take(consultation)), SIZE)]
    for key in (*every, "moon", "site", "1e9,x"):
        page = client.get(f"{HERE}/responses", query_string={"ground": key})
        assert page.status_code == 200


def test_a_site_counts_those_who_point_at_some_of_its_land(made, working):
    with working("ash"):
        version = find("reg14").plan_version
        for reference, land in (
            ("S1", box(400000, 300000, 400200, 300200)),
            ("S2", box(1000, 1000, 1100, 1100)),
        ):
            db.session.add(
                Site(
                    version_id=version.id,
                    reference=reference,
                    name="Land",
                    kind="other",
                    outline=shapely.to_wkb(land),
                    hectares=4.0,
                )
            )
    assert counts(working, in_sites) == [7, 0]


def test_a_policy_is_told_where_all_its_sites_are(made, working, sign_in):
    with working("ash"):
        version = find("reg14").plan_version
        lands = {"S1": box(400000, 300000, 400200, 300200), "S2": box(401000, 300000, 401200, 300200)}
        lands["S3"] = box(402000, 300000, 402200, 300200)
        sites = {
            name: Site(
                version_id=version.id,
                reference=name,
                name="Land",
                kind="other",
                outline=shapely.to_wkb(land),
                hectares=4.0,
            )
            for name, land in lands.items()
        }
        db.session.add_all(sites.values())
        db.session.flush()
        lie = {"H1": ("S1",), "GS1": ("S1", "S3")}
        for policy in version.policies:
            for name in lie[policy.reference]:
                db.session.add(PolicySite(version_id=version.id, policy_id=policy.id, site_id=sites[name].id))
    client = sign_in("ash", "analyst")
    table = client.page(HERE).tree.findall(".//table")[-1]
    rows = [" ".join("".join(row.itertext()).split()) for row in table.find("tbody")]
    assert rows == ["H1 Homes 7 responses: H1 Homes7", "1 morenot toldnot told"]
    opened = client.page(f"{HERE}/responses?ground=policy H1")
    assert len(list(opened.tree.find(".//tbody"))) == 7
    assert "No responses" in client.page(f"{HERE}/responses?ground=policy GS1").text


def test_where_nobody_pointed_there_is_no_map(working, sign_in):
    with working("ash"):
        stored.consultation()
    assert "No places on the map" in sign_in("ash", "analyst").page(HERE).text


@pytest.mark.parametrize("page", ["", "/responses"])
def test_only_those_who_may_read_responses_see_any_of_it(made, sign_in, client, page):
    assert sign_in("ash", "viewer").get(HERE + page).status_code == 403
    assert sign_in("beck", "chair").get(HERE + page).status_code == 404
    assert client.get(HERE + page).status_code in (302, 404)
