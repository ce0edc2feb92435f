"""The boundaries of the district: its own, its parishes, and the wards that its people vote in. All from one survey, so
that whatever meets shares its border point for point."""

from collections.abc import Iterator
from typing import Final

import shapely
from shapely import Polygon

from consult.areas import boundary_files
from consult.areas.loaded.boundaries import Kind
from consult.demo.district import District
from geodata.reading import Feature

WARDS: Final = {  # of areas and parishes, by name
    "Tarrowbridge West": ("Highfold", "Oldbridge"),
    "Tarrowbridge East": ("Station Fields", "Tannery Wharf"),
    "Haddle and Wickenthorpe": ("Great Haddle", "Wickenthorpe", "Burrowden"),
    "Salling Marshes": ("Nether Tarrow", "Marsh Salling", "Long Emmery"),
    "Quillby and Fennicote": ("Quillby", "Fennicote"),
    "Over Tarrow and Cobbley": ("Over Tarrow", "Cobbley", "Stoke Dunnock"),
}
NO_COUNCIL: Final = (
    "Stoke Dunnock",
    "Long Emmery",
)  # a parish meeting only: here a new forum finds its ground


def parishes(place: District) -> Iterator[tuple[str, Polygon]]:
    """Those with a council, which alone keep forums out. The town itself has none: forums plan there."""
    yield from ((area.name, area.outline) for area in place.areas if area.kind == "council")
    yield from ((parish.name, parish.outline) for parish in place.parishes if parish.name not in NO_COUNCIL)


def wards(place: District) -> Iterator[tuple[str, Polygon]]:
    ground = {area.name: area.outline for area in place.areas}
    ground |= {parish.name: parish.outline for parish in place.parishes}
    for name, parts in WARDS.items():
        yield name, shapely.union_all([ground[part] for part in parts], grid_size=0.001)


def keep(place: District) -> None:
    of_each: dict[Kind, list[tuple[str, Polygon]]] = {
        "authority": [(place.authority_name.removesuffix(" Council"), place.outline)],
        "parish": list(parishes(place)),
        "ward": list(wards(place)),
    }
    for kind, drawn in of_each.items():
        features = [Feature(name, {"name": name}, outline) for name, outline in drawn]
        source = boundary_files.Source(kind, "name", "", f"{place.name} is an invented place.", "the survey")
        refused = boundary_files.load(features, source).refused
        assert not refused, refused
