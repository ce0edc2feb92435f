"""A boundary of 5,000 vertices, uploaded in each format, until its findings are known. Limits at the 95th percentile:
300 ms for GeoJSON, 1.5 s for what goes through the sandbox."""

import math
import sys
import time

import numpy as np
import shapely

from geodata import boundary, writing
from geodata.reading import read

VERTICES = 5_000
ROUNDS = 40
OURS_MS, SANDBOXED_MS = 300, 1_500
READ_HERE = ("GeoJSON", "CSV")


def outline() -> shapely.Polygon:
    turn = np.linspace(0, math.tau, VERTICES)[:-1]
    radius = 2_000 + 300 * np.sin(9 * turn) + np.random.default_rng(5).uniform(0, 3, VERTICES - 1)
    points = np.column_stack([412_000 + radius * np.cos(turn), 268_000 + radius * np.sin(turn)]).round(3)
    return shapely.Polygon(points)


def uploaded(data: bytes) -> float:
    began = time.perf_counter()
    [feature] = read(data).features
    assert not any(finding.severity == "error" for finding in boundary.check(feature.geometry))
    return (time.perf_counter() - began) * 1000


def main() -> int:
    late, area = 0, outline()
    assert shapely.get_num_coordinates(area) == VERTICES
    for format in writing.FORMATS:
        data = writing.written(format, [(area, {"name": "Alderbrook"})])
        limit = OURS_MS if format in READ_HERE else SANDBOXED_MS
        taken = sorted(uploaded(data) for _ in range(ROUNDS))
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
