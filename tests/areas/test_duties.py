"""What an authority owes an application before it decides: publicity and a day; or to designate a whole parish."""

from datetime import date, timedelta

import pytest

from consult import clock
from consult.areas import boundary_files, register
from consult.areas.decisions import duties, settling
from consult.database import unit_of_work
from consult.spaces.models import standing
from geodata.reading import Feature
from tests.areas.ground import application_of, apply_here, square

DAY = date(2026, 3, 14)


@pytest.fixture
def load(app):
    def load(**shapes):
        features = [Feature(name, {"name": name}, shape) for name, shape in shapes.items()]
        with app.app_context(), unit_of_work():
            boundary_files.load(features, boundary_files.Source("parish", "name", "", "", "a test"))

    return load


def page_of(sign_in, working, world, space):
    with working("northam"):
        key = application_of(world.space[space]).id
    return sign_in("northam", "officer").page(f"/a/northam/applications/{key}")


def test_a_whole_parish_is_to_be_designated_as_it_is(working, load, sign_in, world):
    load(Cole=square())
    with working("cole"):
        apply_here(square(0.4, 0, 1000), "Cole")  # a sliver off is nobody's meaning
    page = page_of(sign_in, working, world, "cole")
    assert "the whole of the parish of Cole. Regulation 5A" in page.text
    assert "regulation 6" not in page.text
    assert "61G(5)" not in page.text
    assert "without publicity (regulation 5A)" in sign_in("cole").page("/f/cole/area").text


def test_part_of_a_parish_and_a_forums_area_are_publicised_first(working, load, sign_in, world):
    load(Cole=square())
    with working("cole"):
        assert duties.whole_parish(standing(), square(0, 0, 900)) == ""
    with working("ash"):
        apply_here(square(5000), "Ash Hill")
    page = page_of(sign_in, working, world, "ash")
    ends = clock.today() + timedelta(days=42)
    assert f"would end on {ends:%-d %B %Y}" in page.text
    assert "within 13 weeks" in page.text
    assert "some or all of its ground" in page.text


def test_several_authorities_have_twenty_weeks(working, world):
    with working("ash"):
        application = apply_here(square(), "Ash Hill")
        assert duties.of(application, []).weeks == 13
        application.spans = "This area spans Northam and Southam: both decide."
        assert duties.of(application, []).weeks == 20


def test_a_designated_area_that_reaches_out_of_the_parish_undoes_the_duty(working, load, world):
    with working("ash"):
        apply_here(square(900), "Ash Hill")
    load(Cole=square())
    with working("northam"):
        ash = application_of(world.space["ash"])
    with working("cole"):
        met = [register.entry_of(world.space["ash"])]
        assert duties.whole_parish(standing(), square(), met) == "Cole"  # only applied for
    with working("northam"):
        register.entry_of(ash.space_id).designated_on = DAY
    with working("cole"):
        met = [register.entry_of(world.space["ash"])]
        assert duties.whole_parish(standing(), square(), met) == ""


def test_an_authority_sees_no_duties_once_it_has_decided(working, sign_in, world):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        settling.refuse(application_of(world.space["ash"]), reasons="Too wide.", on=DAY, by=None)
    assert "regulation 6" not in page_of(sign_in, working, world, "ash").text
