"""Nobody pays for more than they look at: the respond page within its limits, by every byte that it loads."""

import pytest

from tests.browser.weights import RESPOND, VIEWPORTS, WITH_MAP_BYTES, WITHOUT_MAP_BYTES, weigh

# On a phone each of them; on a laptop the one whose map holds most. `bin/bench pages` weighs all.
WEIGHED = [*((name, "375 px") for name in RESPOND), ("a town from edge to edge", "1280 px")]


@pytest.mark.parametrize(
    ("path", "viewport"),
    [(RESPOND[name], VIEWPORTS[wide]) for name, wide in WEIGHED],
    ids=map(" ".join, WEIGHED),
)
def test_the_respond_page_stays_within_its_limits(server, browser, path, viewport):
    weight = weigh(browser, server + path, viewport)
    assert server + path in weight.without_map
    assert any("base-map.geojson" in name for name in weight.with_map)
    assert not any("map" in name for name in weight.without_map)
    assert sum(weight.without_map.values()) <= WITHOUT_MAP_BYTES, weight.without_map
    assert sum(weight.with_map.values()) <= WITH_MAP_BYTES, weight.with_map
