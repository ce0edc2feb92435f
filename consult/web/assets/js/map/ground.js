// The ground that our own district lies on. It is fetched for what is in view and a little around it, and again where
// the map has left that or has come much closer: a phone never loads the whole district, nor houses it cannot show.
import VectorLayer from "ol/layer/Vector.js";
import VectorImageLayer from "ol/layer/VectorImage.js";
import VectorSource from "ol/source/Vector.js";
import { buffer, containsExtent, getHeight, getWidth } from "ol/extent.js";
import { transformExtent } from "ol/proj.js";
import { FORMAT } from "./layers.js";

const AROUND = 0.1; // of the view, on each side
const MUCH_CLOSER = 0.45; // of what was fetched: the server left out what could not be seen from there
const SMALLEST = 1500; // of the map's units, where there is nothing finer to have
const DECIMALS = 5;

const across = (extent) => Math.max(getWidth(extent), getHeight(extent));
const enough = (held, view) => held && containsExtent(held, view) && (across(view) > across(held) * MUCH_CLOSER || across(held) < SMALLEST);

function addressOf(url, extent) {
  const degrees = transformExtent(extent, "EPSG:3857", "EPSG:4326").map((edge) => edge.toFixed(DECIMALS));
  return `${url}?bounds=${degrees}`;
}

export function groundLayers(url, styles) {
  const source = new VectorSource();
  let held = null;

  const fetchFor = async (view) => {
    const before = held;
    const wanted = held = buffer(view, across(view) * AROUND);
    try {
      const answer = await fetch(addressOf(url, wanted));
      if (!answer.ok) throw new Error(answer.status);
      const features = FORMAT.readFeatures(await answer.json());
      if (held !== wanted) return; // the map has moved on
      source.clear(true);
      source.addFeatures(features);
    } catch {
      if (held === wanted) held = before; // the next move asks again
    }
  };

  // At once as well: a map that is drawn only once, as nothing on it is on its way, never says that it has moved.
  const follow = (map) => {
    const look = () => {
      const view = map.getView().calculateExtent(map.getSize());
      if (!enough(held, view)) fetchFor(view);
    };
    map.on("moveend", look);
    look();
  };
  const layers = [
    new VectorImageLayer({ source, style: styles.base, imageRatio: 1.5, zIndex: 1 }),
    new VectorLayer({ source, style: styles.labels, declutter: true, zIndex: 30 }),
  ];
  return { source, layers, follow };
}
