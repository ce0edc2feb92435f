// A map in its frame: replaces the server's drawing once it can be used, and leaves it where it cannot.
import Map from "ol/Map.js";
import View from "ol/View.js";
import Attribution from "ol/control/Attribution.js";
import ScaleLine from "ol/control/ScaleLine.js";
import { noModifierKeys, shiftKeyOnly } from "ol/events/condition.js";
import DoubleClickZoom from "ol/interaction/DoubleClickZoom.js";
import DragPan from "ol/interaction/DragPan.js";
import KeyboardPan from "ol/interaction/KeyboardPan.js";
import KeyboardZoom from "ol/interaction/KeyboardZoom.js";
import MouseWheelZoom from "ol/interaction/MouseWheelZoom.js";
import PinchZoom from "ol/interaction/PinchZoom.js";
import Kinetic from "ol/Kinetic.js";
import { boundingExtent, buffer, getHeight, getWidth } from "ol/extent.js";
import { fromLonLat } from "ol/proj.js";
import { groundLayers } from "./ground.js";
import { pageLayers } from "./layers.js";
import { styleBook } from "./styles.js";

const ARROW_PX = 64;
const SMALL_STEP_PX = 4;
const TREMBLE_PX = 5; // a finger that moves less than this has tapped
const ALL_IN_VIEW_PADDING_PX = 24;

const hasFocus = (map) => map.getTargetElement()?.contains(document.activeElement);

// A finger or a wheel on a map that nobody has chosen yet scrolls the page.
function interactions({ doubleClickZooms, glides }) {
  const duration = glides ? 100 : 0; // Enter must not use a spot that the map is still gliding over
  const chosen = (event) => hasFocus(event.map);
  const mayDrag = (event) => event.originalEvent.pointerType === "mouse" || chosen(event) || event.activePointers?.length > 1;
  return [
    new DragPan({ condition: mayDrag, kinetic: new Kinetic(-0.005, 0.05, 100) }),
    new PinchZoom(),
    new MouseWheelZoom({ condition: chosen }),
    ...(doubleClickZooms ? [new DoubleClickZoom()] : []),
    new KeyboardPan({ pixelDelta: ARROW_PX, duration, condition: noModifierKeys }),
    new KeyboardPan({ pixelDelta: SMALL_STEP_PX, duration, condition: shiftKeyOnly }),
    new KeyboardZoom(),
  ];
}

function boundsOf(element) {
  const [west, south, east, north] = JSON.parse(element.dataset.bounds ?? "[-6,50,2,56]");
  return boundingExtent([fromLonLat([west, south]), fromLonLat([east, north])]);
}

function zoomButton(map, words, sign, by) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "app-map__zoom-button";
  button.setAttribute("aria-label", words);
  button.textContent = sign;
  button.addEventListener("click", () => {
    const view = map.getView();
    view.animate({ zoom: view.getZoom() + by, duration: 150 });
  });
  return button;
}

function zoomButtons(map, element) {
  const tools = document.createElement("div");
  tools.className = "app-map__zoom";
  const words = element.dataset;
  tools.append(
    zoomButton(map, words.zoomIn ?? "Zoom in", "+", 1),
    zoomButton(map, words.zoomOut ?? "Zoom out", "−", -1),
  );
  return tools;
}

function canvasFor(element) {
  const canvas = document.createElement("div");
  canvas.className = "app-map__canvas";
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", element.dataset.label ?? "Map");
  if (element.dataset.help) canvas.setAttribute("aria-describedby", element.dataset.help);
  return canvas;
}

export function mapIn(element, { doubleClickZooms = true, glides = true } = {}) {
  const canvas = canvasFor(element);
  const bounds = boundsOf(element);
  const room = Math.max(getWidth(bounds), getHeight(bounds), 2000) * 1.5;
  const styles = styleBook(JSON.parse(element.dataset.styles ?? "{}"));
  const { basemap, basemapUrl, basemapAttribution } = element.dataset;
  const base = basemap && !basemapUrl ? groundLayers(basemap, styles) : { layers: [], source: null };
  const map = new Map({
    layers: [...base.layers, ...pageLayers(element.dataset, styles)],
    controls: [new ScaleLine({ minWidth: 80 }), ...(basemapAttribution ? [new Attribution({ collapsible: false })] : [])],
    interactions: interactions({ doubleClickZooms, glides }),
    moveTolerance: TREMBLE_PX,
    keyboardEventTarget: canvas,
    view: new View({ extent: buffer(bounds, room), constrainOnlyCenter: true, maxZoom: 20, enableRotation: false }),
  });
  const drawing = [...element.children];
  element.append(canvas);
  element.classList.add("app-map__frame--live");
  map.setTarget(canvas);
  // An attribute, as a drawing has no `hidden` of its own.
  for (const child of drawing) child.setAttribute("hidden", "");
  drawing.forEach((child) => child.querySelectorAll("input").forEach((input) => { input.disabled = true; }));
  for (const child of drawing) if (child.matches("input")) child.disabled = true;
  element.append(zoomButtons(map, element));
  if (basemapUrl) import("./tiles.js").then(({ tileLayer }) => map.getLayers().insertAt(0, tileLayer(basemapUrl, basemapAttribution)));
  map.getView().fit(bounds, { padding: Array(4).fill(ALL_IN_VIEW_PADDING_PX) });
  base.follow?.(map);
  return { map, canvas, styles, base };
}
