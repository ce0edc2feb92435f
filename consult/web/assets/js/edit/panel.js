// The buttons and words around the map. The panel knows what can be done now; it does nothing itself.
import { speaker } from "../map/speech.js";
import { onlyBetweenParts } from "./crossing.js";
import { inDegrees } from "./geojson.js";
import { inWords, lengthInWords, measure } from "./measure.js";

const CROSSES = "The outline crosses itself where it is red. Move or delete a point there.";
const SIDE_BY_SIDE = "Two parts lie against each other, where it is red. Join them, or delete one, before you save.";

const countOf = (shape) => ({ parts: shape.length, holes: shape.flat().length - shape.length });

function figures(shape, line) {
  if (line.length === 1) return "1 point so far";
  if (line.length === 2) return `2 points so far, ${lengthInWords(line)}`;
  if (line.length) return `${line.length} points so far, ${lengthInWords(line)}`;
  if (!shape.length) return "";
  const { parts, holes } = countOf(shape);
  const counted = [parts > 1 && `${parts} parts`, holes && (holes > 1 ? `${holes} holes` : "1 hole")].filter(Boolean).join(" and ");
  return `${inWords(measure(inDegrees(shape)))}${counted ? `, in ${counted}` : ""}`.replace(/, in (\d+ holes?)$/, ", with $1").replace(/ and (\d+ holes?)$/, ", with $1");
}

const troubleIn = (crossing) => (!crossing.length ? "" : onlyBetweenParts(crossing) ? SIDE_BY_SIDE : CROSSES);

export function panelOf(element) {
  const home = element.closest("[data-editor]");
  const part = (name) => home.querySelector(`[data-editor-${name}]`);
  const buttons = [...home.querySelectorAll("[data-act]")];
  const say = speaker(home.querySelector("[data-map-says]"));
  const more = part("more");
  const size = part("measure");

  function showButtons({ mode, task, shape, can }) {
    const { parts, holes } = countOf(shape);
    const enough = { parts: parts > 1, wholes: parts + holes > 1 };
    for (const button of buttons) {
      const { act, when, needs } = button.dataset;
      button.hidden = Boolean(when && !when.split(" ").includes(mode)) || enough[needs] === false;
      // Not `disabled`, which would drop the focus of someone who has just used the button.
      button.setAttribute("aria-disabled", String(can[act] === false));
      if (act.startsWith("task-")) button.setAttribute("aria-pressed", String(act === `task-${task}`));
    }
    part("tasks").hidden = !shape.length || mode.endsWith("-line");
  }

  function showWords(mode, words) {
    for (const each of part("now").children) each.classList.toggle("app-editor__other", each.dataset.mode !== (words ? "trouble" : mode));
    part("trouble").textContent = words;
  }

  // While a point is dragged the figures run on, and are not read out at each step.
  function measuring(shape, crossing) {
    size.setAttribute("aria-live", "off");
    showWords(part("now").dataset.mode, troubleIn(crossing));
    size.textContent = crossing.length ? "It has no size while it crosses itself" : figures(shape, []);
  }

  function show(now) {
    const { mode, shape, line, crossing, trouble, reason } = now;
    showButtons(now);
    part("now").dataset.mode = mode;
    showWords(mode, trouble || (line.length ? "" : troubleIn(crossing)));
    size.setAttribute("aria-live", "polite");
    size.textContent = crossing.length && !line.length && !onlyBetweenParts(crossing) ? "It has no size while it crosses itself" : figures(shape, line);
    part("reason").textContent = reason;
  }

  const sayNow = () => say([...part("now").children].find((each) => each.dataset.mode === part("now").dataset.mode)?.textContent ?? "");

  function offerDraft(draft) {
    part("draft").hidden = !draft;
    if (draft) part("draft-when").textContent = `It is from ${draft.when.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}.`;
  }

  function openMore(open) {
    home.classList.toggle("app-editor--more", open);
    more.setAttribute("aria-expanded", String(open));
  }

  function listen(acts) {
    home.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (!button) return;
      if (button.getAttribute("aria-disabled") === "true") return say(part("reason").textContent || "That is not possible just now.");
      if (button.classList.contains("app-editor__task")) openMore(false);
      acts[button.dataset.act]();
    });
    more.addEventListener("click", () => openMore(more.getAttribute("aria-expanded") !== "true"));
    part("live").hidden = false;
    part("tools").hidden = false;
    part("form").open = false;
  }

  const toggle = (name) => home.querySelector(`[data-toggle="${name}"]`);
  return {
    show, say, sayNow, measuring, listen, offerDraft,
    toggles: (name) => toggle(name).checked,
    flip(name, words) {
      toggle(name).checked = !toggle(name).checked;
      say(`${words} is ${toggle(name).checked ? "on" : "off"}.`);
    },
    keys: () => part("keys").showModal(),
    hush: () => part("keys").close(),
  };
}
