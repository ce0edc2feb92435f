"""The built files, how they are served, and the outline arithmetic that runs in the browser."""

import gzip
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from shapely.geometry import Polygon

from consult.web import asset_files
from geodata import crs

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "consult" / "web" / "assets" / "js"
# The files' share of what tests/browser/test_weight.py counts on real pages, in a browser, with everything they fetch.
PAGE_FILES_BYTES = 30_000
MAP_FILES_BYTES = 100_000


@pytest.fixture(scope="module")
def manifest() -> dict[str, str]:
    subprocess.run([ROOT / "bin" / "assets"], check=True, timeout=300)
    return asset_files.read_manifest(ROOT / "build" / "static")


@pytest.fixture
def client(manifest: dict[str, str]) -> Iterator[FlaskClient]:
    app = Flask("assets", root_path=str(ROOT), static_folder="build/static")
    app.config["ROOT"] = ROOT
    asset_files.init_app(app)
    with app.test_request_context():
        yield app.test_client()


def built(name: str) -> str:
    return (ROOT / "build" / "static" / name).read_text()


def gzipped_size(*names: str) -> int:
    return sum((ROOT / "build" / "static" / f"{name}.gz").stat().st_size for name in names)


def parts_of(name: str) -> set[str]:
    """The file and every part that it imports before it can run."""
    found = {name}
    for part in re.findall(r'(?:from|import)"\./([^"]+)"', built(name)):
        found |= parts_of(part)
    return found


def in_node(imports: str, expression: str) -> Any:
    module, names = imports.split(":")
    script = f'import {{ {names} }} from "{SCRIPTS / module}"; console.log(JSON.stringify({expression}));'
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, timeout=30, check=True
    )
    return json.loads(done.stdout)


def test_a_second_build_finds_nothing_to_do(manifest: dict[str, str]) -> None:
    done = subprocess.run([ROOT / "bin" / "assets"], check=True, capture_output=True, text=True)
    assert done.stdout == ""


def test_every_name_in_the_manifest_has_its_file_and_a_squeezed_one(manifest: dict[str, str]) -> None:
    assert set(manifest) == {"site.css", "editor.css", "mark.svg", "page.js", "map-view.js", "map-edit.js"}
    for file in manifest.values():
        whole = (ROOT / "build" / "static" / file).read_bytes()
        assert whole
        assert gzip.decompress((ROOT / "build" / "static" / f"{file}.gz").read_bytes()) == whole


def test_nothing_of_govuks_own_identity_is_served(manifest: dict[str, str]) -> None:
    css = built(manifest["site.css"])
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert "crest" not in css
    assert "/assets/" not in css
    assert "system-ui" in css
    assert ".govuk-error-summary" in css


def test_the_files_of_every_page_stay_within_their_share(manifest: dict[str, str]) -> None:
    assert gzipped_size(manifest["site.css"], *parts_of(manifest["page.js"])) <= PAGE_FILES_BYTES


def test_the_files_of_a_map_stay_within_their_share(manifest: dict[str, str]) -> None:
    extra = parts_of(manifest["map-view.js"]) - parts_of(manifest["page.js"])
    assert 60_000 < gzipped_size(*extra) <= MAP_FILES_BYTES


def test_a_map_without_tiles_does_not_fetch_their_code(manifest: dict[str, str]) -> None:
    assert not any("tileUrlFunction" in built(part) for part in parts_of(manifest["map-view.js"]))


def test_a_page_without_a_map_does_not_fetch_the_maps_code(manifest: dict[str, str]) -> None:
    assert gzipped_size(*parts_of(manifest["page.js"])) < 15_000
    assert gzipped_size(*parts_of(manifest["map-view.js"])) > 60_000


def test_a_built_file_may_be_kept_for_ever(client: FlaskClient) -> None:
    answer = client.get(asset_files.asset_url("site.css"), buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert answer.cache_control.immutable
    assert answer.cache_control.max_age == asset_files.A_YEAR_IN_SECONDS


def test_a_browser_that_understands_gzip_gets_the_squeezed_file(client: FlaskClient) -> None:
    address = asset_files.asset_url("page.js")
    plain = client.get(address, buffered=True)
    squeezed = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert plain.content_encoding is None
    assert squeezed.content_encoding == "gzip"
    assert squeezed.mimetype == plain.mimetype == "text/javascript"
    assert "Accept-Encoding" in squeezed.vary
    assert gzip.decompress(squeezed.data) == plain.data


@pytest.mark.parametrize("name", ["manifest.json", ".sources", "../../pyproject.toml", "nothing-ABCDEFGH.js"])
def test_only_built_files_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_missing_assets_are_named_in_one_plain_sentence(tmp_path: Path) -> None:
    app = Flask("bare")
    app.config["ROOT"] = tmp_path
    asset_files.init_app(app)
    with app.test_request_context(), pytest.raises(asset_files.AssetsNotBuilt, match="Run bin/assets"):
        asset_files.asset_url("site.css")


def test_the_lock_names_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_hectares_in_the_browser_agree_with_the_national_grid() -> None:
    ring = [[-1.30, 51.70], [-1.28, 51.70], [-1.275, 51.715], [-1.28, 51.72], [-1.30, 51.72]]
    figures = in_node("edit/measure.js:measure", f"measure([[{ring}]])")
    on_the_grid = crs.to_grid(Polygon(ring))
    assert figures["hectares"] == pytest.approx(on_the_grid.area / 10_000, rel=1e-4)
    assert figures["metres"] == pytest.approx(on_the_grid.length, rel=1e-4)


def test_a_hole_takes_its_hectares_away_and_adds_its_edge() -> None:
    ring = [[-1.30, 51.70], [-1.28, 51.70], [-1.28, 51.72], [-1.30, 51.72]]
    hole = [[-1.295, 51.705], [-1.290, 51.705], [-1.290, 51.710], [-1.295, 51.710]]
    whole, cut, taken = (
        in_node("edit/measure.js:measure", f"measure({shape})")
        for shape in ([[ring]], [[ring, hole]], [[hole]])
    )
    assert cut["hectares"] == pytest.approx(whole["hectares"] - taken["hectares"])
    assert cut["metres"] == pytest.approx(whole["metres"] + taken["metres"])


@pytest.mark.parametrize(
    ("ring", "crosses"),
    [
        ([[0, 0], [10, 0], [10, 10], [0, 10]], 0),
        ([[0, 0], [10, 10], [10, 0], [0, 10]], 1),
        ([[0, 0], [10, 0], [10, 10], [5, 0], [0, 10]], 2),
        ([[0, 0], [10, 0], [4, 0], [4, 8]], 2),
    ],
    ids=["square", "bow tie", "corner on another edge", "folded back on itself"],
)
def test_an_outline_that_crosses_itself_is_found(ring: list[list[int]], crosses: int) -> None:
    assert in_node("edit/crossing.js:crossingsOfShape", f"crossingsOfShape([[{ring}]]).length") == crosses


NEXT_DOOR = '[neighbourRing("Oxmoor", [[0,0],[100,0],[100,50],[120,100],[0,100]])]'
NEIGHBOURS = "edit/neighbours.js:neighbourRing, snap, trace"


def test_a_point_near_a_neighbours_corner_becomes_that_corner() -> None:
    assert in_node(NEIGHBOURS, f"snap({NEXT_DOOR}, [97, 2], 5).point") == [100, 0]
    assert in_node(NEIGHBOURS, f"snap({NEXT_DOOR}, [60, -3], 5).point") == [60, 0]
    assert in_node(NEIGHBOURS, f"snap({NEXT_DOOR}, [60, -9], 5)") is None


def test_the_edge_between_two_points_of_a_neighbour_is_followed_the_short_way_round() -> None:
    assert in_node(NEIGHBOURS, f"trace({NEXT_DOOR}, [90, 0], [120, 100]).points") == [[100, 0], [100, 50]]
    assert in_node(NEIGHBOURS, f"trace({NEXT_DOOR}, [120, 100], [90, 0]).points") == [[100, 50], [100, 0]]
    assert in_node(NEIGHBOURS, f"trace({NEXT_DOOR}, [10, 0], [60, 0]).points") == []
    assert in_node(NEIGHBOURS, f"trace({NEXT_DOOR}, [10, 5], [60, 0])") is None


def test_a_point_may_be_moved_added_and_deleted_but_three_must_stay() -> None:
    rings = "edit/rings.js:canRemove, insertPoint, movePoint, removePoint, nearestEdge"
    square = "[[[[0,0],[10,0],[10,10],[0,10]]]]"
    assert in_node(rings, f"movePoint({square}, [0,0,2], [12,12])") == [
        [[[0, 0], [10, 0], [12, 12], [0, 10]]]
    ]
    assert in_node(rings, f"nearestEdge({square}, [9,5]).path") == [0, 0, 2]
    assert in_node(rings, f"insertPoint({square}, [0,0,2], [9,5])[0][0][2]") == [9, 5]
    assert in_node(rings, f"removePoint({square}, [0,0,0])") == [[[[10, 0], [10, 10], [0, 10]]]]
    assert in_node(rings, "canRemove([[[[0,0],[1,0],[1,1]]]], [0,0,0])") is False


def test_going_back_and_forth_never_loses_a_step() -> None:
    script = (
        '(() => { const h = history("a"); h.add("b"); h.add("c"); h.undo(); h.undo(); h.undo(); const first = h.now(); '
        'h.redo(); const second = h.now(); h.add("d"); return [first, second, h.now(), h.canRedo()]; })()'
    )
    assert in_node("edit/history.js:history", script) == ["a", "b", "d", False]
