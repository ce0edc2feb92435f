"""A boundary of 5,000 vertices, uploaded in each format, until its findings are known: those of the outline itself
and those beside two neighbours on the register, of which one shares its edge and one leaves a strip between.

Limits at the 95th percentile: 300 ms for GeoJSON, 1.5 s for what goes through the sandbox."""

import math
import sys
import time

import numpy as np
import shapely

from geodata import boundary, writing
from geodata.reading import read
from geodata.surroundings import Around, beside_register

VERTICES = 5_000
ROUNDS = 40
OURS_MS, SANDBOXED_MS = 300, 1_500
READ_HERE = ("GeoJSON", "CSV")


def outline() -> shapely.Polygon:
    turn = np.linspace(0, math.tau, VERTICES)[:-1]
    radius = 2_000 + 300 * np.sin(9 * turn) + np.random.default_rng(5).uniform(0, 3, VERTICES - 1)
    points = np.column_stack([412_000 + radius * np.cos(turn), 268_000 + radius * np.sin(turn)]).round(3)
    return shapely.Polygon(points)


def neighbours(area: shapely.Polygon) -> list[Around]:
    """To the west along the same points, to the east 2 m off."""
    west, east = (
        shapely.box(*half)
        for half in ((405_000, 260_000, 412_000, 276_000), (412_100, 260_000, 419_000, 276_000))
    )
    return [
        Around("Beck", shapely.difference(west, area, grid_size=0.001)),
        Around("Coppice", shapely.difference(east, area.buffer(2), grid_size=0.001)),
    ]


def uploaded(data: bytes, around: list[Around]) -> float:
    began = time.perf_counter()
    [feature] = read(data).features
    found = [*boundary.check(feature.geometry), *beside_register(feature.geometry, around)]
    assert not any(finding.severity == "error" for finding in found)
    assert "gap" in {finding.code for finding in found}
    return (time.perf_counter() - began) * 1000


def main() -> int:
    late, area = 0, outline()
    around = neighbours(area)
    assert shapely.get_num_coordinates(area) == VERTICES
    for format in writing.FORMATS:
        data = writing.written(format, [(area, {"name": "Alderbrook"})])
        limit = OURS_MS if format in READ_HERE else SANDBOXED_MS
        taken = sorted(uploaded(data, around) for _ in range(ROUNDS))
        p95 = taken[math.ceil(0.95 * ROUNDS) - 1]
        late += p95 > limit
        print(
            f"{format}, {len(data) / 1000:.0f} kB: p50 {taken[ROUNDS // 2]:.0f} ms, p95 {p95:.0f} ms, limit {limit}: "
            f"ratio {p95 / limit:.2f}",
            flush=True,
        )
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
