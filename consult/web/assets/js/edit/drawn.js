// How the outline looks while it is worked on: the shape, the line so far, its points, and red where it crosses itself.
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import MultiLineString from "ol/geom/MultiLineString.js";
import MultiPoint from "ol/geom/MultiPoint.js";
import MultiPolygon from "ol/geom/MultiPolygon.js";
import Point from "ol/geom/Point.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import CircleStyle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";

const INK = "#1c2a26", BLUE = "#1c6090", CLAY = "#a4501d", RED = "#b3261e", WHITE = "#ffffff";
const dot = (radius, fill, edge, width = 2) =>
  new Style({ image: new CircleStyle({ radius, fill: new Fill({ color: fill }), stroke: new Stroke({ color: edge, width }) }) });
const lines = (color, width, dash) => new Style({ stroke: new Stroke({ color, width, lineDash: dash, lineJoin: "round" }) });

const LOOKS = {
  shape: new Style({ fill: new Fill({ color: "rgba(28,96,144,0.10)" }), stroke: new Stroke({ color: BLUE, width: 3 }) }),
  line: lines(BLUE, 3),
  ahead: lines(BLUE, 2, [4, 6]),
  crossing: [lines(WHITE, 9), lines(RED, 6)],
  middles: dot(4, WHITE, BLUE, 1.5),
  points: dot(6, WHITE, BLUE),
  chosen: [dot(12, "rgba(164,80,29,0.25)", CLAY, 2), dot(6.5, CLAY, WHITE)],
  first: dot(8, BLUE, WHITE),
  snap: dot(9, "rgba(255,221,0,0.6)", INK, 2),
};
const ORDER = Object.keys(LOOKS);

export function drawnOn(map) {
  const features = Object.fromEntries(ORDER.map((name, order) => {
    const feature = new Feature();
    const styles = [LOOKS[name]].flat();
    styles.forEach((style) => style.setZIndex(order));
    feature.setStyle(styles);
    return [name, feature];
  }));
  map.addLayer(new VectorLayer({
    source: new VectorSource({ features: Object.values(features), useSpatialIndex: false }),
    zIndex: 50, updateWhileAnimating: true, updateWhileInteracting: true,
  }));
  const put = (name, Geometry, coordinates) => features[name].setGeometry(coordinates?.length ? new Geometry(coordinates) : undefined);

  return ({ shape, line, ahead, crossing, middles, chosen, snap }) => {
    put("shape", MultiPolygon, shape.map((polygon) => polygon.map((ring) => [...ring, ring[0]])));
    put("line", LineString, line.length > 1 ? line : null);
    put("ahead", LineString, ahead);
    put("crossing", MultiLineString, crossing.flat().map(({ a, b }) => [a, b]));
    put("middles", MultiPoint, middles);
    put("points", MultiPoint, line.length ? line : shape.flat(2));
    put("chosen", Point, chosen);
    put("first", Point, line[0]);
    put("snap", Point, snap);
  };
}
