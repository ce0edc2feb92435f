// The area editor on its map, and the form that its outline is sent with.
import { draftOf, keepDraft } from "./edit/draft.js";
import { editorOn } from "./edit/editor.js";
import { readShape, writeShape } from "./edit/geojson.js";
import { keysFor } from "./edit/keys.js";
import { neighbourRing } from "./edit/neighbours.js";
import { panelOf } from "./edit/panel.js";
import { listenTo } from "./edit/pointer.js";
import { crosshair } from "./map/crosshair.js";
import { mapIn } from "./map/frame.js";
import { FORMAT, pageLayers, whenReady } from "./map/layers.js";
import { boundingExtent } from "ol/extent.js";

function neighboursOn(map, url, styles) {
  let rings = [];
  if (!url) return () => rings;
  const [layer] = pageLayers({ layers: JSON.stringify([{ url, style: "neighbour", name: "Neighbours" }]) }, styles);
  map.addLayer(layer);
  const source = layer.getSource();
  whenReady(source, () => {
    rings = source.getFeatures().flatMap((feature) => {
      const shape = readShape(FORMAT.writeGeometry(feature.getGeometry(), { decimals: 12 })) ?? [];
      return shape.flat().map((ring) => neighbourRing(feature.get("name") ?? "a neighbour", ring));
    });
  });
  return () => rings;
}

function start(element) {
  const { geometryInput, draftKey, neighbours } = element.dataset;
  const field = document.getElementById(geometryInput);
  // After a reload the browser may put back what was typed, so what is shown is not always what was saved.
  const saved = readShape(field.defaultValue);
  const shown = readShape(field.value);
  const { map, canvas, styles } = mapIn(element, { doubleClickZooms: false });
  const panel = panelOf(element);
  let draft = draftOf(draftKey, saved, shown);
  let pasting = false;

  const editor = editorOn({
    map, panel, shape: shown,
    neighbours: neighboursOn(map, neighbours, styles),
    changed: ({ shape }) => {
      if (!pasting) field.value = writeShape(shape);
      keepDraft(draftKey, writeShape(shape));
      draft = null;
      panel.offerDraft(null);
    },
  });
  const bringIntoView = (shape) => map.getView().fit(boundingExtent(shape.flat(2)), { padding: [50, 70, 50, 50], maxZoom: 17 });
  const use = (shape, words) => { editor.replace(shape, words); bringIntoView(shape); };

  crosshair(canvas, map, editor.acts.use);
  listenTo(map, editor);
  keysFor(canvas, editor.acts);
  panel.listen({
    ...editor.acts,
    "take-draft": () => use(draft.shape, "The outline kept on this device is back."),
    "drop-draft": () => { keepDraft(draftKey, ""); draft = null; panel.offerDraft(null); canvas.focus(); },
  });
  // As it is pasted, not when the field is left: words that appear then would move the button that is being pressed.
  field.addEventListener("input", () => {
    const pasted = readShape(field.value);
    if (!pasted) return;
    pasting = true; // the text stays as it was typed
    use(pasted, "The pasted outline is on the map.");
    pasting = false;
  });
  panel.offerDraft(draft);
  if (shown) bringIntoView(shown);
  editor.refresh();
}

for (const element of document.querySelectorAll("[data-map-editor]")) start(element);
