"""A quilt of areas that share every edge exactly: wavy cells, rich in points around the patches that are tried."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

CELL_M = 1_000
ORIGIN_M = 100_000
COARSE, FINE = 4, 50  # points on one side of a cell; a fine cell has 200 in all
PATCH = 2  # cells around a tried one that are fine


@dataclass(frozen=True)
class Quilt:
    """`areas` lie edge to edge; `gaps` are the cells left out, each with eight neighbours."""

    areas: NDArray[np.object_]
    gaps: NDArray[np.object_]


def quilt(n: int, tried: int = 16) -> Quilt:
    across = int(np.ceil(np.sqrt(n + tried)))
    columns, rows = np.divmod(np.arange(n + tried), across)
    cells = coarse_cells(columns, rows)
    middles = middles_of(across, columns.max() + 1, tried)
    fine = {
        (c + i, r + j) for c, r in middles for i in range(-PATCH, PATCH + 1) for j in range(-PATCH, PATCH + 1)
    }
    where = {(int(c), int(r)): index for index, (c, r) in enumerate(zip(columns, rows, strict=True))}
    for cell in fine & where.keys():
        cells[where[cell]] = fine_cell(*cell, fine)
    gaps = [where[cell] for cell in middles]
    return Quilt(np.delete(cells, gaps), cells[gaps])


def middles_of(across: int, columns: int, tried: int) -> list[tuple[int, int]]:
    side = int(np.sqrt(tried))
    steps = (np.arange(side) + 0.5) / side
    return [(int(c * columns), int(r * across)) for c in steps for r in steps]


def corner(columns, rows):
    """Where four cells meet, pushed about so that no two boxes line up."""
    push = 150 * np.sin(columns * 12.9898 + rows * 78.233), 150 * np.cos(columns * 39.346 + rows * 11.135)
    return np.stack([ORIGIN_M + columns * CELL_M + push[0], ORIGIN_M + rows * CELL_M + push[1]], axis=-1)


def side(start, end, points: int):
    """From one corner towards the next, without the next; a wave across it, the same from both sides."""
    along = (np.arange(points) / points)[:, None]
    start, end = start[..., None, :], end[..., None, :]
    lean = np.stack([-(end - start)[..., 1], (end - start)[..., 0]], axis=-1)
    return start + (end - start) * along + lean * 0.06 * np.sin(along * np.pi * 4)


def ring(columns, rows, points: tuple[int, int, int, int]):
    """Each side is made from its western or southern corner, so that both cells have the same points."""
    sw, se = corner(columns, rows), corner(columns + 1, rows)
    nw, ne = corner(columns, rows + 1), corner(columns + 1, rows + 1)
    south, east, north, west = points
    parts = [
        side(sw, se, south),
        side(se, ne, east),
        np.flip(np.concatenate([side(nw, ne, north)[..., 1:, :], ne[..., None, :]], axis=-2), axis=-2),
        np.flip(np.concatenate([side(sw, nw, west)[..., 1:, :], nw[..., None, :]], axis=-2), axis=-2),
        sw[..., None, :],
    ]
    return np.round(np.concatenate(parts, axis=-2), 3)


def coarse_cells(columns, rows) -> NDArray[np.object_]:
    return shapely.multipolygons(shapely.polygons(ring(columns, rows, (COARSE,) * 4))[:, None])


def fine_cell(column: int, row: int, fine: set[tuple[int, int]]):
    beside = [(column, row - 1), (column + 1, row), (column, row + 1), (column - 1, row)]
    points = tuple(FINE if cell in fine else COARSE for cell in beside)
    return shapely.MultiPolygon([shapely.Polygon(ring(np.float64(column), np.float64(row), points))])
