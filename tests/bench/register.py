"""One boundary against a register of N areas that share their edges: our index and exact predicate, beside a tree of
shapely geometries that is held in memory and asked the same. Limit: 1.5 times the tree, and flat in N."""

import sys

import numpy as np
import shapely
import sqlalchemy as sa

from consult import clock, tenancy
from consult.areas import index, register
from consult.areas.models import RegisterEntry
from consult.database import db, native, new_id, on_postgresql, unit_of_work
from geodata.register import clashes
from tests.bench._places import ROUNDS, fresh, kinds, median, medians
from tests.bench._quilt import quilt

SIZES = (3_000, 36_000, 200_000)
LIMIT = 1.5
BATCH = 10_000
SHIFT_M = 30


def fill(areas, authority_id) -> None:
    """The register as it would be after N claims, put there in bulk."""
    wkb, table = shapely.to_wkb(areas), RegisterEntry.__table__
    for start in range(0, len(areas), BATCH):
        numbers = range(start, min(start + BATCH, len(areas)))
        native(table.insert(), [row(number + 1, wkb[number], authority_id) for number in numbers])
        boxes = [{"n": number + 1, **index.box(areas[number])} for number in numbers]
        native(index.ADD_BOX if on_postgresql() else index.ADD, boxes)


def row(number, outline, authority_id):
    words = {"reference": f"NA-{number:04}", "name": f"Area {number}", "body": "Body", "hectares": 100.0}
    whose = {"space_id": authority_id, "authority_id": authority_id, "id": new_id()}
    return {"number": number, "outline": outline, "entered": clock.now(), **words, **whose}


def compare(kind: str, size: int) -> list[float]:
    """Our time as a multiple of the tree's: for boundaries that clash with nothing, and for some that do."""
    made = quilt(size)
    with fresh(kind) as (app, world), app.app_context():
        northam = world.space["northam"]
        with unit_of_work(), tenancy.inside(northam):
            fill(made.areas, northam)
        settle()
        tree = shapely.STRtree(made.areas)
        with tenancy.inside(northam):
            pushed = shapely.transform(made.gaps, lambda points: points + SHIFT_M)
            ratios = [
                ratio(f"{kind}, N = {size:,}, {what}", tree, made.areas, shapely.to_wkb(tried), clashing)
                for what, tried, clashing in (("no clash", made.gaps, False), ("clashing", pushed, True))
            ]
        db.session.remove()
    return ratios


def settle() -> None:
    if on_postgresql():
        with unit_of_work():
            native(sa.text("RESET ROLE"))
            native(sa.text("ANALYZE register_index, register_entry"))


def ratio(what: str, tree, areas, tried, clashing: bool) -> float:
    def in_memory():
        found = []
        for outline in tried:
            shape = shapely.from_wkb(outline)
            near = np.sort(tree.query(shape))
            found.append(sorted((int(near[c.index]) + 1, c.kind) for c in clashes(shape, areas[near])))
        return found

    def ours():
        answers = [register.shared_with(shapely.from_wkb(outline)) for outline in tried]
        return [sorted((n.number, n.kind) for n in neighbours) for neighbours in answers]

    answers = ours()
    assert answers == in_memory(), "the two methods disagree"
    assert [bool(answer) for answer in answers] == [clashing] * len(tried)
    taken = medians({"tree": in_memory, "ours": ours}, ROUNDS)
    tree_ms, our_ms = (median(taken[name]) / len(tried) for name in ("tree", "ours"))
    rounds = sorted(a / b for a, b in zip(taken["ours"], taken["tree"], strict=True))
    best = min(taken["ours"]) / min(taken["tree"])
    print(
        f"{what}: tree {tree_ms:.2f} ms, ours {our_ms:.2f} ms, ratio {our_ms / tree_ms:.2f} "
        f"(rounds {rounds[0]:.2f} to {rounds[-1]:.2f}; of the best rounds {best:.2f}), limit {LIMIT}",
        flush=True,
    )
    return our_ms / tree_ms


def main() -> int:
    worst = 0.0
    for kind in kinds():
        ratios = [max(compare(kind, size)) for size in SIZES]
        print(f"{kind}: the higher ratio goes {' → '.join(f'{r:.2f}' for r in ratios)} as N grows")
        worst = max(worst, *ratios)
    return 1 if worst > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
