import pytest
import shapely
import sqlalchemy as sa

from consult.areas.models import RegisterEntry
from consult.consultations.models import find
from consult.database import db
from consult.responses.outlines import outline_of
from tests.responses import asking


def test_it_is_about_the_area_that_was_asked_about_even_where_there_is_no_request(opened, working):
    with working("ash"):
        assert outline_of(find("reg14")).equals(asking.SQUARE)


@pytest.mark.parametrize("slug", ["ash", "beck", "dell"])
def test_without_one_of_its_own_it_is_about_what_the_register_says(working, world, slug):
    with working(slug):
        made = asking.consultation(reference="early", plan=False, area_version_id=None)
        on_register = db.session.scalars(
            sa.select(RegisterEntry).where(
                RegisterEntry.space_id == world.space[slug], RegisterEntry.left.is_(None)
            )
        ).one_or_none()
        found = outline_of(made)
        assert (found is None) == (on_register is None)
        assert on_register is None or shapely.equals(found, on_register.geometry)
