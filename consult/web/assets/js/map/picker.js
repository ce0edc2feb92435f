// A pin, a line or an area on the map, by tapping it or by moving the map under the crosshair. The inputs hold what is
// there, so a form sends it.
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
import { tracing } from "./tracing.js";
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
  const inputs = element.dataset.placeInput.split(" ").filter(Boolean).map((id) => document.getElementById(id));
  const read = () => {
    const numbers = inputs.flatMap((input) => input.value.split(/[\s,]+/)).filter(Boolean).map(Number);
    return numbers.length === 2 && numbers.every(Number.isFinite) ? numbers : null;
  };
  const write = (place) => {
    if (!inputs.length) return;
    const words = place ? place.map((number) => number.toFixed(DECIMALS)) : ["", ""];
    if (inputs.length === 2) inputs.forEach((input, i) => { input.value = words[i]; });
    else inputs[0].value = place ? words.join(",") : "";
    for (const input of inputs) input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return { inputs, read, write };
}

// Which of pin, line and area is being put on the map: radios, one fixed choice, or (elsewhere) only a pin.
function modeOf(element, changed) {
  const first = element.dataset.draws && document.getElementById(`${element.dataset.draws}-as`);
  if (!first) return () => "pin";
  const form = first.form;
  const name = first.name;
  form.addEventListener("change", (event) => { if (event.target.name === name) changed(); });
  return () => (first.type === "hidden" ? first.value : new FormData(form).get(name) ?? "pin");
}

function pinOn(map, element) {
  const feature = new Feature();
  map.addLayer(new VectorLayer({ source: new VectorSource({ features: [feature] }), style: PIN, zIndex: 40 }));
  const { inputs, read, write } = inputsOf(element);
  const show = (wanted) => feature.setGeometry(wanted && read() ? new Point(fromLonLat(read())) : undefined);
  return { inputs, read, write, show };
}

export function startPicker(element, { map, canvas, base }) {
  const figure = element.closest("[data-map-figure]");
  const tools = figure.querySelector("[data-pick-tools]");
  const say = speaker(figure.querySelector("[data-map-says]"));
  const words = tools.dataset;
  const [putButton, removeButton, backButton, againButton] = ["put", "remove", "back", "again"].map((act) => tools.querySelector(`[data-pick-${act}]`));
  const pin = pinOn(map, element);
  const traceInput = element.dataset.draws && document.getElementById(`${element.dataset.draws}-points`);
  const trace = traceInput ? tracing(map, traceInput) : null;

  const show = () => {
    const drawn = mode();
    pin.show(drawn === "pin");
    trace?.show(drawn);
    removeButton.hidden = drawn !== "pin" || !pin.read();
    for (const button of [backButton, againButton]) button.hidden = drawn === "pin" || !trace?.number;
    putButton.textContent = drawn === "pin" ? words.putPin : words.putPoint;
  };
  const mode = modeOf(element, show);
  const putPin = (point) => {
    pin.write(toLonLat(point));
    const near = nearestName(base.source, point, map);
    say(near ? words.placedNear.replace("{place}", near) : words.placed);
  };
  const putPoint = (point) => {
    if (trace.isFull) return say(words.full);
    trace.add(point, mode());
    say((mode() === "area" && trace.number > 2 ? words.closed : words.point).replace("{n}", trace.number));
  };
  const put = (point) => {
    (mode() === "pin" ? putPin : putPoint)(point);
    show();
  };
  const undo = (act, said) => {
    act();
    show();
    say(said());
    canvas.focus({ preventScroll: true });
  };

  const wanders = wandering(say, () => {
    const near = nearestName(base.source, map.getView().getCenter(), map);
    return near ? words.crossNear.replace("{place}", near) : words.crossMoved;
  });
  canvas.addEventListener("keydown", ({ key }) => wanders.went(key));
  crosshair(canvas, map, put);
  map.on("click", (event) => put(event.coordinate));
  putButton.addEventListener("click", () => put(map.getView().getCenter()));
  removeButton.addEventListener("click", () => undo(() => pin.write(null), () => words.removed));
  backButton.addEventListener("click", () => undo(() => trace.back(mode()), () => words.back.replace("{n}", trace.number)));
  againButton.addEventListener("click", () => undo(() => trace.again(mode()), () => words.back.replace("{n}", 0)));
  for (const input of pin.inputs) input.addEventListener("change", show);
  show();
  const start = mode() === "pin" ? pin.read() && fromLonLat(pin.read()) : trace.first;
  if (start) map.getView().setCenter(start);
  tools.hidden = false;
}
