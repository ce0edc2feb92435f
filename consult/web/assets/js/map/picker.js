// One place on the map, by tapping it or by moving the map under the crosshair. The inputs hold it, so a form sends it.
import Feature from "ol/Feature.js";
import Point from "ol/geom/Point.js";
import VectorLayer from "ol/layer/Vector.js";
import { fromLonLat, toLonLat } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import Fill from "ol/style/Fill.js";
import RegularShape from "ol/style/RegularShape.js";
import CircleStyle from "ol/style/Circle.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import { crosshair } from "./crosshair.js";
import { nearestName } from "./near.js";
import { speaker } from "./speech.js";
import { wandering } from "./wandering.js";

const DECIMALS = 6; // about ten centimetres

const ink = new Fill({ color: "#a4501d" });
const edge = new Stroke({ color: "#ffffff", width: 2 });
// The tip stands on the place. A turned shape's displacement is turned with it.
const tip = (stroke) => new Style({ image: new RegularShape({ points: 3, radius: 11, rotation: Math.PI, displacement: [0, -10], fill: ink, stroke }) });
const round = (radius, fill, stroke) => new Style({ image: new CircleStyle({ radius, displacement: [0, 19], fill, stroke }) });
const PIN = [tip(edge), round(10, ink, edge), tip(), round(3.5, new Fill({ color: "#ffffff" }))];

// One input holds "lon,lat"; two hold a number each.
function inputsOf(element) {
  const inputs = element.dataset.placeInput.split(" ").map((id) => document.getElementById(id));
  const read = () => {
    const numbers = inputs.flatMap((input) => input.value.split(/[\s,]+/)).filter(Boolean).map(Number);
    return numbers.length === 2 && numbers.every(Number.isFinite) ? numbers : null;
  };
  const write = (place) => {
    const words = place ? place.map((number) => number.toFixed(DECIMALS)) : ["", ""];
    if (inputs.length === 2) inputs.forEach((input, i) => { input.value = words[i]; });
    else inputs[0].value = place ? words.join(",") : "";
    for (const input of inputs) input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return { inputs, read, write };
}

export function startPicker(element, { map, canvas, base }) {
  const figure = element.closest("[data-map-figure]");
  const tools = figure.querySelector("[data-pick-tools]");
  const say = speaker(figure.querySelector("[data-map-says]"));
  const words = tools.dataset;
  const { inputs, read, write } = inputsOf(element);
  const feature = new Feature();
  const removeButton = tools.querySelector("[data-pick-remove]");

  map.addLayer(new VectorLayer({ source: new VectorSource({ features: [feature] }), style: PIN, zIndex: 40 }));

  const show = (place) => {
    feature.setGeometry(place ? new Point(fromLonLat(place)) : undefined);
    removeButton.hidden = !place;
  };
  const put = (point) => {
    const place = toLonLat(point);
    show(place);
    write(place);
    const near = nearestName(base.source, point, map);
    say(near ? words.placedNear.replace("{place}", near) : words.placed);
  };
  const remove = () => {
    show(null);
    write(null);
    say(words.removed);
    canvas.focus({ preventScroll: true });
  };

  const wanders = wandering(say, () => {
    const near = nearestName(base.source, map.getView().getCenter(), map);
    return near ? words.crossNear.replace("{place}", near) : words.crossMoved;
  });
  canvas.addEventListener("keydown", ({ key }) => wanders.went(key));
  crosshair(canvas, map, put);
  map.on("click", (event) => put(event.coordinate));
  tools.querySelector("[data-pick-put]").addEventListener("click", () => put(map.getView().getCenter()));
  removeButton.addEventListener("click", remove);
  inputs.forEach((input) => input.addEventListener("change", () => show(read())));
  show(read());
  if (read()) map.getView().setCenter(fromLonLat(read()));
  tools.hidden = false;
}
