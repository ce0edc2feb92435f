"""The README's pictures, taken anew when TAKE_PICTURES=1 says so."""

import os
from pathlib import Path

import pytest

from tests.browser.pages import CHAIR, OFFICER, REG14
from tests.browser.people import LAPTOP, PHONE

PICTURES = Path(__file__).parent / "pictures"
VIEWS = [
    ("results", REG14 + "results", "", LAPTOP),
    ("area", "/f/highfold/area", CHAIR, LAPTOP),
    ("respond-phone", "/f/nether-tarrow/consultations/reg14/respond", "", PHONE),
    ("officer", "/a/tarrow-vale/", OFFICER, LAPTOP),
]


@pytest.mark.skipif(
    not os.environ.get("TAKE_PICTURES"), reason="TAKE_PICTURES=1 takes the README's pictures anew"
)
@pytest.mark.parametrize(("name", "path", "who", "viewport"), VIEWS, ids=[v[0] for v in VIEWS])
def test_pictures_for_the_readme(visit, name, path, who, viewport):
    page = visit(path, who=who, viewport=viewport)
    page.wait_for_load_state("networkidle")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
    assert (PICTURES / f"{name}.png").stat().st_size > 10_000
