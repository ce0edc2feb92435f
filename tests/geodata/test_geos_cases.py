"""GEOS's own validity cases, judged in our words."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from geodata import boundary
from geodata.findings import REASONS, explain
from geodata.wkb import is_finite


def cases(shared: Path) -> Iterator[tuple[BaseGeometry, bool]]:
    """Each geometry with what GEOS expects of it."""
    for path in sorted((shared / "geometry/geos_xml").glob("*.xml")):
        for case in ET.fromstring(path.read_text("utf-8", "replace")).iter("case"):
            for asked in case.iter("op"):
                if asked.get("name", "").lower() == "isvalid":
                    words = "".join(case.find(asked.get("arg1", "").lower()).itertext()).strip()
                    yield geometry(words), asked.text.strip() == "true"


def geometry(words: str) -> BaseGeometry:
    with np.errstate(invalid="ignore"):
        return shapely.from_wkb(words) if words[0] in "01" else shapely.from_wkt(words)


def is_valid(shape: BaseGeometry) -> bool:
    with np.errstate(invalid="ignore"):
        return bool(shape.is_valid)


def errors(shape: BaseGeometry) -> list[str]:
    return [finding.code for finding in boundary.check(shape) if finding.severity == "error"]


@pytest.mark.shared
def test_all_844_validity_cases_are_judged_as_geos_judges_them(shared: Path) -> None:
    found = list(cases(shared))
    assert len(found) == 844
    assert all(is_valid(shape) is expected for shape, expected in found)
    areas = [(shape, expected) for shape, expected in found if shape.geom_type in ("Polygon", "MultiPolygon")]
    drawn = [(shape, expected) for shape, expected in areas if not shape.is_empty]
    assert (len(areas), len(drawn)) == (329, 327)
    # One valid case has corners 10¹⁵ m away: no such place is on the National Grid.
    near = [(shape, expected) for shape, expected in drawn if is_finite(shape) or not expected]
    assert len(drawn) - len(near) == 1
    assert all((errors(shape) == []) is expected for shape, expected in near)
    others = [shape for shape, _ in found if shape.geom_type not in ("Polygon", "MultiPolygon")]
    assert {code for shape in others for code in errors(shape)} == {
        "Unexpected geom type",
        "missing geometry",
    }


@pytest.mark.shared
def test_every_reason_in_the_cases_is_explained_in_its_own_words(shared: Path) -> None:
    invalid = [shape for shape, expected in cases(shared) if not expected]
    areas = [shape for shape in invalid if shape.geom_type in ("Polygon", "MultiPolygon")]
    reasons = [shapely.is_valid_reason(shape).partition("[")[0] for shape in areas]
    assert len(areas) == 47
    assert len(set(reasons)) == 8
    for shape, reason in zip(areas, reasons, strict=True):
        assert reason in REASONS
        assert boundary.check(shape)[0].message.startswith(explain(reason)[0])
