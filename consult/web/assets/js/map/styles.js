// Named styles turned into OpenLayers ones, made once each.
import CircleStyle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import { PALETTE } from "./palette.js";

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const LABELS_BELOW_M_PER_PX = 30;
const ROAD_NAMES_BELOW_M_PER_PX = 5;

const stroke = (color, width, dash) => new Stroke({ color, width, lineDash: dash, lineCap: dash ? "butt" : "round", lineJoin: "round" });

function drawn(look) {
  const fill = look.fill && new Fill({ color: look.fill });
  const line = look.stroke && stroke(look.stroke, look.width ?? 1, look.dash);
  const styles = [];
  if (look.casing) styles.push(new Style({ stroke: stroke(look.casing, look.width + 2), zIndex: look.order }));
  if (fill || line) styles.push(new Style({ fill, stroke: line, zIndex: (look.order ?? 0) + (look.casing ? 0.5 : 0) }));
  if (look.point) {
    const image = new CircleStyle({ radius: look.size, fill: new Fill({ color: look.point }), stroke: line });
    styles.push(new Style({ image, zIndex: look.order }));
  }
  return styles;
}

function label(words, look, line) {
  return new Style({
    text: new Text({
      text: words,
      font: `${line ? 400 : 600} ${line ? 12 : look.size ?? 14}px ${SANS}`,
      placement: line ? "line" : "point",
      fill: new Fill({ color: look.label ?? "#3b4540" }),
      stroke: new Stroke({ color: "#fbf9f4", width: 3.5 }),
      overflow: false,
    }),
    zIndex: line ? 1 : 2,
  });
}

export function styleBook(given = {}) {
  const looks = { ...PALETTE, ...given };
  const made = new Map();
  const named = (name) => {
    if (!made.has(name)) made.set(name, drawn(looks[name] ?? looks.area));
    return made.get(name);
  };
  const shown = (name, resolution) => !(looks[name]?.from < resolution);

  return {
    layer: (name) => named(name),
    base: (feature, resolution) => {
      const name = feature.get("style") ?? feature.get("kind");
      return looks[name] && shown(name, resolution) ? named(name) : undefined;
    },
    labels: (feature, resolution) => {
      const words = feature.get("name");
      const name = feature.get("style") ?? feature.get("kind");
      if (!words || !looks[name]) return undefined;
      const line = feature.getGeometry().getType().includes("Line");
      if (resolution > (line ? ROAD_NAMES_BELOW_M_PER_PX : LABELS_BELOW_M_PER_PX)) return undefined;
      if (!line && name !== "place-label") return undefined;
      return label(words, looks[name], line);
    },
  };
}
