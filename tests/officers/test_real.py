"""Fifty-two real parishes as the bodies of one authority."""

import json

import pytest
import sqlalchemy as sa

from consult.accounts.models import Person
from consult.database import db, unit_of_work
from consult.spaces.models import Membership, Space
from consult.tenancy import inside
from tests.conftest import signed_in_client
from tests.officers.counting import statements
from tests.officers.test_oversight import AT_MOST


@pytest.fixture
def banes(app, shared):
    """An officer of an authority whose parishes were imported by the operator."""
    file = shared / "banes" / "banes_parishes_os.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    names = [key for key in features[0]["properties"] if "name" in key.lower()]
    words = ["--authority", "banes", "--name-field", names[0], "--kind", "council", "--status", "designated"]
    done = app.test_cli_runner().invoke(args=["register", "import", str(file), *words])
    assert "52 of" in done.output or "areas are on the register" in done.output, done.output
    with app.app_context(), unit_of_work():
        space = db.session.scalars(sa.select(Space).where(Space.slug == "banes")).one()
        officer = Person(email="officer@banes.example.org", name="Officer of Banes")
        db.session.add(officer)
        db.session.flush()
        with inside(space.id):
            db.session.add(Membership(person_id=officer.id, role="officer"))
            db.session.flush()
        number = db.session.scalar(
            sa.select(sa.func.count()).select_from(Space).where(Space.authority_id == space.id)
        )
        person_id = officer.id
    return signed_in_client(app, person_id), number


@pytest.mark.shared
def test_the_district_of_real_parishes_is_one_page_and_few_statements(app, banes):
    officer, number = banes
    assert number > 45
    page = officer.page("/a/banes/")
    assert f"Area designated ({number})" in page.text
    assert f"{number} Bodies" in page.text or f"Bodies {number}" in page.text
    assert len(statements(app, lambda: officer.page("/a/banes/"))) <= AT_MOST
