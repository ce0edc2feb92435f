// The area editor on its map, and the form that its outline is sent with.
import { boundingExtent } from "ol/extent.js";
import { draftOf, forgetDraft, keepDraft } from "./edit/draft.js";
import { editorOn } from "./edit/editor.js";
import { readShape, writeShape } from "./edit/geojson.js";
import { keysFor } from "./edit/keys.js";
import { neighboursOn } from "./edit/next_door.js";
import { panelOf } from "./edit/panel.js";
import { listenTo } from "./edit/pointer.js";
import { guardSending } from "./edit/sending.js";
import { serverAt } from "./edit/server.js";
import { startFrom } from "./edit/start.js";
import { crosshair } from "./map/crosshair.js";
import { mapIn } from "./map/frame.js";
import { nearestName } from "./map/near.js";
import { wandering } from "./map/wandering.js";

function start(element) {
  const { geometryInput, draftKey, neighbours, shaping } = element.dataset;
  const field = document.getElementById(geometryInput);
  // After a reload the browser may put back what was typed, so what is shown is not always what was saved.
  const saved = readShape(field.defaultValue);
  const shown = readShape(field.value);
  const { map, canvas, styles, base } = mapIn(element, { doubleClickZooms: false, glides: false });
  const panel = panelOf(element);
  let draft = draftOf(draftKey, saved, shown);
  let pasting = false;

  const editor = editorOn({
    map, panel, shape: shown,
    neighbours: neighboursOn(map, neighbours, styles),
    server: serverAt(shaping, field.form?.elements.csrf_token?.value ?? ""),
    changed: (all) => {
      if (!pasting) field.value = writeShape(all.steps[all.at].shape);
      keepDraft(draftKey, all);
      draft = null;
      panel.offerDraft(null);
    },
  });
  const bringIntoView = (shape) => map.getView().fit(boundingExtent(shape.flat(2)), { padding: [50, 70, 50, 50], maxZoom: 17 });
  const use = (shape, words) => { editor.replace(shape, words); bringIntoView(shape); };
  const acts = {
    ...editor.acts,
    snapping: () => { panel.flip("snap", "Snapping"); editor.refresh(); },
    following: () => { panel.flip("trace", "Following"); editor.refresh(); },
    keys: panel.keys,
    "close-keys": () => { panel.hush(); canvas.focus(); },
    "take-draft": () => {
      const { shape, line } = draft.steps[draft.at];
      editor.resume(draft, "The outline kept on this device is back.");
      bringIntoView([[[...shape.flat(2), ...line]]]);
    },
    "drop-draft": () => { forgetDraft(draftKey); draft = null; panel.offerDraft(null); canvas.focus(); },
  };

  crosshair(canvas, map);
  listenTo(map, editor);
  keysFor(canvas, acts, wandering(panel.say, () => editor.where(nearestName(base.source, map.getView().getCenter(), map))));
  panel.listen(acts);
  startFrom(use, panel.say);
  guardSending(field.form, editor, editor.refuse);
  // As it is pasted, not when the field is left: words that appear then would move the button that is being pressed.
  field.addEventListener("input", () => {
    const pasted = readShape(field.value);
    if (!pasted) return;
    pasting = true; // the text stays as it was typed
    use(pasted, "The pasted outline is on the map.");
    pasting = false;
  });
  if (shown) bringIntoView(shown);
  if (draft?.here) editor.resume(draft, ""); // the page shows it already: only its steps come back
  else panel.offerDraft(draft);
  editor.refresh();
}

for (const element of document.querySelectorAll("[data-map-editor]")) start(element);
