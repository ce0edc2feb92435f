"""What a page costs the phone that opens it: every byte that comes over the wire, headers and all, as Chromium counts
them. The service compresses its own answers, so the page itself is counted as it was sent."""

from dataclasses import dataclass

from playwright.sync_api import Browser

WITHOUT_MAP_BYTES = 60_000
WITH_MAP_BYTES = 190_000
VIEWPORTS = {"375 px": {"width": 375, "height": 740}, "1280 px": {"width": 1280, "height": 900}}
RESPOND = {
    "a plan's policies": "/f/nether-tarrow/consultations/reg14/respond?whole=1",
    "a town from edge to edge": "/f/station-fields/consultations/early/respond?whole=1",
    "a call for sites": "/f/oldbridge/consultations/sites/respond?whole=1",
}


@dataclass(frozen=True)
class Weight:
    without_map: dict[str, int]
    with_map: dict[str, int]


def weigh(browser: Browser, address: str, viewport: dict[str, int]) -> Weight:
    """The page for somebody who never comes near its map, and for somebody who looks at it; both on a first visit."""
    return Weight(loaded(browser, address, viewport, False), loaded(browser, address, viewport, True))


def loaded(browser: Browser, address: str, viewport: dict[str, int], with_map: bool) -> dict[str, int]:
    window = browser.new_context(viewport=viewport)  # type: ignore[arg-type]
    page = window.new_page()
    wire = window.new_cdp_session(page)
    wire.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    wire.on("Network.responseReceived", lambda e: names.update({e["requestId"]: e["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    if with_map:
        with page.expect_request_finished(lambda request: "base-map.geojson" in request.url):
            page.goto(address)
            page.locator("[data-map]").scroll_into_view_if_needed()
    else:
        page.route("**/map-view-*.js", lambda route: route.abort())
        page.goto(address)
    page.wait_for_load_state("networkidle")
    window.close()
    return {names[key]: size for key, size in sizes.items()}
