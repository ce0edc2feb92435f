// A line or an area put together point by point, by tapping the map or by Enter under the crosshair.
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import MultiPoint from "ol/geom/MultiPoint.js";
import Polygon from "ol/geom/Polygon.js";
import VectorLayer from "ol/layer/Vector.js";
import { fromLonLat, toLonLat } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import CircleStyle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";

const DECIMALS = 6; // about ten centimetres
const MOST_POINTS = 100;
const INK = "#a4501d";
const EDGE = [
  new Style({ stroke: new Stroke({ color: "#ffffff", width: 6 }) }),
  new Style({ stroke: new Stroke({ color: INK, width: 3 }), fill: new Fill({ color: "rgba(164,80,29,0.22)" }) }),
];
const CORNERS = new Style({ image: new CircleStyle({ radius: 6, fill: new Fill({ color: INK }), stroke: new Stroke({ color: "#ffffff", width: 2 }) }) });

export function tracing(map, input) {
  const [shape, corners] = [new Feature(), new Feature()];
  shape.setStyle(EDGE);
  corners.setStyle(CORNERS);
  map.addLayer(new VectorLayer({ source: new VectorSource({ features: [shape, corners] }), zIndex: 40 }));
  let points = [];

  const read = () => input.value.split(" ").filter(Boolean).map((pair) => pair.split(",").map(Number)).filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
  const write = () => {
    input.value = points.map((point) => point.map((number) => number.toFixed(DECIMALS)).join(",")).join(" ");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const show = (drawn) => {
    const path = drawn === "pin" ? [] : points.map((point) => fromLonLat(point));
    const closed = drawn === "area" && path.length > 2;
    shape.setGeometry(closed ? new Polygon([[...path, path[0]]]) : path.length > 1 ? new LineString(path) : undefined);
    corners.setGeometry(path.length ? new MultiPoint(path) : undefined);
  };

  points = read();
  return {
    show,
    get number() { return points.length; },
    get isFull() { return points.length >= MOST_POINTS; },
    get first() { return points.length ? fromLonLat(points[0]) : null; },
    add(point, drawn) {
      points.push(toLonLat(point));
      write();
      show(drawn);
    },
    back(drawn) {
      points.pop();
      write();
      show(drawn);
    },
    again(drawn) {
      points = [];
      write();
      show(drawn);
    },
  };
}
