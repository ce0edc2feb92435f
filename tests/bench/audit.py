"""Every overlapping pair among N areas that share their edges, one in a hundred reaching into the next: our audit
beside geopandas.overlay, a PostGIS self-join where TEST_DATABASE_URL has the extension, and a plain shapely STRtree
with one relate_pattern over all its pairs. The audit also judges validity and measures what is shared; the others
answer only which pairs. Same pairs from all before any figure.

Limits: 2 × faster than overlay and PostGIS at 3,000 and 5 × at 36,000, at most 1.2 × the tree's time, peak memory at
most 1.5 × the geometries'. Slow peers at 36,000 are asked once, for they take minutes."""

import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from pathlib import Path

import geopandas
import numpy as np
import shapely
import sqlalchemy as sa

from geodata.register import audit
from tests.bench._places import median, medians
from tests.bench._quilt import corner, ring
from tests.databases import GIVEN, PostgresqlDatabases

SIZES = {3_000: 2.0, 36_000: 5.0}  # how many times faster than overlay and PostGIS
ROUNDS = 7
SIDE = 25  # points on one side of an area: 100 in all
TREE_LIMIT, MEMORY_LIMIT = 1.2, 1.5
ENCROACHING = 100  # one area in so many
PLOT_M = (20, 40)


def sheet(n: int):
    """N areas edge to edge, every hundredth with a house plot taken from its eastern neighbour."""
    across = int(np.ceil(np.sqrt(n)))
    columns, rows = np.divmod(np.arange(n), across)
    areas = shapely.polygons(ring(columns, rows, (SIDE,) * 4))
    taking = np.arange(0, n - across, ENCROACHING)  # the last column has no neighbour to the east
    middles = (corner(columns[taking] + 1, rows[taking]) + corner(columns[taking] + 1, rows[taking] + 1)) / 2
    low, high = (middles - PLOT_M).round(3), (middles + PLOT_M).round(3)
    plots = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    areas[taking] = shapely.union(areas[taking], plots)
    return areas


def ours(areas) -> set[tuple[int, int]]:
    found = audit(areas)
    return {(int(pair.a) - 1, int(pair.b) - 1) for pair in found.overlaps + found.slivers}


def tree(areas) -> set[tuple[int, int]]:
    one, other = shapely.STRtree(areas).query(areas)
    one, other = one[one < other], other[one < other]
    meet = shapely.relate_pattern(areas[one], areas[other], "T********")
    return set(zip(one[meet].tolist(), other[meet].tolist(), strict=True))


def overlay(areas) -> set[tuple[int, int]]:
    def frame(name):
        return geopandas.GeoDataFrame({name: range(len(areas))}, geometry=areas, crs=27700)

    found = geopandas.overlay(frame("a"), frame("b"), how="intersection", keep_geom_type=True)
    return {(a, b) for a, b in zip(found.a.tolist(), found.b.tolist(), strict=True) if a < b}


@contextmanager
def postgis(areas):
    """The areas in a database of their own, indexed and analysed; yields the self-join, or None without PostGIS."""
    if not GIVEN:
        yield None
        return
    databases = PostgresqlDatabases(GIVEN)
    engine = sa.create_engine(databases.template_url(), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield filled(connection, areas)
    finally:
        engine.dispose()
        databases.close()


def filled(connection, areas) -> Callable[[], set[tuple[int, int]]] | None:
    with suppress(sa.exc.DBAPIError):
        connection.execute(sa.text("CREATE EXTENSION postgis"))
        connection.execute(sa.text("CREATE TABLE area (n int, shape geometry)"))
        rows = [{"n": n, "shape": wkb} for n, wkb in enumerate(shapely.to_wkb(areas).tolist())]
        connection.execute(sa.text("INSERT INTO area VALUES (:n, ST_GeomFromWKB(:shape, 27700))"), rows)
        connection.execute(sa.text("CREATE INDEX ON area USING gist (shape)"))
        connection.execute(sa.text("ANALYZE area"))
        return lambda: {(a, b) for a, b in connection.execute(sa.text(SELF_JOIN))}
    return None


SELF_JOIN = """
SELECT a.n, b.n FROM area a JOIN area b ON a.n < b.n AND a.shape && b.shape AND ST_Relate(a.shape, b.shape, 'T********')
"""


def compare(n: int, faster: float) -> bool:
    """Whether the limits are kept at this size."""
    areas = sheet(n)
    with postgis(areas) as join:
        slow = {"overlay": lambda: overlay(areas)} | ({"PostGIS": join} if join else {})
        if join is None:
            print("PostGIS: TEST_DATABASE_URL has no such extension, so it is left out")
        quick = {"ours": lambda: ours(areas), "tree": lambda: tree(areas)}
        once = n > min(SIZES)
        answers, seconds = asked(quick | slow)
        assert all(answer == answers["ours"] for answer in answers.values()), "the methods disagree"
        expected = len(range(0, n - int(np.ceil(np.sqrt(n))), ENCROACHING))
        assert len(answers["ours"]) == expected, f"{len(answers['ours'])} pairs, {expected} expected"
        taken = medians(quick if once else quick | slow, ROUNDS)
    taken = {name: [seconds[name] * 1000] for name in seconds} | taken
    print(f"N = {n:,}, {shapely.get_num_coordinates(areas).sum():,} points, {expected} pairs in all answers")
    return all(
        [kept(name, taken, faster if name in slow else 1 / TREE_LIMIT) for name in taken if name != "ours"]
    )


def asked(methods) -> tuple[dict[str, set], dict[str, float]]:
    answers, seconds = {}, {}
    for name, method in methods.items():
        began = time.perf_counter()
        answers[name] = method()
        seconds[name] = time.perf_counter() - began
        print(f"  {name} answered in {seconds[name]:.2f} s", flush=True)
    return answers, seconds


def kept(peer: str, taken: dict[str, list[float]], faster: float) -> bool:
    theirs, mine = taken[peer], taken["ours"]
    ratio = median(theirs) / median(mine)
    rounds = sorted(a / b for a, b in zip(theirs, mine, strict=False))
    spread = f"rounds {rounds[0]:.2f} to {rounds[-1]:.2f}" if len(rounds) > 1 else "asked once"
    print(
        f"  {peer} {median(theirs) / 1000:.2f} s, ours {median(mine) / 1000:.2f} s: {ratio:.2f} × ({spread}), "
        f"at least {faster:.2f}",
        flush=True,
    )
    return ratio >= faster


def memory(n: int) -> bool:
    """Asked in a process that has done nothing else, so that it reuses no room."""
    command = [sys.executable, "-m", "tests.bench.audit", "memory"]
    outlines = pickle.dumps(shapely.to_wkb(sheet(n)).tolist())
    said = subprocess.run(command, input=outlines, capture_output=True, check=True).stdout
    geometries, peak = map(float, said.split())
    ratio = peak / geometries
    print(
        f"  memory: geometries {geometries:.0f} MB, at the peak {peak:.0f} MB: {ratio:.2f} ×, at most {MEMORY_LIMIT}"
    )
    return ratio <= MEMORY_LIMIT


def remember() -> None:
    """What the geometries take, and what the audit takes at its peak with them."""
    outlines = pickle.load(sys.stdin.buffer)
    audit(shapely.from_wkb(outlines[:100]))  # whatever is loaded at first use
    before = resident_mb()
    areas = shapely.from_wkb(outlines)
    after = resident_mb()
    audit(areas)
    print(after - before, resident_mb("VmHWM") - before)


def resident_mb(line: str = "VmRSS") -> float:
    """As the kernel says; `getrusage` would begin with the peak of the process that started this one."""
    for said in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if said.startswith(line):
            return int(said.split()[1]) * 1024 / 1e6
    raise LookupError(line)


def main() -> int:
    if sys.argv[1:] == ["memory"]:
        remember()
        return 0
    within = [compare(n, faster) & memory(n) for n, faster in SIZES.items()]
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
