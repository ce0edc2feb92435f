"""The survey: every feature drawn once on the mapmaker's own sheet, in metres from its south-west corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Literal

import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from consult.demo import buildings, gazetteer, streets
from consult.demo.atlas import Road
from consult.demo.partition import partition
from consult.demo.strokes import Xy, blob, meandering, ring, trail


def largest(shape: BaseGeometry) -> Polygon:
    return max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)


def broadening(line: LineString, narrow: float, wide: float) -> Polygon:
    """Water along a line, narrow at the source and wide where it leaves."""
    reaches = max(1, int(line.length // 260))
    parts = []
    for reach in range(reaches):
        part = substring(line, reach / reaches, (reach + 1) / reaches, normalized=True)
        parts.append(part.buffer(narrow + (wide - narrow) * reach / reaches, quad_segs=3))
    return shapely.union_all(parts)


@dataclass(frozen=True)
class Survey:
    """Each feature comes from the seed and from the features that it needs."""

    seed: int

    def dice(self, feature: str) -> Random:
        return Random(f"{self.seed}:{feature}")

    @cached_property
    def outline(self) -> Polygon:
        return ring(gazetteer.OUTLINE, self.dice("outline"), 0.13, 110)

    @cached_property
    def town(self) -> Polygon:
        return ring(gazetteer.TOWN_EDGE, self.dice("town"), 0.14, 70)

    @cached_property
    def built_up(self) -> Polygon:
        """Houses reach furthest along the main roads."""
        ribbons = shapely.union_all([line.buffer(430) for line in self.majors.values()])
        reach = largest(self.town.buffer(-270).intersection(ribbons).buffer(60).simplify(20))
        return Polygon(reach.exterior)

    @cached_property
    def river(self) -> LineString:
        return meandering(gazetteer.RIVER, self.dice("river"), gazetteer.TOWN_CENTRE, 190)

    @cached_property
    def brooks(self) -> dict[str, LineString]:
        drawn = {name: trail(points, self.dice(name), 0.13, 150) for name, points in gazetteer.BROOKS.items()}
        return {name: self.ending_in_river(line) for name, line in drawn.items()}

    @cached_property
    def streams(self) -> dict[str, LineString]:
        return {name: part for name, line in self.brooks.items() for part in self.within(line)[:1]}

    def ending_in_river(self, line: LineString) -> LineString:
        if line.intersects(self.river):
            crossings = shapely.get_coordinates(line.intersection(self.river))
            meeting = min(line.project(Point(at)) for at in crossings)
            return substring(line, 0, meeting)
        end = self.river.interpolate(self.river.project(Point(line.coords[-1])))
        return LineString([*line.coords, end.coords[0]])

    @cached_property
    def water(self) -> MultiPolygon:
        mere = blob((5350, 7150), 150, self.dice("mere"), 1.3)
        oxbow = self.river.parallel_offset(95, "left").intersection(Point(10900, 3950).buffer(190)).buffer(9)
        everything = [
            broadening(self.river, 9, 21),
            mere,
            oxbow,
            *(broadening(line, 1.5, 3.5) for line in self.brooks.values()),
        ]
        joined = shapely.union_all(everything).intersection(self.outline)
        return MultiPolygon([part for part in getattr(joined, "geoms", [joined]) if part.area > 50])

    @cached_property
    def rail(self) -> LineString:
        return trail(gazetteer.RAILWAY, self.dice("rail"), 0.015, 900)

    @cached_property
    def station(self) -> Point:
        return self.rail.interpolate(self.rail.project(Point(gazetteer.STATION)))

    @cached_property
    def majors(self) -> dict[str, LineString]:
        return streets.laid(gazetteer.MAJOR_ROADS, 0.05, f"{self.seed}", [])

    @cached_property
    def lanes(self) -> dict[str, LineString]:
        return streets.laid(gazetteer.LANES, 0.09, f"{self.seed}", list(self.majors.values()))

    @cached_property
    def ground(self) -> dict[str, Polygon]:
        legs = [self.majors[name] for name in ("Wickenthorpe Road", "High Street", "Emmery Road")]
        axis = shapely.line_merge(shapely.union_all(legs))
        return partition(self.outline, self.town, self.river, axis, self.dice("parishes"))

    @cached_property
    def blocks(self) -> streets.Blocks:
        brooks = [line.buffer(16) for line in self.brooks.values()]
        clear = shapely.union_all([self.river.buffer(48), self.rail.buffer(20), *brooks])
        return streets.town_blocks(self.built_up, list(self.majors.values()), clear, self.dice("blocks"))

    @cached_property
    def village_centres(self) -> dict[str, Xy]:
        return {parish.name: parish.at for parish in [gazetteer.COUNCIL, *gazetteer.PARISHES]}

    @cached_property
    def roads(self) -> list[Road]:
        names = streets.street_names(self.dice("street names"))
        through = [*self.majors.values(), *self.lanes.values()]
        by_kind: list[tuple[Literal["major", "minor", "lane"], Sequence[tuple[str, LineString]]]] = [
            ("major", list(self.majors.items())),
            ("lane", list(self.lanes.items())),
            ("minor", [(next(names), line) for line in self.blocks.streets]),
            (
                "lane",
                [
                    (next(names), line)
                    for name, centre in self.village_centres.items()
                    for line in streets.village_ways(centre, through, self.dice(name))
                ],
            ),
        ]
        return [
            Road(name, kind, part)
            for kind, roads in by_kind
            for name, line in roads
            for part in self.within(line)
        ]

    @cached_property
    def carriageways(self) -> BaseGeometry:
        paved = shapely.union_all([road.line.buffer(7, quad_segs=2) for road in self.roads])
        shapely.prepare(paved)
        return paved

    def within(self, line: LineString) -> list[LineString]:
        inside = line.intersection(self.outline)
        return [part for part in getattr(inside, "geoms", [inside]) if part.length > 25]

    @cached_property
    def woods(self) -> dict[str, Polygon]:
        taken = shapely.union_all([self.water, self.built_up, self.rail.buffer(14), self.carriageways])
        wanted = [*gazetteer.WOODS, *self.copses]
        grown = {name: blob(at, reach, self.dice(name), 1.2) for name, at, reach in wanted}
        return {name: self.left_of(shape, taken) for name, shape in grown.items()}

    @cached_property
    def copses(self) -> list[tuple[str, Xy, float]]:
        """Small woods where nothing else is."""
        dice, found = self.dice("copses"), list[tuple[str, Xy, float]]()
        far_from = [
            *(Point(at).buffer(500) for at in self.village_centres.values()),
            self.town.buffer(150),
            *(Point(at).buffer(reach * 1.6) for _, at, reach in gazetteer.WOODS),
            *(Point(at).buffer(reach * 1.6) for _, _, at, reach in gazetteer.COUNTRY_GREENS),
        ]
        open_land = self.outline.buffer(-250).difference(shapely.union_all(far_from))
        names = dice.sample(gazetteer.STREET_STEMS, gazetteer.COPSES)
        while len(found) < gazetteer.COPSES:
            at = (dice.uniform(0, 14000), dice.uniform(0, 11000))
            if open_land.contains(Point(at)):
                kind = dice.choice(("Copse", "Spinney", "Plantation", "Holt"))
                found.append((f"{names[len(found)]} {kind}", at, dice.uniform(50, 125)))
        return found

    @cached_property
    def commons(self) -> dict[str, Polygon]:
        """Country greens, and the town's blocks that were kept green."""
        taken = shapely.union_all([self.water, self.carriageways])
        drawn = {
            name: blob(at, reach, self.dice(name), 1.15) for name, _, at, reach in gazetteer.COUNTRY_GREENS
        }
        drawn |= {name: blob(at, 75, self.dice(name)) for name, _, at in gazetteer.TOWN_GREENS}
        drawn |= self.blocks.greens
        return {name: self.left_of(shape, taken) for name, shape in drawn.items()}

    def left_of(self, shape: Polygon, taken: BaseGeometry) -> Polygon:
        return largest(shape.difference(taken).intersection(self.outline))

    @cached_property
    def riverside(self) -> list[Polygon]:
        """The water meadows that the town keeps on both banks."""
        near = self.river.intersection(self.built_up.buffer(250)).buffer(44).difference(self.river.buffer(22))
        roads = shapely.union_all([road.line.buffer(9) for road in self.roads if road.kind == "major"])
        left = near.difference(roads).difference(self.rail.buffer(12))
        return [part for part in left.geoms if part.area > 6_000]

    @cached_property
    def housing(self) -> dict[str, Polygon]:
        """A block of the town, or else a field."""
        drawn = dict(self.blocks.sites)
        for slug, reference, _, at, reach in gazetteer.HOUSING_SITES:
            if reference not in drawn:
                field = blob(at, reach or 80, self.dice(reference)).simplify(12)
                drawn[reference] = largest(field.intersection(self.ground[anchor(slug)].buffer(-5)))
        return {reference: largest(shape.difference(self.carriageways)) for reference, shape in drawn.items()}

    @cached_property
    def houses(self) -> list[Polygon]:
        villages = shapely.union_all([Point(at).buffer(330) for at in self.village_centres.values()])
        fronts = []
        for ground, gap in (
            (self.built_up.buffer(90), buildings.gap_in_town),
            (villages, buildings.gap_in_village),
        ):
            shapely.prepare(ground)
            streets_here = [
                (road.line.intersection(ground), 11.0 if road.kind == "major" else 8.5)
                for road in self.roads
                if ground.intersects(road.line)
            ]
            parts = [(part, back) for line, back in streets_here for part in getattr(line, "geoms", [line])]
            fronts += buildings.frontages(parts, gap, self.dice("houses"))
        return buildings.standing(
            [*self.landmarks.values(), *self.farmhouses, *fronts],
            [road.line for road in self.roads],
            self.barred,
        )

    @cached_property
    def barred(self) -> BaseGeometry:
        """Where nothing is built."""
        return shapely.union_all(
            [
                self.water.buffer(12),
                self.rail.buffer(14),
                *self.commons.values(),
                *self.riverside,
                *self.woods.values(),
                *self.housing.values(),
                shapely.box(-999, -999, 15999, 12999).difference(self.outline),
            ]
        )

    @cached_property
    def landmarks(self) -> dict[str, Polygon]:
        dice, placed = self.dice("landmarks"), dict[str, Polygon]()
        shapely.prepare(self.barred)
        for name, at, length, depth in gazetteer.LANDMARKS:
            taken = [self.carriageways, self.barred, *(other.buffer(30) for other in placed.values())]
            shape = buildings.landmark(length, depth, dice)
            placed[name] = buildings.nearest_plot(shape, at, taken)
        return placed

    @cached_property
    def farmhouses(self) -> list[Polygon]:
        return [
            yard
            for _, at in self.farms
            for yard in buildings.farmyard(at, self.dice(f"yard {at.x:.0f} {at.y:.0f}"))
        ]

    @cached_property
    def farms(self) -> list[tuple[str, Point]]:
        """Farms stand back from the lanes, far from the town and from one another."""
        dice, found = self.dice("farms"), list[tuple[str, Point]]()
        lines = [self.lanes[name] for name in gazetteer.LANES]
        for name in gazetteer.FARMS * 4:
            line = dice.choice(lines)
            at = line.parallel_offset(dice.uniform(45, 130), dice.choice(("left", "right"))).interpolate(
                dice.uniform(0.15, 0.85), normalized=True
            )
            settled = [*map(Point, self.village_centres.values()), *(other for _, other in found)]
            apart = min(at.distance(other) for other in settled)
            rural = self.outline.contains(at) and not self.town.contains(at)
            if rural and apart > 750 and name not in dict(found):
                found.append((name, at))
        return found


def anchor(slug: str) -> str:
    """The partition knows forum areas by slug and parishes by name."""
    return slug if slug in gazetteer.FORUMS else gazetteer.COUNCIL.name
