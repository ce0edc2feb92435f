"""A map drawn on the server as SVG: no JavaScript, no tiles, nothing fetched. EPSG:27700 metres."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata import furniture, svg
from geodata.labels import Label, placed
from geodata.styles import GROUND, STYLES, Style, styles_json
from geodata.view import Box, View

__all__ = ["STYLES", "Layer", "Shape", "Style", "View", "draw", "styles_json"]

DIM_OPACITY = 0.62
HATCH_PX = 7
ROOM_FOR_KEY_PX = 480


@dataclass(frozen=True)
class Shape:
    """A geometry with words to write on it, and words to show when a pointer rests on it."""

    geometry: BaseGeometry
    text: str = ""
    title: str = ""


@dataclass(frozen=True)
class Layer:
    """Things of one kind. `style` is a name in STYLES; `label` is their name in the key ("" for none)."""

    features: Sequence[BaseGeometry | Shape]
    style: str
    label: str = ""

    @property
    def look(self) -> Style:
        return STYLES[self.style]

    def shapes(self) -> Iterator[Shape]:
        for feature in self.features:
            yield feature if isinstance(feature, Shape) else Shape(feature)


def draw(
    view: View,
    layers: Sequence[Layer],
    *,
    title: str,
    description: str,
    mask: BaseGeometry | None = None,
    furnished: bool = True,
) -> str:
    """One `<svg role="img">` of the layers, the first lowest; `title` and `description` stand for it aloud.

    What lies outside `mask` (an area) is dimmed, above the base layers and below the others. Labels that
    would run into one another are left out: bold ones are placed first, then those of the last layers.
    `furnished` adds grid numbers, a scale bar, a north arrow and, from 480 pixels wide, a key to the layers with
    a label. The same input gives the same bytes.
    """
    ids = _identity(view, layers, title)
    base = [layer for layer in layers if layer.look.base]
    above = [layer for layer in layers if not layer.look.base]
    rows = _key_rows(view, layers)
    lines, numbers = furniture.graticule(rows, view) if furnished else ("", "")
    parts = [
        svg.element("title", svg.text(title), id=f"{ids}-t"),
        svg.element("desc", svg.text(description), id=f"{ids}-d"),
        _definitions(view, above, ids),
        svg.element("rect", width=view.width_px, height=view.height_px, fill=GROUND),
        *(_layer(layer, view, ids) for layer in base),
        lines,
        _dimmed(view, mask),
        *(_layer(layer, view, ids) for layer in above),
        _labels(view, layers, furniture.boxes(rows, view) if furnished else ()),
        numbers,
        furniture.drawn(rows, view) if furnished else "",
        _frame(view),
    ]
    return svg.element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_labelledby=f"{ids}-t {ids}-d",
        viewBox=f"0 0 {view.width_px} {view.height_px}",
        width=view.width_px,
        height=view.height_px,
    )


def _key_rows(view: View, layers: Sequence[Layer]) -> list[furniture.Row]:
    """A row for each label that has something in view; none on a phone, where a key would hide the map."""
    if view.width_px < ROOM_FOR_KEY_PX:
        return []
    window = view.box()
    rows = {
        layer.label: (layer.look, layer.label)
        for layer in layers
        if layer.label and any(shape.geometry.intersects(window) for shape in layer.shapes())
    }
    return list(rows.values())


def _identity(view: View, layers: Sequence[Layer], title: str) -> str:
    """A prefix for the ids, so that two maps on one page do not share any."""
    seed = repr((view, title, [(layer.style, layer.label, len(layer.features)) for layer in layers]))
    return f"map-{hashlib.sha256(seed.encode('utf-8', 'replace')).hexdigest()[:10]}"


def _definitions(view: View, layers: Sequence[Layer], ids: str) -> str:
    made = []
    for look in {layer.style: layer.look for layer in layers if layer.look.hatch}.values():
        line = svg.element("path", d=f"M0,0V{HATCH_PX}", stroke=look.stroke, stroke_width=1.8)
        made.append(
            svg.element(
                "pattern",
                line,
                id=f"{ids}-{look.name}",
                width=HATCH_PX,
                height=HATCH_PX,
                patternUnits="userSpaceOnUse",
                patternTransform="rotate(45)",
            )
        )
    frame = svg.element("rect", width=view.width_px, height=view.height_px)
    return svg.element("defs", svg.element("clipPath", frame, id=f"{ids}-clip") + "".join(made))


def _layer(layer: Layer, view: View, ids: str) -> str:
    look, shapes = layer.look, list(layer.shapes())
    if not shapes:
        return ""
    clipped = svg.clipped(np.array([shape.geometry for shape in shapes], dtype=np.object_), view)
    seen = svg.simplified(clipped, view)
    points = np.flatnonzero((shapely.get_dimensions(seen) == 0) & ~shapely.is_empty(seen))
    if look.base and not len(points) and not any(shape.title for shape in shapes):
        return _ground(clipped, seen, view, look, ids)
    areas = (shapely.get_dimensions(seen) == 2) & ~shapely.is_empty(seen)
    outline = svg.path(svg.simplified(_edges(clipped, areas, look), view), view)
    fills = [_fill(shapes[index], svg.path(seen[index], view), look, ids) for index in np.flatnonzero(areas)]
    marks = [_point(shapes[index], seen[index], view, look) for index in points] if look.radius else []
    content = "".join([_casing(outline, look), *fills, _line(outline, look), *marks])
    return _clipped(content, ids)


def _ground(clipped: svg.Geometries, seen: svg.Geometries, view: View, look: Style, ids: str) -> str:
    """A layer of the base map as one path or two: a town has thousands of buildings, and none is pointed at."""
    large = svg.large_enough(seen, view)
    clipped, seen = clipped[large], seen[large]
    areas = (shapely.get_dimensions(seen) == 2) & ~shapely.is_empty(seen)
    filled = svg.path(shapely.orient_polygons(seen[areas]), view)  # what overlaps is filled, holes are not
    if not look.width or look.casing or look.dash:
        outline = svg.path(svg.simplified(_edges(clipped, areas, look), view), view)
        content = _casing(outline, look) + svg.element("path", d=filled, fill=look.fill) * bool(
            filled and look.fill
        )
        return _clipped(content + _line(outline, look), ids)
    lines = _line(svg.path(seen[~areas], view), look)
    edge: dict[str, Any] = {"stroke": look.stroke, "stroke_width": look.width, "stroke_linejoin": "round"}
    filled = svg.element("path", d=filled, fill=look.fill or "none", **edge) if filled else ""
    return _clipped(filled + lines, ids)


def _clipped(content: str, ids: str) -> str:
    return svg.element("g", content, clip_path=f"url(#{ids}-clip)") if content else ""


def _edges(seen: svg.Geometries, areas: NDArray[np.bool_], look: Style) -> svg.Geometries:
    """The lines to draw. Dashed edges that two areas share are drawn once: two sets of dashes fill in."""
    if look.dash and np.count_nonzero(areas) > 1:
        shared = shapely.union_all(shapely.boundary(seen[areas]))
        return np.append(seen[~areas], shapely.line_merge(shared))
    return seen


def _casing(d: str, look: Style) -> str:
    if not d or not look.casing:
        return ""
    return svg.element(
        "path",
        d=d,
        fill="none",
        stroke=look.casing,
        stroke_width=look.casing_width,
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def _fill(shape: Shape, d: str, look: Style, ids: str) -> str:
    if not d or not look.fill:
        return ""
    opacity = f"{look.fill_opacity:g}" if look.fill_opacity < 1 else ""
    plain = svg.element("path", d=d, fill=look.fill, fill_rule="evenodd", fill_opacity=opacity)
    hatched = f"url(#{ids}-{look.name})"
    hatch = svg.element("path", d=d, fill=hatched, fill_rule="evenodd") if look.hatch else ""
    return _titled(plain + hatch, shape)


def _line(d: str, look: Style) -> str:
    if not d or not look.width:
        return ""
    return svg.element(
        "path",
        d=d,
        fill="none",
        stroke=look.stroke,
        stroke_width=look.width,
        stroke_dasharray=" ".join(f"{length:g}" for length in look.dash),
        stroke_linejoin="round",
        stroke_linecap="butt" if look.dash else "round",
    )


def _point(shape: Shape, geometry: BaseGeometry, view: View, look: Style) -> str:
    marks = [
        svg.element(
            "circle",
            cx=float(x),
            cy=float(y),
            r=float(look.radius),
            fill=look.fill or "none",
            stroke=look.stroke,
            stroke_width=look.width,
        )
        for x, y in view.pixels(shapely.get_coordinates(geometry)).tolist()
    ]
    return _titled("".join(marks), shape)


def _titled(content: str, shape: Shape) -> str:
    return (
        svg.element("g", svg.element("title", svg.text(shape.title)) + content)
        if shape.title and content
        else content
    )


def _dimmed(view: View, mask: BaseGeometry | None) -> str:
    if mask is None or mask.is_empty:
        return ""
    outside = shapely.difference(view.box(svg.MARGIN_PX), mask if mask.is_valid else mask.convex_hull)
    d = svg.path(svg.simplified(np.atleast_1d(outside), view), view)
    return (
        svg.element("path", d=d, fill=GROUND, fill_opacity=f"{DIM_OPACITY}", fill_rule="evenodd") if d else ""
    )


def _labels(view: View, layers: Sequence[Layer], taken: Sequence[Box]) -> str:
    window = view.box()
    wanted = [
        Label(shape.text, *_anchor(shape.geometry, view), layer.look)
        for layer in reversed(layers)
        for shape in layer.shapes()
        if shape.text and shape.geometry.intersects(window)
    ]
    return "".join(
        label.drawn()
        for label in reversed(placed(sorted(wanted, key=lambda label: not label.look.bold), view, taken))
    )


def _anchor(geometry: BaseGeometry, view: View) -> tuple[float, float]:
    if geometry.geom_type != "Point":
        seen = shapely.clip_by_rect(geometry, *view.bounds)
        geometry = (geometry if seen.is_empty else seen).representative_point()
    return view.to_px(geometry.x, geometry.y)


def _frame(view: View) -> str:
    return svg.element(
        "rect",
        x=0.5,
        y=0.5,
        width=float(view.width_px - 1),
        height=float(view.height_px - 1),
        fill="none",
        stroke="#9aa3a4",
        stroke_width=1,
    )
