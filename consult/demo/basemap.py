"""The offline base map as plain data: layers of features, each with a style that the map page knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapely.geometry.base import BaseGeometry

from consult.demo import gazetteer
from consult.demo.atlas import District


def layer(name: str, style: str, features: Sequence[tuple[BaseGeometry, str | None]]) -> dict[str, Any]:
    return {
        "name": name,
        "style": style,
        "features": [{"geometry": geometry, "label": label} for geometry, label in features],
    }


def road_layers(place: District) -> list[dict[str, Any]]:
    styles = [
        ("Lanes", "lane", "lane"),
        ("Streets", "road-minor", "minor"),
        ("Main roads", "road-major", "major"),
    ]
    return [
        layer(name, style, [(road.line, road.name) for road in place.roads if road.kind == kind])
        for name, style, kind in styles
    ]


def name_layers(place: District) -> list[dict[str, Any]]:
    """The smallest first: where two names would run into one another, the one on top stays."""
    names = {5: "Streets and farms", 4: "Greens and water", 3: "Quarters", 2: "Villages", 1: "Town"}
    return [
        layer(
            name,
            "town-label" if rank <= 2 else "place-label",
            [(label.at, label.text) for label in place.labels if label.rank == rank],
        )
        for rank, name in names.items()
    ]


def base_map(place: District) -> list[dict[str, Any]]:
    """What the offline base map shows, bottom layer first."""
    greens = [(green.outline, green.name) for green in place.greens if green.kind != "wood"]
    woods = [(green.outline, green.name) for green in place.greens if green.kind == "wood"]
    parishes = [(parish.outline, parish.name) for parish in place.parishes]
    parishes += [(area.outline, area.name) for area in place.areas if area.kind == "council"]
    streams = [(stream.line, stream.name) for stream in place.streams]
    return [
        layer("Greens", "green", greens),
        layer("Woods", "wood", woods),
        layer("Streams", "river", [(place.river, gazetteer.RIVER_NAME), *streams]),
        layer("Water", "water", [(place.water, gazetteer.RIVER_NAME)]),
        layer("Buildings", "building", [(building, None) for building in place.buildings]),
        *road_layers(place),
        layer("Railway", "rail", [(place.rail, None)]),
        layer("Parishes", "parish", parishes),
        *name_layers(place),
    ]
