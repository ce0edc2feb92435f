"""Standard letters among comments, on seeds that nobody has tuned anything on: how many copies are found, how many
unrelated comments are taken for copies, and what it costs. Limits: those of the design."""

import sys
import time
from collections import Counter
from collections.abc import Callable
from secrets import randbelow

from consult.campaigns.detecting import groups
from tests.bench._letters import WAYS, Made, easy, stock

SEEDS = 3
LIMITS = {"easy": (0.98, 0.002), "easy, 10,000": (0.98, 0.002), "stock sentences": (0.95, 0.02)}
SECONDS = 3.0
KINDS: dict[str, Callable[[int], Made]] = {
    "easy": easy,
    "easy, 10,000": lambda seed: easy(seed, own=8_800),
    "stock sentences": stock,
}


def measure(kind: str, seed: int) -> bool:
    made = KINDS[kind](seed)
    began = time.process_time()
    found = groups(made.texts)
    seconds = time.process_time() - began
    recalled, wrong = scored(made, [group.members for group in found])
    copies = [at for at, campaign in enumerate(made.campaign) if campaign >= 0]
    recall, false = len(recalled) / len(copies), len(wrong) / (len(made.texts) - len(copies))
    ways = ", ".join(f"{way} {share(made, recalled, way):.3f}" for way in WAYS)
    least, most = LIMITS[kind]
    good = recall >= least and false <= most and seconds <= SECONDS
    verdict = "" if good else "  FAILED"
    print(
        f"{kind}, seed {seed}, {len(made.texts):,} texts: recall {recall:.4f} (at least {least}), "
        f"false {false:.3%} (at most {most:.1%}), {seconds:.2f} s CPU (at most {SECONDS:.0f}){verdict}"
    )
    print(f"    found by kind of copy: {ways}")
    return good


def scored(made: Made, found: list[tuple[int, ...]]) -> tuple[set[int], set[int]]:
    """Copies that are in a group of their letter, and unrelated texts that are in any."""
    recalled: set[int] = set()
    for members in found:
        letters = Counter(made.campaign[at] for at in members if made.campaign[at] >= 0)
        letter = letters.most_common(1)[0][0] if letters else None
        recalled |= {at for at in members if made.campaign[at] == letter}
    return recalled, {at for members in found for at in members if made.campaign[at] < 0}


def share(made: Made, recalled: set[int], way: str) -> float:
    copies = [at for at, given in enumerate(made.way) if given == way]
    return sum(at in recalled for at in copies) / len(copies)


def main() -> int:
    begin = randbelow(1_000_000)
    return int(not all([measure(kind, begin + n) for kind in KINDS for n in range(SEEDS)]))


if __name__ == "__main__":
    sys.exit(main())
