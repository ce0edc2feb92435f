"""Lines and shapes with a natural hand: wiggles, meanders and blobs, all from a seeded generator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import TypeVar, cast

import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Xy = tuple[float, float]
G = TypeVar("G", bound=BaseGeometry)

GRID_IN_M = 0.001


def snapped(shape: G) -> G:
    return cast(G, shapely.set_precision(shape, GRID_IN_M))


def displaced(start: Xy, end: Xy, sideways: float) -> Xy:
    """The middle of a segment, pushed sideways by a share of its length."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    return ((start[0] + end[0]) / 2 - dy * sideways, (start[1] + end[1]) / 2 + dx * sideways)


def wiggled(points: Sequence[Xy], rng: Random, ratio: float, step: float) -> list[Xy]:
    """The same line, each segment broken at a displaced middle until no piece is longer than `step`."""
    line = [points[0]]
    for start, end in pairwise(points):
        if math.dist(start, end) <= step:
            line.append(end)
            continue
        middle = displaced(start, end, rng.uniform(-ratio, ratio))
        line += wiggled([start, middle, end], rng, ratio, step)[1:]
    return line


def rounded(points: Sequence[Xy], times: int = 2) -> list[Xy]:
    """Chaikin's corner cutting, with the ends left where they are."""
    line = list(points)
    for _ in range(times):
        cut = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            cut.append((ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25))
            cut.append((ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75))
        line = [*cut, line[-1]]
    return line


def trail(points: Sequence[Xy], rng: Random, ratio: float = 0.07, step: float = 300) -> LineString:
    """A road or a brook: it wanders a little and has no corners."""
    return LineString(rounded(wiggled(points, rng, ratio, step))).simplify(0.8)


def ring(points: Sequence[Xy], rng: Random, ratio: float, step: float) -> Polygon:
    return Polygon(wiggled([*points, points[0]], rng, ratio, step))


def meandering(points: Sequence[Xy], rng: Random, calm_at: Xy, amplitude: float) -> LineString:
    """A river: bends that swing wide in the fields and are held in where the town stands at `calm_at`."""
    course = LineString(rounded(points, 4))
    phase, line = rng.uniform(0, math.tau), []
    for along in range(0, int(course.length), 35):
        here, ahead = course.interpolate(along), course.interpolate(along + 5)
        heading = math.atan2(ahead.y - here.y, ahead.x - here.x)
        phase += 35 * math.tau / (720 + 240 * math.sin(along / 1700))
        calm = min(1.0, max(0.22, (math.dist((here.x, here.y), calm_at) - 900) / 2200))
        swing = amplitude * calm * math.sin(phase) * (1 + 0.35 * math.sin(along / 910))
        swing += amplitude * 0.18 * calm * math.sin(phase * 2.3)
        line.append((here.x - swing * math.sin(heading), here.y + swing * math.cos(heading)))
    return LineString(rounded(line, 1)).simplify(0.5)


def blob(centre: Xy, radius: float, rng: Random, stretch: float = 1.0) -> Polygon:
    """A wood, a common or a pond: round-ish, never a circle."""
    turn, corners = rng.uniform(0, math.pi), 11
    reach = [radius * rng.uniform(0.68, 1.25) for _ in range(corners)]
    points = []
    for corner, far in enumerate(reach):
        angle = math.tau * corner / corners
        x, y = far * math.cos(angle) * stretch, far * math.sin(angle) / stretch
        points.append(
            (
                centre[0] + x * math.cos(turn) - y * math.sin(turn),
                centre[1] + x * math.sin(turn) + y * math.cos(turn),
            )
        )
    closed = [*points, points[0], points[1]]
    return Polygon(rounded(closed, 3)[8:-8]).buffer(0)
