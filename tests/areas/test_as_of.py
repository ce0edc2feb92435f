"""The register as it stood on a day: from the moment of entering to that of leaving, over both clock changes."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from consult import clock
from consult.areas.models import RegisterEntry
from consult.areas.registering.history import on_the_register, status_on
from consult.database import db
from tests.areas.ground import apply_here, square
from tests.consultations.setting import person


@pytest.fixture
def told(world, working):
    """Ash Hill stood from 29 March to 25 October 2026, designated on 1 June; Beckside from the 26th, Dell from May."""
    for slug, east, entered, left, designated in (
        (
            "ash",
            0,
            datetime(2026, 3, 29, 22, 59, tzinfo=UTC),
            datetime(2026, 10, 25, 23, 59, tzinfo=UTC),
            date(2026, 6, 1),
        ),
        ("beck", 5_000, datetime(2026, 10, 26, 0, 0, tzinfo=UTC), None, None),
        ("dell", 9_000, datetime(2026, 5, 1, 12, tzinfo=UTC), None, None),
    ):
        with working(slug):
            apply_here(square(east), slug.title(), person(world, slug))
            entry = db.session.scalars(
                sa.select(RegisterEntry).where(RegisterEntry.space_id == world.space[slug])
            ).one()
            entry.entered, entry.left, entry.designated_on = entered, left, designated


@pytest.mark.parametrize(
    ("on", "names"),
    [
        (date(2026, 3, 28), []),
        (date(2026, 3, 29), ["Ash"]),  # 23:59 in summer time, on the day of the change
        (date(2026, 5, 31), ["Ash", "Dell"]),
        (date(2026, 10, 24), ["Ash", "Dell"]),
        (date(2026, 10, 25), ["Dell"]),  # it left a minute before midnight, in winter time again
        (date(2026, 10, 26), ["Beck", "Dell"]),
    ],
)
def test_what_stood_at_the_end_of_a_day(on, names, told, app, client, world):
    with app.app_context():
        assert [entry.name for entry in on_the_register(on)] == names
        here = on_the_register(on, world.space["northam"])
        assert [entry.name for entry in here] == [name for name in names if name != "Dell"]
        for entry in here:
            if entry.name == "Ash":
                assert status_on(entry, on) == ("designated" if on >= date(2026, 6, 1) else "applied")
    page = client.page(f"/register/on?on={on}")
    for name, reference in (
        ("Ash", "Ash Hill Neighbourhood Forum"),
        ("Beck", "Beckside"),
        ("Dell", "Dell Road"),
    ):
        assert (reference in page.text) == (name in names)


def test_a_day_that_is_none_or_lies_ahead_is_said_in_a_sentence(told, client):
    for text in (
        "31 January",
        "2026-02-30",
        str(clock.today().replace(year=clock.today().year + 1, day=1)),
        "<b>",
    ):
        answer = client.get("/register/on", query_string={"on": text})
        assert answer.status_code == 422
        assert "Enter a day that has been" in answer.get_data(as_text=True)
    assert "Beckside" in client.page("/register/on").text
