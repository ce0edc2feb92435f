// How the outline looks while it is worked on: the shape, the line so far, its points, and red where it crosses itself.
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import MultiLineString from "ol/geom/MultiLineString.js";
import MultiPoint from "ol/geom/MultiPoint.js";
import MultiPolygon from "ol/geom/MultiPolygon.js";
import Point from "ol/geom/Point.js";
import Polygon from "ol/geom/Polygon.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import CircleStyle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";

const INK = "#1c2a26", BLUE = "#1c6090", CLAY = "#a4501d", RED = "#b3261e", WHITE = "#ffffff", SUN = "#ffdd00";
const dot = (radius, fill, edge, width = 2) =>
  new Style({ image: new CircleStyle({ radius, fill: new Fill({ color: fill }), stroke: new Stroke({ color: edge, width }) }) });
const lines = (color, width, dash) => new Style({ stroke: new Stroke({ color, width, lineDash: dash, lineJoin: "round" }) });
const label = new Text({
  font: '600 14px system-ui, "Segoe UI", Roboto, sans-serif', offsetY: -24,
  fill: new Fill({ color: INK }), backgroundFill: new Fill({ color: SUN }), padding: [3, 6, 2, 6],
});

const LOOKS = {
  shape: new Style({ fill: new Fill({ color: "rgba(28,96,144,0.10)" }), stroke: new Stroke({ color: BLUE, width: 3 }) }),
  whole: new Style({ fill: new Fill({ color: "rgba(164,80,29,0.28)" }), stroke: new Stroke({ color: CLAY, width: 4 }) }),
  // What will be followed, or what the point will lie on, stands out from both outlines.
  follow: [lines(INK, 10), lines(SUN, 7)],
  line: lines(BLUE, 3),
  ahead: lines(BLUE, 2, [4, 6]),
  crossing: [lines(WHITE, 9), lines(RED, 6)],
  middles: dot(4, WHITE, BLUE, 1.5),
  points: dot(6, WHITE, BLUE),
  chosen: [dot(13, "rgba(164,80,29,0.25)", CLAY, 2), dot(7, CLAY, WHITE)],
  first: dot(8, BLUE, WHITE),
  snap: [dot(9, SUN, INK, 2.5), new Style({ text: label })],
};
const ORDER = Object.keys(LOOKS);
const closed = (ring) => [...ring, ring[0]];

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

  return ({ shape, line, ahead, follow, crossing, middles, points, chosen, whole, snap }) => {
    label.setText(snap ? `On ${snap.name}` : "");
    put("shape", MultiPolygon, shape.map((polygon) => polygon.map(closed)));
    put("whole", Polygon, whole?.map(closed));
    put("follow", LineString, follow);
    put("line", LineString, line.length > 1 ? line : null);
    put("ahead", LineString, ahead);
    put("crossing", MultiLineString, crossing.flat().map(({ a, b }) => [a, b]));
    put("middles", MultiPoint, middles);
    put("points", MultiPoint, points);
    put("chosen", Point, chosen);
    put("first", Point, line[0]);
    put("snap", Point, snap?.point);
  };
}
