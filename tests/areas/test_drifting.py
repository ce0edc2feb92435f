"""A parish whose boundary moved: the audit names the council's area that no longer follows it."""

import json

import pytest

from consult.areas import boundary_files
from consult.database import unit_of_work
from geodata.reading import Feature
from tests.areas.ground import apply_here, square


@pytest.fixture
def audited(app, working):
    """`audited(area, parish)`: what `register audit` prints when Cole's area and then its parish are these."""

    def audited(area, parish, *options):
        with working("cole"):
            apply_here(area, "Cole")
        with working("ash"):
            apply_here(square(5000), "Ash Hill")
        with app.app_context(), unit_of_work():
            source = boundary_files.Source("parish", "name", "", "", "a test")
            boundary_files.load([Feature("Cole", {"name": "Cole"}, parish)], source)
        return app.test_cli_runner().invoke(args=["register", "audit", *options])

    return audited


def test_an_area_that_is_its_parish_is_not_named(audited):
    assert "drift" not in audited(square(), square()).stdout


def test_a_parish_that_moved_is_named_with_how_much_differs(audited):
    done = audited(square(), square(0, 0, 1010))
    assert "drift: Cole (NA-0001) no longer follows the parish of Cole: 20,100 m² differ" in done.stdout
    assert done.exit_code == 0


def test_a_hair_is_no_drift(audited):
    assert "drift" not in audited(square(), square(0, 0, 1000.3)).stdout


def test_an_area_that_was_never_the_whole_parish_is_not_named(audited):
    assert "drift" not in audited(square(0, 0, 700), square()).stdout


def test_the_document_stays_as_it_is_agreed(audited):
    done = audited(square(), square(0, 0, 1010), "--json")
    assert set(json.loads(done.stdout)) == {"n", "overlaps", "slivers", "invalid"}
