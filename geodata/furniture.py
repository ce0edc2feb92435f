"""What a printed plan has around its map: grid lines and their numbers, a scale bar, a north arrow, a key."""

import math
from collections.abc import Sequence

from geodata.styles import FONT, GRID_LINE, GRID_TEXT, GROUND, INK, Style
from geodata.svg import element, text
from geodata.view import Box, View

GRID_APART_PX = 90
GRID_STEPS_M = (10, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
SCALE_BAR_SHARE = 0.24
EDGE_PX = 14
KEY_ROW_PX = 20
LETTER_PX = 6.6
PLATE_OPACITY = "0.92"
ROOM_FOR_HALF_PX = 80

Row = tuple[Style, str]


def graticule(rows: Sequence[Row], view: View) -> tuple[str, str]:
    """National Grid lines, and their numbers as on Ordnance Survey maps, clear of the key: (lines, labels)."""
    foot = _key_box(rows, view)[1] if rows else float(view.height_px)
    steps = (step for step in GRID_STEPS_M if step / view.metres_per_px >= GRID_APART_PX)
    step = next(steps, GRID_STEPS_M[-1])
    west, south, east, north = view.bounds
    lines, labels = [], []
    for easting in _multiples(west, east, step):
        x, _ = view.to_px(easting, north)
        lines.append(f"M{x:.1f},0V{view.height_px}")
        if EDGE_PX * 3 < x < view.width_px - EDGE_PX * 4:
            labels.append(_grid_number(easting, step, x, 12.0, "middle"))
    for northing in _multiples(south, north, step):
        _, y = view.to_px(west, northing)
        lines.append(f"M0,{y:.1f}H{view.width_px}")
        if EDGE_PX * 2 < y < foot - EDGE_PX:
            labels.append(_grid_number(northing, step, 5.0, y + 3.5, "start"))
    return element("path", d="".join(lines), fill="none", stroke=GRID_LINE, stroke_width=0.6), "".join(labels)


def drawn(rows: Sequence[Row], view: View) -> str:
    """The key (a row for each style and what it means), the scale bar and the north arrow."""
    return _key(rows, view) + _scale_bar(view) + _north_arrow(view)


def boxes(rows: Sequence[Row], view: View) -> list[Box]:
    """The rectangles that `drawn` takes up, and the strip of grid numbers along the top."""
    found = [_arrow_box(view), _scale_box(view), (0.0, 0.0, float(view.width_px), float(EDGE_PX))]
    return [*found, _key_box(rows, view)] if rows else found


def nice_length(at_most_m: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten metres that is not above `at_most_m`."""
    power = 10.0 ** math.floor(math.log10(at_most_m))
    return max(step * power for step in (1, 2, 5) if step * power <= at_most_m * (1 + 1e-9))


def _bar(view: View) -> tuple[float, float]:
    """The length of the scale bar, in metres and in pixels."""
    length_m = nice_length(view.width_px * SCALE_BAR_SHARE * view.metres_per_px)
    return length_m, length_m / view.metres_per_px


def _scale_box(view: View) -> Box:
    right, bottom = view.width_px - EDGE_PX, view.height_px - EDGE_PX
    return right - _bar(view)[1] - 40, bottom - 32, right, bottom


def _scale_bar(view: View) -> str:
    length_m, width = _bar(view)
    left, _, _, bottom = _scale_box(view)
    x, y = left + 14, bottom - 10.0
    halves = element("rect", x=x, y=y, width=width, height=5, fill="#ffffff", stroke=INK, stroke_width=0.9)
    halves += element("rect", x=x, y=y, width=width / 2, height=5, fill=INK)
    marks = [(0.0, "0"), (width, _distance(length_m))]
    if width > ROOM_FOR_HALF_PX:
        marks.append((width / 2, _distance(length_m / 2)))
    return _plate(_scale_box(view)) + halves + "".join(_small(x + at, y - 5, words) for at, words in marks)


def _arrow_box(view: View) -> Box:
    right = view.width_px - EDGE_PX
    return right - 30, EDGE_PX, right, EDGE_PX + 46.0


def _north_arrow(view: View) -> str:
    left, top, _, _ = _arrow_box(view)
    point = f"M{left + 15:.1f},{top + 5:.1f}"
    dark = element("path", d=f"{point}l-6.5,22 6.5,-5z", fill=INK)
    light = element("path", d=f"{point}l6.5,22 -6.5,-5z", fill="#ffffff", stroke=INK, stroke_width=0.9)
    return _plate(_arrow_box(view)) + dark + light + _small(left + 15, top + 41, "N", bold=True)


def _key_box(rows: Sequence[Row], view: View) -> Box:
    bottom = view.height_px - EDGE_PX
    width = 56 + LETTER_PX * max(len(label) for _, label in rows)
    return EDGE_PX, bottom - KEY_ROW_PX * len(rows) - 10.0, EDGE_PX + width, bottom


def _key(rows: Sequence[Row], view: View) -> str:
    if not rows:
        return ""
    left, top, _, _ = _key_box(rows, view)
    lines = [_plate(_key_box(rows, view))]
    for row, (style, label) in enumerate(rows):
        middle = top + 5 + KEY_ROW_PX * (row + 0.5)
        lines.append(_swatch(style, left + 9, middle))
        lines.append(_small(left + 44, middle + 4, label, anchor="start", size=12))
    return "".join(lines)


def _swatch(style: Style, x: float, middle: float) -> str:
    fill, stroke, width = style.fill or "none", style.stroke, min(style.width, 3.0)
    if style.radius != Style.radius:
        radius = min(style.radius, 6.0)
        return element("circle", cx=x + 13, cy=middle, r=radius, fill=fill, stroke=stroke, stroke_width=width)
    d = f"M{x:.1f},{middle:.1f}h26" if not style.fill else f"M{x:.1f},{middle - 6.5:.1f}h26v13h-26z"
    casing = element("path", d=d, fill="none", stroke=style.casing, stroke_width=style.casing_width)
    line = element(
        "path",
        d=d,
        fill=fill,
        fill_opacity=f"{max(style.fill_opacity, 0.12):g}",
        stroke=stroke,
        stroke_width=width,
        stroke_dasharray=" ".join(f"{length:g}" for length in style.dash),
    )
    return (casing if style.casing and not style.fill else "") + line


def _plate(box: Box) -> str:
    left, top, right, bottom = box
    d = f"M{left:.1f},{top:.1f}H{right:.1f}V{bottom:.1f}H{left:.1f}z"
    return element("path", d=d, fill=GROUND, fill_opacity=PLATE_OPACITY)


def _small(
    x: float, y: float, words: str, *, bold: bool = False, anchor: str = "middle", size: int = 11
) -> str:
    weight = "bold" if bold else ""
    font = {"font_family": FONT, "font_size": size, "font_weight": weight}
    return element("text", text(words), x=x, y=y, fill=INK, text_anchor=anchor, **font)


def _distance(metres: float) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"


def _multiples(low: float, high: float, step: int) -> range:
    return range(math.ceil(low / step) * step, math.floor(high / step) * step + 1, step)


def _grid_number(value: int, step: int, x: float, y: float, anchor: str) -> str:
    """A grid number with its two principal figures large: 3 small, 65 large, 500 small when not whole km."""
    hundreds, kilometres, metres = value // 100_000, value // 1000 % 100, value % 1000
    small = element("tspan", str(hundreds), font_size=8)
    tail = element("tspan", f"{metres:03d}", font_size=8) if step < 1000 else ""
    halo = {"stroke": GROUND, "stroke_width": 2.5, "paint_order": "stroke", "stroke_linejoin": "round"}
    font = {"font_family": FONT, "font_size": 11, "fill": GRID_TEXT, "text_anchor": anchor}
    return element("text", f"{small}{kilometres:02d}{tail}", x=x, y=y, **font, **halo)
