"""What a resident's phone loads for the respond page of the demo, over the wire, against the limits of the project."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.serving import CHROMIUM, chromium, served
from tests.browser.weights import RESPOND, VIEWPORTS, WITH_MAP_BYTES, WITHOUT_MAP_BYTES, Weight, weigh

LARGEST = 4


def told(what: str, weight: Weight) -> bool:
    """Prints both sums and the largest parts; whether they are within their limits."""
    before, after = sum(weight.without_map.values()), sum(weight.with_map.values())
    print(f"{what}: {kb(before)} without its map (at most {kb(WITHOUT_MAP_BYTES)}), ", end="")
    print(f"{kb(after)} with it (at most {kb(WITH_MAP_BYTES)})")
    largest = sorted(weight.with_map.items(), key=lambda item: -item[1])[:LARGEST]
    print(
        "  "
        + ", ".join(f"{address.rpartition('/')[2].partition('?')[0]} {kb(size)}" for address, size in largest)
    )
    return before <= WITHOUT_MAP_BYTES and after <= WITH_MAP_BYTES


def kb(size: int) -> str:
    return f"{size / 1000:.1f} KB"


def main() -> int:
    if CHROMIUM is None:
        print("no Chromium on this machine: apt-get install chromium")
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), stdout=subprocess.DEVNULL) as server,
        chromium() as browser,
    ):
        within = [
            told(f"{name}, {wide}", weigh(browser, server + path, viewport))
            for name, path in RESPOND.items()
            for wide, viewport in VIEWPORTS.items()
        ]
    print("within their limits" if all(within) else "NOT within their limits")
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
