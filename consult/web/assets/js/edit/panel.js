// The buttons and words around the map. The panel knows what can be done now; it does nothing itself.
import { speaker } from "../map/speech.js";
import { inWords, measure } from "./measure.js";
import { inDegrees } from "./geojson.js";

const CROSSES = "The outline crosses itself where it is red. Move or delete a point there.";

export function panelOf(element) {
  const home = element.closest("[data-editor]");
  const part = (name) => home.querySelector(`[data-editor-${name}]`);
  const tools = part("tools");
  const say = speaker(home.querySelector("[data-map-says]"));
  const set = (node, words) => { node.textContent = words; node.hidden = !words; };

  function show({ mode, shape, crossing, canUndo, canRedo, canFinish, canRemove }) {
    for (const words of part("now").children) words.classList.toggle("app-editor__other", words.dataset.mode !== mode);
    const allowed = { undo: canUndo, redo: canRedo, finish: canFinish, remove: canRemove };
    for (const button of tools.querySelectorAll("[data-act]")) {
      const when = button.dataset.when;
      const here = !when || when === mode || (when === "shape" && mode === "chosen") || (when === "line" && mode === "empty" && button.dataset.act === "put");
      button.hidden = !here;
      // Not `disabled`, which would drop the focus of someone who has just used the button.
      button.setAttribute("aria-disabled", String(allowed[button.dataset.act] === false));
    }
    set(part("measure"), shape.length && !crossing.length ? inWords(measure(inDegrees(shape))) : "");
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
    part("now").hidden = false;
    tools.hidden = false;
    part("form").open = false;
  }

  const toggles = (name) => home.querySelector(`[data-toggle="${name}"]`).checked;
  return { show, say, listen, offerDraft, toggles };
}

export const measured = (shape) => inWords(measure(inDegrees(shape)));
