"""Where places lie on the editor's map, and what has been drawn there: for people who draw with their hands."""

import json
from typing import Any

import pyproj
import shapely
from playwright.sync_api import Page
from shapely.geometry.base import BaseGeometry

ROOM_PX = (50, 70, 50, 50)  # what the editor leaves free at the top, right, bottom and left of the outline
TO_MAP = pyproj.Transformer.from_crs(4326, 3857, always_xy=True)
TO_GRID = pyproj.Transformer.from_crs(4326, 27700, always_xy=True)


def on_grid(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, TO_GRID.transform, interleaved=False)


# West of the Tarrow wharves to the mills in the east: what the editor is given to begin with, so that no test depends
# on what another has saved.
BEGUN = shapely.Polygon(
    [(-1.463, 52.177), (-1.434, 52.1765), (-1.432, 52.19), (-1.445, 52.197), (-1.4625, 52.196)]
)
PASTE = "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }"


def outline_on(page: Page) -> BaseGeometry:
    """What the page would send, in degrees."""
    return shapely.geometry.shape(json.loads(page.locator("#outline").input_value()))


class Sheet:
    """The map with an outline pasted, all of it in view. The map must not have been moved since."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.locator(".ol-viewport").wait_for()
        page.wait_for_load_state("networkidle")
        page.locator("#outline").evaluate(PASTE, shapely.to_geojson(BEGUN))
        page.get_by_role("application").scroll_into_view_if_needed()
        self.first = self.outline
        west, south, east, north = shapely.transform(self.first, TO_MAP.transform, interleaved=False).bounds
        top, right, bottom, left = ROOM_PX
        wide, high = self.box["width"], self.box["height"]
        self.scale = max((east - west) / (wide - left - right), (north - south) / (high - top - bottom))
        self.middle = (
            (west + east) / 2 + (right - left) / 2 * self.scale,
            (south + north) / 2 + (top - bottom) / 2 * self.scale,
        )

    @property
    def box(self) -> Any:
        return self.page.get_by_role("application").bounding_box()

    @property
    def outline(self) -> BaseGeometry:
        return outline_on(self.page)

    def at(self, place: Any) -> tuple[float, float]:
        """The spot on the screen where a place (longitude and latitude) lies."""
        x, y = TO_MAP.transform(*place)
        box = self.box
        return (
            box["x"] + box["width"] / 2 + (x - self.middle[0]) / self.scale,
            box["y"] + box["height"] / 2 - (y - self.middle[1]) / self.scale,
        )

    def neighbours(self) -> dict[str, BaseGeometry]:
        address = self.page.locator("[data-neighbours]").get_attribute("data-neighbours")
        features = self.page.request.get(str(address)).json()["features"]
        return {f["properties"]["name"]: shapely.geometry.shape(f["geometry"]) for f in features}

    def click(self, *place: float) -> None:
        self.page.mouse.click(*self.at(place))

    def tap(self, *place: float) -> None:
        self.page.touchscreen.tap(*self.at(place))

    def says(self, words: str) -> None:
        self.page.locator("[data-map-says]").get_by_text(words).wait_for()
