"""The officer's pages: what would change is seen before it is decided, and what is decided is what was seen."""

from datetime import date

import pytest
import shapely

from consult.areas import register
from consult.areas.decisions import modifying, settling
from tests.areas.ground import application_of, apply_here, drawn, square

DAY = ["14", "3", "2026"]
BECAUSE = "The lane is the better edge."


@pytest.fixture
def contested(working, world):
    """Ash Hill is designated; Beckside, contested, reaches 300 m into it. The address of Beckside's application."""
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        settling.designate(application_of(world.space["ash"]), on=date(2026, 1, 5), by=None)
    with working("beck"):
        apply_here(square(700), "Beckside")
        return f"/a/northam/applications/{application_of(world.space['beck']).id}"


@pytest.fixture
def officer(sign_in):
    return sign_in("northam", "officer")


def seen_in(client, address, name="seen"):
    return client.page(address).tree.find(f".//input[@name='{name}']").get("value")


def names():
    return {entry.name: entry.hectares for entry in register.entries()}


def test_the_application_says_how_it_can_be_settled(officer, contested):
    page = officer.page(contested)
    for words in (
        "It overlaps areas on the register",
        "300,000 m²",
        "Designate a smaller area",
        "would give up",
    ):
        assert words in page.text
    assert "Designate the area" not in page.text


def test_the_cut_back_is_looked_at_and_designated(app, officer, contested, sign_in):
    address = f"{contested}/smaller-area"
    page = officer.page(address)
    for words in (
        "cut back to its neighbours: 70.0 hectares",
        "300,000 m² less than applied for",
        "shares nothing",
    ):
        assert words in page.text
    fields = {
        "which": "cut",
        "on": DAY,
        "reasons": BECAUSE,
        "act": "designate",
        "seen": seen_in(officer, address),
    }
    assert officer.send(address, **fields).status_code == 303
    with app.app_context():
        assert names() == {"Ash Hill": 100, "Beckside": 70}
    page = officer.page(contested)
    assert "A smaller area than applied for: 70.0 hectares of 100.0 hectares" in page.text
    own = sign_in("beck").page("/f/beck/area").text
    assert "A smaller area than applied for" in own
    assert BECAUSE in own


def test_an_outline_of_the_officers_own_is_shown_before_it_is_designated(app, officer, contested):
    address = f"{contested}/smaller-area"
    shape = shapely.box(451_100, 200_000, 451_600, 201_000)
    fields = {"which": "own", "outline": drawn(shape), "on": DAY, "reasons": BECAUSE}
    at_once = officer.send(address, **fields, act="designate")
    assert at_once.status_code == 422
    assert "Look at the area on the map first" in at_once.get_data(as_text=True)
    looked = officer.send(address, **fields, act="look")
    assert looked.status_code == 200
    assert "50.0 hectares" in looked.get_data(as_text=True)
    mark = looked.get_data(as_text=True).partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    assert officer.send(address, **fields, act="designate", seen=mark).status_code == 303
    with app.app_context():
        assert names()["Beckside"] == 50


@pytest.mark.parametrize(
    ("outline", "sentence"),
    [
        ("", "Draw the outline on the map"),
        ("nonsense", "outline-error"),
        (drawn(square(2000)), "beyond what was applied for"),
        (drawn(square(900, 0, 200)), "overlaps “Ash Hill” on the register"),
    ],
)
def test_an_outline_that_cannot_be_designated_is_said_beside_it_and_kept(
    officer, contested, outline, sentence
):
    address = f"{contested}/smaller-area"
    fields = {"which": "own", "outline": outline, "on": DAY, "reasons": BECAUSE}
    looked = officer.send(address, **fields, act="look").get_data(as_text=True)
    mark = looked.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    answer = officer.send(address, **fields, act="designate", seen=mark)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert BECAUSE in answer.get_data(as_text=True)


def test_slivers_of_the_officers_own_outline_are_closed_or_explained(app, officer, contested):
    address = f"{contested}/smaller-area"
    shape = shapely.box(450_999.5, 200_000, 451_600, 201_000)
    fields = {"which": "own", "outline": drawn(shape), "on": DAY, "reasons": BECAUSE}
    looked = officer.send(address, **fields, act="look").get_data(as_text=True)
    fields["seen"] = looked.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    asked = officer.send(address, **fields, act="designate")
    assert asked.status_code == 422
    assert 'id="slivers-error"' in asked.get_data(as_text=True)
    assert officer.send(address, **fields, slivers="Two surveys.", act="designate").status_code == 303
    with app.app_context():
        assert names()["Beckside"] == pytest.approx(60.05)


@pytest.mark.parametrize("which", ["cut", "own", "neither", ""])
def test_where_there_is_nothing_to_cut_back_an_outline_is_asked_for(officer, working, world, which):
    with working("beck"):
        apply_here(square(), "Beckside")
        address = f"/a/northam/applications/{application_of(world.space['beck']).id}/smaller-area"
    assert "An outline of your own" in officer.page(address).text
    answer = officer.send(address, which=which, on=DAY, reasons=BECAUSE, act="designate", seen="x")
    assert answer.status_code == 422
    assert "There is a problem" in answer.get_data(as_text=True)


def test_reasons_are_asked_for(officer, contested):
    address = f"{contested}/smaller-area"
    fields = {"which": "cut", "on": DAY, "act": "designate", "seen": seen_in(officer, address)}
    answer = officer.send(address, **fields)
    assert answer.status_code == 422
    assert "Give the reasons" in answer.get_data(as_text=True)
    assert officer.send(f"{contested}/modification", on=DAY).status_code == 422


def test_the_other_area_makes_room_and_both_bodies_see_it(app, officer, contested, sign_in):
    address = f"{contested}/modification"
    page = officer.page(address)
    for words in ("Ash Hill", "300,000 m²", "70.0", "Both happen in one decision"):
        assert words in page.text
    done = officer.send(address, on=DAY, reasons=BECAUSE, seen=seen_in(officer, address))
    assert done.status_code == 303
    with app.app_context():
        assert names() == {"Ash Hill": 70, "Beckside": 100}
    page = sign_in("ash").page("/f/ash/area")
    for words in ("modified this area on 14 March 2026", "“Beckside”", BECAUSE, "It had 100.0 hectares"):
        assert words in page.text


def test_what_changed_meanwhile_is_shown_again(app, officer, contested, working):
    address = f"{contested}/modification"
    old = seen_in(officer, address)
    with working("northam"):
        register.redraw(register.entries()[0], settling.boundary.canonical(square(0, 0, 900)))
    answer = officer.send(address, on=DAY, reasons=BECAUSE, seen=old)
    assert answer.status_code == 422
    assert "changed since you looked" in answer.get_data(as_text=True)
    assert BECAUSE in answer.get_data(as_text=True)


def test_what_cannot_be_modified_is_said(officer, sign_in, working, world):
    with working("dell"):
        apply_here(square(), "Dell Road")
    with working("beck"):
        apply_here(square(500), "Beckside")
        address = f"/a/northam/applications/{application_of(world.space['beck']).id}/modification"
    page = officer.page(address)
    assert "This cannot be done here" in page.text
    assert "Southby Borough Council: only it can modify that area." in page.text
    assert officer.send(address, on=DAY, reasons=BECAUSE).status_code == 409


def test_slivers_are_closed_with_what_it_changes_said_before(app, officer, working, world):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        apply_here(square(999.4), "Beckside")
        address = f"/a/northam/applications/{application_of(world.space['beck']).id}"
    page = officer.page(address)
    assert "takes 600 m² from the area and adds nothing: from 100.00 to 99.94 hectares" in page.text
    mark = seen_in(officer, address, "designation-seen")
    fields = {"designation-on": DAY, "designation-edge": "snap"}
    assert officer.post(f"{address}/designation", data=fields).status_code == 422  # not seen
    fields["designation-seen"] = mark
    assert officer.post(f"{address}/designation", data=fields).status_code == 303
    with app.app_context():
        assert names()["Beckside"] == pytest.approx(99.94)
    assert "with its edge drawn to those of its neighbours" in officer.page(address).text


def test_the_history_of_an_entry_leads_to_what_followed_it(
    officer, contested, working, world, client, sign_in
):
    with working("northam"):
        beck = application_of(world.space["beck"])
        modifying.modify_others(beck, on=date(2026, 3, 14), by=None, reasons=BECAUSE)
    old = officer.page("/a/northam/register/NA-0001")
    for words in (
        "No longer on the register",
        "Designated 5 January 2026",
        "14 March 2026",
        BECAUSE,
        "NA-0002",
    ):
        assert words in old.text
    new = officer.page("/a/northam/register/NA-0002")
    for words in ("On the register now", "What it follows: NA-0001"):
        assert words in new.text
    for stranger in (client, sign_in("ash"), sign_in("southby", "officer")):
        assert stranger.get("/a/northam/register/NA-0001").status_code in (302, 404)
    assert sign_in("southby", "officer").get("/a/southby/register/NA-0001").status_code == 404


def test_a_refused_and_a_withdrawn_entry_say_so(officer, working, world):
    for slug, east in (("ash", 0), ("beck", 2000)):
        with working(slug):
            apply_here(square(east), slug)
    with working("northam"):
        settling.refuse(
            application_of(world.space["ash"]), reasons="Too small.", on=date(2026, 3, 14), by=None
        )
    with working("beck"):
        register.withdraw(register.application_now(), by=None)
    assert "Refused" in officer.page("/a/northam/register/NA-0001").text
    assert "Too small." in officer.page("/a/northam/register/NA-0001").text
    assert "took its application back" in officer.page("/a/northam/register/NA-0002").text


def test_what_is_decided_is_not_settled_again(officer, contested, working, world):
    with working("northam"):
        settling.refuse(application_of(world.space["beck"]), reasons="No.", on=date(2026, 3, 14), by=None)
    for page in ("smaller-area", "modification"):
        assert officer.get(f"{contested}/{page}").status_code == 303
        answer = officer.send(f"{contested}/{page}", on=DAY, reasons="x", act="designate", which="cut")
        assert answer.status_code == 409
        assert "This application is refused already" in answer.get_data(as_text=True)
