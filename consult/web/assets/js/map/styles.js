// The server's palette (geodata/styles.py, in data-styles) as OpenLayers styles, made once each.
import CircleStyle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import { getWidth } from "ol/extent.js";

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const HALO = "#f8f6f0";
const HATCH_PX = 7;
// What is too small to read from far away is left out above so many metres a pixel.
const SHOWN_BELOW = { building: 6 };
const NAMED_BELOW = { line: 5, area: 8, "place-label": 30, "town-label": 120 };

function withOpacity(colour, opacity) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${opacity})`;
}

function hatched(look) {
  const tile = Object.assign(document.createElement("canvas"), { width: HATCH_PX, height: HATCH_PX });
  const pen = tile.getContext("2d");
  pen.fillStyle = withOpacity(look.fill, look.fill_opacity);
  pen.fillRect(0, 0, HATCH_PX, HATCH_PX);
  pen.strokeStyle = look.stroke;
  pen.moveTo(-1, HATCH_PX + 1);
  pen.lineTo(HATCH_PX + 1, -1);
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

function fillOf(look) {
  if (!look.fill) return undefined;
  return new Fill({ color: look.hatch ? hatched(look) : withOpacity(look.fill, look.fill_opacity) });
}

function line(color, width, dash = []) {
  return new Stroke({ color, width, lineDash: dash.length ? dash : undefined, lineCap: dash.length ? "butt" : "round", lineJoin: "round" });
}

function drawn(look, order) {
  const styles = [];
  const stroke = look.stroke ? line(look.stroke, look.width, look.dash) : undefined;
  const image = look.radius ? new CircleStyle({ radius: look.radius, fill: fillOf({ ...look, fill_opacity: 1 }), stroke }) : undefined;
  if (look.casing) styles.push(new Style({ stroke: line(look.casing, look.casing_width), zIndex: order }));
  styles.push(new Style({ fill: fillOf(look), stroke, image, zIndex: order + 0.5 }));
  return styles;
}

function named(words, look, along) {
  return new Style({
    text: new Text({
      text: words,
      font: `${look.italic ? "italic " : ""}${look.bold ? 700 : 500} ${look.text_size + 1}px ${SANS}`,
      placement: along ? "line" : "point",
      fill: new Fill({ color: look.text }),
      stroke: new Stroke({ color: HALO, width: 3 }),
    }),
    zIndex: look.text_size,
  });
}

// Pins are many and close: what they are is said when one is chosen.
const UNNAMED = "pin";
const NARROWEST_NAMED_PX = 24;
const BESIDE_PX = 5;

function upon(words, look) {
  const style = named(words, look, false);
  style.getText().setOverflow(true); // the name may be wider than the shape
  return style;
}

function beside(words, look) {
  const style = named(words, look, false);
  style.getText().setTextAlign("left");
  style.getText().setOffsetX(look.radius + BESIDE_PX);
  return style;
}

export function styleBook(looks) {
  const order = Object.keys(looks);
  const made = new Map();
  const book = (name) => {
    if (!made.has(name)) made.set(name, looks[name] ? drawn(looks[name], order.indexOf(name)) : []);
    return made.get(name);
  };
  const labels = new Map();
  const label = (words, name, make) => {
    const key = `${name} ${words}`;
    if (!labels.has(key)) labels.set(key, make(words, looks[name]));
    return labels.get(key);
  };
  // What the server's drawing writes beside a mark and on an area, where there is room.
  const namesIn = (name) => (feature, resolution) => {
    const [words, shape] = [feature.get("name"), feature.getGeometry()];
    if (!words) return undefined;
    if (shape.getType() === "Point") return label(words, name, beside);
    return getWidth(shape.getExtent()) / resolution >= NARROWEST_NAMED_PX ? label(words, name, upon) : undefined;
  };
  const nameOf = (feature) => feature.get("style") ?? feature.get("kind");

  return {
    layer: book,
    names: (name) => (name === UNNAMED || !looks[name] ? null : namesIn(name)),
    base: (feature, resolution) => (resolution > (SHOWN_BELOW[nameOf(feature)] ?? Infinity) ? undefined : book(nameOf(feature))),
    labels: (feature, resolution) => {
      const [words, style] = [feature.get("name"), nameOf(feature)];
      if (!words || !looks[style]) return undefined;
      const along = feature.getGeometry().getType().includes("Line");
      const below = NAMED_BELOW[style] ?? (along ? NAMED_BELOW.line : NAMED_BELOW.area);
      return resolution > below ? undefined : named(words, looks[style], along);
    },
  };
}
