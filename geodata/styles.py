"""One palette for every map: the pictures drawn here, the map in the browser, and reports."""

import json
from dataclasses import asdict, dataclass

GROUND = "#f8f6f0"
INK = "#2e3a40"
GRID_LINE = "#c3ced1"
GRID_TEXT = "#66777d"
FONT = "Arial, Helvetica, sans-serif"


@dataclass(frozen=True)
class Style:
    """How one kind of thing looks. Lengths are pixels at screen size; colours are #rrggbb; "" means none.

    `casing` is a wider line beneath the line. `hatch` rules the fill with lines of the stroke's colour, so
    that nothing is told by colour alone. `radius` is for points. `text` is the colour of the labels. A `base`
    style is part of the background and is dimmed outside the area.
    """

    name: str
    fill: str = ""
    fill_opacity: float = 1.0
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    casing: str = ""
    casing_width: float = 0.0
    hatch: bool = False
    radius: float = 4.0
    text: str = INK
    text_size: float = 12.0
    bold: bool = False
    italic: bool = False
    base: bool = False


_ALL = (
    Style(
        "green",
        fill="#d8e6c6",
        stroke="#c3d6ac",
        width=0.6,
        text="#4c6a33",
        text_size=11,
        italic=True,
        base=True,
    ),
    Style(
        "wood",
        fill="#c6dab4",
        stroke="#b1c99c",
        width=0.6,
        text="#3f5d2c",
        text_size=11,
        italic=True,
        base=True,
    ),
    Style("settlement", fill="#eee8dc", stroke="#e2d9c8", width=0.6, base=True),
    Style(
        "water",
        fill="#bfdae8",
        stroke="#93bfd4",
        width=0.8,
        text="#2f6683",
        text_size=11,
        italic=True,
        base=True,
    ),
    Style("river", stroke="#93bfd4", width=2.6, text="#2f6683", text_size=11, italic=True, base=True),
    Style("building", fill="#dcd1c2", stroke="#bfb1a0", width=0.5, base=True),
    Style(
        "road-minor", stroke="#ffffff", width=2.6, casing="#d3ccbd", casing_width=4.0, text_size=10, base=True
    ),
    Style("lane", stroke="#ffffff", width=1.6, casing="#d3ccbd", casing_width=2.8, text_size=10, base=True),
    Style(
        "road-major", stroke="#fbe6b0", width=4.4, casing="#c9ae78", casing_width=6.2, text_size=11, base=True
    ),
    Style("rail", stroke="#ffffff", width=1.4, dash=(6, 6), casing="#7f868a", casing_width=2.6, base=True),
    Style("parish", stroke="#a79fb0", width=0.9, dash=(2, 4), text="#6d6578", text_size=10, base=True),
    Style(
        "neighbour",
        fill="#7c8a93",
        fill_opacity=0.06,
        stroke="#5c6b75",
        width=1.6,
        dash=(7, 4),
        text="#4a5861",
    ),
    Style(
        "area",
        fill="#7a2a63",
        fill_opacity=0.05,
        stroke="#7a2a63",
        width=3.0,
        casing="#ffffff",
        casing_width=5.4,
        text="#5e1c4b",
        text_size=15,
        bold=True,
    ),
    Style(
        "draft",
        fill="#1c6090",
        fill_opacity=0.07,
        stroke="#1c6090",
        width=2.6,
        dash=(10, 5),
        casing="#ffffff",
        casing_width=4.8,
        text="#164a70",
        text_size=14,
        bold=True,
    ),
    Style(
        "clash",
        fill="#b3261e",
        fill_opacity=0.16,
        stroke="#b3261e",
        width=1.8,
        hatch=True,
        text="#8c1d17",
        bold=True,
    ),
    Style("site", fill="#c77a1b", fill_opacity=0.25, stroke="#96580c", width=1.8, text="#6b3f08", bold=True),
    Style("place", fill="#2b6f77", fill_opacity=0.18, stroke="#1f5960", width=2.0, text="#17474d"),
    # How many: the darker the more, with the number written on it; where they are too few to tell, the edge is dashed.
    Style("count-few", fill="#8aa5a8", fill_opacity=0.18, stroke="#5f7f83", width=1.2, dash=(3, 3)),
    *(
        Style(f"count-{step}", fill="#2b6f77", fill_opacity=opacity, stroke="#1f5960", width=1.4, bold=True)
        for step, opacity in ((1, 0.22), (2, 0.36), (3, 0.5), (4, 0.64))
    ),
    Style("pin", fill="#1f5960", stroke="#ffffff", width=1.5, radius=5.5, text="#17474d"),
    Style("fault", stroke="#b3261e", width=3.0, radius=9, text="#8c1d17", bold=True),
    Style("place-label", radius=0, text="#39434a", text_size=12.5),
    Style("town-label", radius=0, text="#2e3a40", text_size=16, bold=True),
)

STYLES: dict[str, Style] = {style.name: style for style in _ALL}


def styles_json() -> str:
    """The palette as one JSON object, name to style, for the map in the browser."""
    return json.dumps({name: asdict(style) for name, style in STYLES.items()}, separators=(",", ":"))
