"""How smoothly the map moves with 500 outlines and 5,000 pins on it, in a browser held to a quarter of its speed."""

import json
import math
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

from tests.browser.people import Somebody
from tests.browser.serving import CHROMIUM, chromium, served
from tests.browser.sheet import BEGUN, Sheet, outline_on

LEAST_FRAMES_PER_SECOND = 30
SHAPES, CORNERS, PINS = 500, 40, 5_000
SLOWER = 4
SECONDS = 6
WEST, SOUTH, EAST, NORTH = BEGUN.bounds  # so that all of them are in view
PAGE = "/f/tannery-wharf/area/draft"
WHO = "Ewa Nowak"
COUNT = """() => {
    window.frames_seen = 0;
    const count = () => { window.frames_seen += 1; requestAnimationFrame(count); };
    requestAnimationFrame(count);
}"""
FRAMES = "() => window.frames_seen"


def feature(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(features: list[dict[str, Any]]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def spot(chance: random.Random) -> list[float]:
    return [chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH)]


def outline(chance: random.Random) -> list[list[list[float]]]:
    """A star about a spot: as many corners as a hand draws."""
    lon, lat = spot(chance)
    turns = [2 * math.pi * i / CORNERS for i in range(CORNERS)]
    reach = [chance.uniform(0.001, 0.002) for _ in turns]
    ring = [[lon + r * 1.6 * math.cos(t), lat + r * math.sin(t)] for t, r in zip(turns, reach, strict=True)]
    return [[*ring, ring[0]]]


def with_layers(route: Route) -> None:
    """The real page, with the layers of this benchmark in place of its own."""
    page = route.fetch()
    layers = [
        {"url": "/bench/shapes.geojson", "style": "place"},
        {"url": "/bench/pins.geojson", "style": "pin"},
    ]
    before, attribute, after = page.text().partition('data-layers="')
    rest = after[after.index('"') :]
    body = before + attribute + json.dumps(layers).replace('"', "&#34;") + rest
    route.fulfill(response=page, body=body)


def loaded(somebody: Somebody) -> Page:
    chance, page = random.Random(1), somebody.page
    shapes = collection([feature("Polygon", outline(chance)) for _ in range(SHAPES)])
    pins = collection([feature("Point", spot(chance)) for _ in range(PINS)])
    page.route("**/bench/shapes.geojson", lambda route: route.fulfill(body=shapes))
    page.route("**/bench/pins.geojson", lambda route: route.fulfill(body=pins))
    page.route(f"**{PAGE}", with_layers)
    somebody.goes(PAGE)
    Sheet(page)  # brings the outline that is drawn on into view
    return page


def frames_per_second(page: Page) -> float:
    """While a hand drags the map to and fro, without letting go."""
    box = page.get_by_role("application").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 30  # above the outline, whose points would be dragged
    wire = page.context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    still = page.screenshot()
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(COUNT)
    began, before, step = time.monotonic(), page.evaluate(FRAMES), 0
    while time.monotonic() - began < SECONDS:
        step += 1
        away = abs(step % 120 - 60)  # there and back
        page.mouse.move(x + 4 * away - 120, y + away)
        time.sleep(0.008)
    seen, took = page.evaluate(FRAMES) - before, time.monotonic() - began
    if page.screenshot() == still or outline_on(page) != BEGUN:
        raise RuntimeError("the hand has not moved the map")
    page.mouse.up()
    return float(seen / took)


def main() -> int:
    if CHROMIUM is None:
        print("no Chromium on this machine: apt-get install chromium")
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), stdout=subprocess.DEVNULL) as server,
        chromium() as browser,
    ):
        somebody = Somebody(browser, server)
        somebody.signs_in_as(WHO)
        rate = frames_per_second(loaded(somebody))
        somebody.leaves()
    enough = rate >= LEAST_FRAMES_PER_SECOND
    print(
        f"panning with {SHAPES} outlines and {PINS:,} pins at 1/{SLOWER} of the speed: {rate:.1f} frames a second "
        f"(at least {LEAST_FRAMES_PER_SECOND}){'' if enough else ': NOT within its limit'}"
    )
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
