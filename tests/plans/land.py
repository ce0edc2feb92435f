"""An area and sites for tests of the plan; call inside `working("ash")`."""

from typing import Any

from consult.areas.models import save_version
from consult.plans.models import draft_version
from consult.plans.sites import Site
from tests.areas.ground import square

HOUSING, GREEN = "housing allocation", "local green space"


def draw_area(metres: float = 1000, east: float = 0) -> None:
    save_version(square(east, 0, metres), source="drawn", by=None)


def add_site(reference: str = "H1", east: float = 100, metres: float = 100, **words: Any) -> Site:
    said = {"name": f"Land at {reference}", "kind": HOUSING, "notes": "Empty since 2019."} | words
    north = said.pop("north", 100)
    return draft_version().add_site(square(east, north, metres), reference=reference, **said)
