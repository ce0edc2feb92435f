"""A district that does not exist, drawn so that it could: the same seed always draws the same one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from shapely import Point, length
from shapely.affinity import translate

from consult.demo import buildings, gazetteer
from consult.demo.atlas import Area, District, Green, Label, Parish, Postcode, Road, Site, Stream
from consult.demo.basemap import base_map
from consult.demo.strokes import G, snapped
from consult.demo.survey import Survey, anchor

__all__ = [
    "Area",
    "District",
    "Green",
    "Label",
    "Parish",
    "Postcode",
    "Road",
    "Site",
    "Stream",
    "base_map",
    "district",
]


def measured(shape: G) -> G:
    """From the mapmaker's sheet to British National Grid."""
    return cast(G, snapped(translate(shape, *gazetteer.ORIGIN)))


def areas(survey: Survey) -> Iterator[Area]:
    for slug, forum in gazetteer.FORUMS.items():
        body = f"{forum.name} Neighbourhood Forum"
        yield Area(slug, forum.name, "forum", body, measured(survey.ground[slug]))
    name = gazetteer.COUNCIL.name
    body = f"{name} Parish Council"
    yield Area(gazetteer.COUNCIL_SLUG, name, "council", body, measured(survey.ground[name]))


def greens(survey: Survey) -> Iterator[Green]:
    kinds = {name: kind for name, kind, _ in gazetteer.TOWN_GREENS}
    kinds |= {name: kind for name, kind, _, _ in gazetteer.COUNTRY_GREENS}
    for name, shape in survey.commons.items():
        yield Green(name, kinds[name], measured(shape))
    for number, shape in enumerate(survey.riverside, start=1):
        yield Green(f"Lammas Meadow {number}", "meadow", measured(shape))
    for name, shape in survey.woods.items():
        yield Green(name, "wood", measured(shape))


def housing_sites(survey: Survey) -> Iterator[Site]:
    for slug, reference, name, *_ in gazetteer.HOUSING_SITES:
        if reference in survey.housing:
            yield Site(reference, name, "housing", measured(survey.housing[reference]), slug)


def green_spaces(survey: Survey) -> Iterator[Site]:
    """The greens wholly inside an area, offered as local green space."""
    for slug in [*gazetteer.FORUMS, gazetteer.COUNCIL_SLUG]:
        ground = survey.ground[anchor(slug)]
        inside = [(name, shape) for name, shape in survey.commons.items() if ground.contains(shape)]
        for number, (name, shape) in enumerate(inside, start=1):
            yield Site(f"LGS-{number}", name, "local green space", measured(shape), slug)


def labels(survey: Survey) -> Iterator[Label]:
    yield Label(gazetteer.TOWN, 1, Point(gazetteer.TOWN_CENTRE))
    for name, at in survey.village_centres.items():
        yield Label(name, 2, Point(at[0], at[1] + 60))
    for forum in gazetteer.FORUMS.values():
        yield Label(forum.name, 3, Point(forum.at))
    yield Label(f"{gazetteer.TOWN} station", 3, survey.station)
    for name, shape in [*survey.commons.items(), *survey.woods.items()]:
        yield Label(name, 4, shape.representative_point())
    for share in (0.17, 0.5, 0.83):
        yield Label(gazetteer.RIVER_NAME, 4, survey.river.interpolate(share, normalized=True))
    for name, brook in survey.brooks.items():
        yield Label(name, 4, brook.interpolate(0.45, normalized=True))
    for name, house in survey.landmarks.items():
        yield Label(name, 5, house.centroid)
    for name, at in survey.farms:
        yield Label(f"{name} Farm", 5, at)
    for road in survey.roads:
        if road.line.length > 260:
            yield Label(road.name, 5, road.line.interpolate(0.5, normalized=True))


def inked(label: Label) -> Label:
    return Label(label.text, label.rank, measured(label.at))


@lru_cache(maxsize=4)
def district(seed: int = 7) -> District:
    survey = Survey(seed)
    letterboxes = buildings.postcodes(survey.houses, survey.dice("postcodes"))
    homes = tuple(measured(house) for house in survey.houses)
    return District(
        name="Tarrow Vale",
        authority_name="Tarrow Vale District Council",
        outline=measured(survey.outline),
        areas=tuple(areas(survey)),
        parishes=tuple(Parish(name, measured(survey.ground[name])) for name, _ in gazetteer.PARISHES),
        river=measured(max(survey.within(survey.river), key=length)),
        streams=tuple(Stream(name, measured(line)) for name, line in survey.streams.items()),
        water=measured(survey.water),
        roads=tuple(Road(road.name, road.kind, measured(road.line)) for road in survey.roads),
        rail=measured(max(survey.within(survey.rail), key=length)),
        station=measured(survey.station),
        greens=tuple(greens(survey)),
        buildings=homes,
        labels=tuple(inked(label) for label in labels(survey) if survey.outline.contains(label.at)),
        postcodes=tuple(Postcode(code, measured(at)) for code, at in letterboxes),
        sites=(*housing_sites(survey), *green_spaces(survey)),
    )
