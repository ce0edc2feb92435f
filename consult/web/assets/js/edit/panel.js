// The buttons and words around the map. The panel knows what can be done now; it does nothing itself.
import { speaker } from "../map/speech.js";
import { inWords, measure } from "./measure.js";
import { inDegrees } from "./geojson.js";

const NOW = {
  empty: "Tap the map, or press Enter, to put the first point of the outline at the cross. Arrow keys move the map; with Shift they move it a little.",
  line: "Go round the edge of the area, one point after another. Tap the first point again, or choose Finish, when you have come round.",
  shape: "Drag a point to move it, or drag the small dot between two points to add one. Or choose a point with Previous and Next, move the map, and press Enter.",
  chosen: "Drag the point, or move the map and press Enter to put it at the cross. Delete takes it away, Escape lets it go.",
};
const CROSSES = "The outline crosses itself where it is red. Move or delete a point there.";

export function panelOf(element) {
  const home = element.closest("[data-editor]");
  const part = (name) => home.querySelector(`[data-editor-${name}]`);
  const tools = part("tools");
  const say = speaker(home.querySelector("[data-map-says]"));
  const set = (node, words) => { node.textContent = words; node.hidden = !words; };

  function show({ mode, shape, crossing, canUndo, canRedo, canFinish, canRemove }) {
    set(part("now"), NOW[mode]);
    const allowed = { undo: canUndo, redo: canRedo, finish: canFinish, remove: canRemove };
    for (const button of tools.querySelectorAll("[data-act]")) {
      const when = button.dataset.when;
      const here = !when || when === mode || (when === "shape" && mode === "chosen") || (when === "line" && mode === "empty" && button.dataset.act === "put");
      button.hidden = !here;
      // Not `disabled`, which would drop the focus of someone who has just used the button.
      button.setAttribute("aria-disabled", String(allowed[button.dataset.act] === false));
    }
    set(part("measure"), shape.length ? inWords(measure(inDegrees(shape))) : "");
    set(part("trouble"), crossing.length ? CROSSES : "");
  }

  function offerDraft(draft) {
    part("draft").hidden = !draft;
    if (draft) part("draft-when").textContent = `It is from ${draft.when.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}.`;
  }

  function listen(acts) {
    home.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button && button.getAttribute("aria-disabled") !== "true") acts[button.dataset.act]();
    });
    tools.hidden = false;
    part("form").open = false;
  }

  const toggles = (name) => home.querySelector(`[data-toggle="${name}"]`).checked;
  return { show, say, listen, offerDraft, toggles };
}

export const measured = (shape) => inWords(measure(inDegrees(shape)));
