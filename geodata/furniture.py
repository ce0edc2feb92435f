"""What a printed plan has around its map: grid lines with their numbers, a scale bar, a north arrow, a key."""

import math
from collections.abc import Sequence

from geodata.styles import FONT, GRID_LINE, GRID_TEXT, GROUND, INK, Style
from geodata.svg import element, text
from geodata.view import View

GRID_APART_PX = 90
GRID_STEPS_M = (10, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
SCALE_BAR_SHARE = 0.24
EDGE_PX = 14
KEY_ROW_PX = 20


def graticule(view: View) -> tuple[str, str]:
    """National Grid lines, and their numbers as on Ordnance Survey maps: (lines, labels)."""
    step = next(
        (step for step in GRID_STEPS_M if step / view.metres_per_px >= GRID_APART_PX), GRID_STEPS_M[-1]
    )
    west, south, east, north = view.bounds
    lines, labels = [], []
    for easting in _multiples(west, east, step):
        x, _ = view.to_px(easting, north)
        lines.append(f"M{x:.1f},0V{view.height_px}")
        if EDGE_PX * 3 < x < view.width_px - EDGE_PX * 3:
            labels.append(_grid_number(easting, step, x, 12.0, "middle"))
    for northing in _multiples(south, north, step):
        _, y = view.to_px(west, northing)
        lines.append(f"M0,{y:.1f}H{view.width_px}")
        if EDGE_PX * 2 < y < view.height_px - EDGE_PX * 4:
            labels.append(_grid_number(northing, step, 5.0, y + 3.5, "start"))
    drawn = (
        element("path", d="".join(lines), fill="none", stroke=GRID_LINE, stroke_width=0.6) if lines else ""
    )
    return drawn, "".join(labels)


def scale_bar(view: View) -> str:
    """A bar of a round length in two halves, at the bottom right."""
    length_m = nice_length(view.width_px * SCALE_BAR_SHARE * view.metres_per_px)
    width = length_m / view.metres_per_px
    x, y = view.width_px - EDGE_PX - width - 12, view.height_px - EDGE_PX - 6.0
    plate = element(
        "rect", x=x - 14, y=y - 22, width=width + 38, height=32.0, rx=3, fill=GROUND, fill_opacity="0.86"
    )
    halves = element(
        "rect", x=x, y=y - 4, width=width, height=5.0, fill="#ffffff", stroke=INK, stroke_width=0.9
    )
    halves += element("rect", x=x, y=y - 4, width=width / 2, height=5.0, fill=INK)
    marks = ((0.0, "0"), (width / 2, _distance(length_m / 2)), (width, _distance(length_m)))
    return plate + halves + "".join(_small(x + at, y - 9, words) for at, words in marks)


def north_arrow(view: View) -> str:
    """An arrow to grid north, at the top right."""
    x, y = view.width_px - EDGE_PX - 12.0, EDGE_PX + 4.0
    plate = element("circle", cx=x, cy=y + 15, r=19.0, fill=GROUND, fill_opacity="0.86")
    left = element("path", d=f"M{x:.1f},{y:.1f}l-6.5,22 6.5,-5z", fill=INK)
    right = element(
        "path", d=f"M{x:.1f},{y:.1f}l6.5,22 -6.5,-5z", fill="#ffffff", stroke=INK, stroke_width=0.9
    )
    return plate + left + right + _small(x, y + 31, "N", bold=True)


def key(rows: Sequence[tuple[Style, str]], view: View) -> str:
    """What each kind of line and mark means, at the bottom left."""
    if not rows:
        return ""
    height = KEY_ROW_PX * len(rows) + 10.0
    width = 52 + 6.4 * max(len(label) for _, label in rows)
    top = view.height_px - EDGE_PX - height
    drawn = [
        element(
            "rect", x=EDGE_PX, y=top, width=float(width), height=height, rx=3, fill=GROUND, fill_opacity="0.9"
        )
    ]
    for row, (style, label) in enumerate(rows):
        middle = top + 5 + KEY_ROW_PX * (row + 0.5)
        drawn.append(_swatch(style, EDGE_PX + 8.0, middle))
        drawn.append(_small(EDGE_PX + 42.0, middle + 4, label, anchor="start", size=12))
    return "".join(drawn)


def nice_length(at_most_m: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten metres that is not above `at_most_m`."""
    power = 10.0 ** math.floor(math.log10(at_most_m))
    return max(step * power for step in (1, 2, 5) if step * power <= at_most_m * (1 + 1e-9))


def _swatch(style: Style, x: float, middle: float) -> str:
    dash = " ".join(f"{length:g}" for length in style.dash)
    if style.radius != Style.radius:
        return element(
            "circle",
            cx=x + 13,
            cy=middle,
            r=min(style.radius, 6.0),
            fill=style.fill or "none",
            stroke=style.stroke,
            stroke_width=style.width,
        )
    if not style.fill:
        d = f"M{x:.1f},{middle:.1f}h26"
        casing = element("path", d=d, fill="none", stroke=style.casing, stroke_width=style.casing_width)
        line = element(
            "path", d=d, fill="none", stroke=style.stroke, stroke_width=style.width, stroke_dasharray=dash
        )
        return (casing if style.casing else "") + line
    return element(
        "rect",
        x=x,
        y=middle - 6.5,
        width=26.0,
        height=13.0,
        fill=style.fill,
        fill_opacity=f"{max(style.fill_opacity, 0.12):g}",
        stroke=style.stroke,
        stroke_width=min(style.width, 2.0),
        stroke_dasharray=dash,
    )


def _small(
    x: float, y: float, words: str, *, bold: bool = False, anchor: str = "middle", size: float = 11
) -> str:
    return element(
        "text",
        text(words),
        x=x,
        y=y,
        font_family=FONT,
        font_size=size,
        fill=INK,
        text_anchor=anchor,
        font_weight="bold" if bold else "",
    )


def _distance(metres: float) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"


def _multiples(low: float, high: float, step: int) -> list[int]:
    return list(range(math.ceil(low / step) * step, math.floor(high / step) * step + 1, step))


def _grid_number(value: int, step: int, x: float, y: float, anchor: str) -> str:
    """A grid number with its two principal figures large: 3 small, 65 large, and 500 small when it is not whole km."""
    hundreds, kilometres, metres = value // 100_000, value // 1000 % 100, value % 1000
    big = f"{kilometres:02d}"
    small = element("tspan", str(hundreds), font_size=8)
    tail = element("tspan", f"{metres:03d}", font_size=8) if step < 1000 else ""
    return element(
        "text",
        small + big + tail,
        x=x,
        y=y,
        font_family=FONT,
        font_size=11,
        fill=GRID_TEXT,
        text_anchor=anchor,
        stroke=GROUND,
        stroke_width=2.5,
        paint_order="stroke",
        stroke_linejoin="round",
    )
