"""Where a body stands with its area, and what is next."""

from datetime import date

from consult.areas.decisions import settling
from consult.areas.steps import next_of
from tests.areas.ground import application_of, apply_here, drawn, square

AREA = "/f/ash/area"


def state_of(page):
    """Each step's words with its state, in order."""
    items = page.tree.findall(".//ol[@class='app-steps']/li")
    return [(" ".join("".join(item.itertext()).split())) for item in items]


def states(client, at=AREA):
    return [words.rsplit(" ", 1)[-1] for words in state_of(client.page(at))]


def test_a_body_is_led_from_the_first_outline_to_the_decision(sign_in, client, working, world):
    chair = sign_in("ash")
    assert states(chair) == ["Next", "Later", "Later", "Later"]
    chair.send("/f/ash/area/draft", outline=drawn(square()))
    assert states(chair) == ["Done", "Done", "Next", "Later"]
    with working("ash"):
        apply_here(square(), "Ash Hill")
    assert states(chair) == ["Done", "Done", "Done", "Next"]
    with working("northam"):
        settling.designate(application_of(world.space["ash"]), on=date(2026, 3, 14), by=None)
    assert state_of(chair.page(AREA)) == []
    assert state_of(client.page(AREA)) == []


def test_an_overlap_is_the_next_step_and_leads_to_help(sign_in, working):
    with working("beck"):
        apply_here(square(500), "Beckside")
    chair = sign_in("ash")
    chair.send("/f/ash/area/draft", outline=drawn(square()))
    page = chair.page(AREA)
    assert states(chair) == ["Done", "Next", "Later", "Later"]
    assert "1 thing to mend" in page.text
    assert page.tree.find(".//a[@href='/f/ash/area/overlaps']") is not None
    with working("ash"):
        apply_here(square(), "Ash Hill")
    assert states(chair) == ["Done", "Done", "Done", "Next"]
    assert "contested: the authority settles it first" in chair.page(AREA).text


def test_after_a_refusal_one_may_apply_again(sign_in, working, world):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        settling.refuse(
            application_of(world.space["ash"]), reasons="Too wide.", on=date(2026, 3, 14), by=None
        )
    page = sign_in("ash").page(AREA)
    assert states(sign_in("ash")) == ["Done", "Done", "Next", "Later"]
    assert "was refused. You can apply again" in page.text


def test_a_viewer_sees_the_steps_without_ways_into_them(sign_in):
    page = sign_in("ash", "viewer").page(AREA)
    assert len(state_of(page)) == 4
    assert page.tree.findall(".//ol[@class='app-steps']//a") == []


def test_strangers_see_none(client, sign_in, working):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    for stranger in (client, sign_in("beck"), sign_in("northam", "officer")):
        assert state_of(stranger.page(AREA)) == []


def test_the_first_step_that_is_not_done_is_next():
    done, open_ = {"text": "Draw", "done": True}, {"text": "Apply", "done": False}
    assert next_of([done, open_, open_ | {"text": "Wait"}]) is open_
    assert next_of([done]) is None
    assert next_of([]) is None
