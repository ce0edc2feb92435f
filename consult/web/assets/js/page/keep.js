// "Keep what I've typed on this device": only when ticked, only in this browser, gone on the receipt.
// A form of several pages keeps the one that was typed last, and the address that leads back to it.
import { dropDraft, readDraft, writeDraft } from "./drafts.js";

const NEVER_KEPT = ["csrf_token", "idempotency_key"];
const PAUSE_MS = 400;

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && !NEVER_KEPT.includes(field.name) && !field.matches("[data-keep-this]") &&
      !["hidden", "file", "password", "submit", "button", "image"].includes(field.type),
  );
}

const ticks = (field) => field.type === "radio" || field.type === "checkbox";

function typed(form) {
  return fields(form)
    .filter((field) => (ticks(field) ? field.checked : field.value !== ""))
    .map((field) => [field.name, field.value]);
}

function putBack(form, kept) {
  for (const field of fields(form)) {
    const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
    if (ticks(field) && values.includes(field.value)) field.checked = true;
    // Fields that show or hide others, and the map, listen for this.
    else if (!ticks(field) && field.value === "" && values.length) field.value = values[0];
    else continue;
    field.dispatchEvent(new Event(ticks(field) ? "click" : "input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function keepForm(form) {
  const key = form.dataset.keep;
  const panel = form.querySelector("[data-keep-panel]");
  const tick = form.querySelector("[data-keep-this]");
  const words = panel.querySelector("[data-keep-words]");
  const forget = panel.querySelector("[data-keep-forget]");
  const { keepAt: at = "", keepLink: link = "" } = form.dataset;
  const untouched = typed(form).length === 0;
  let timer;

  const write = () => writeDraft(key, { when: new Date().toISOString(), at, link, fields: typed(form) });
  const say = (text) => { words.textContent = text; };
  const keep = () => {
    if (!tick.checked) return;
    const stored = write();
    say(stored ? panel.dataset.kept : panel.dataset.refused);
    forget.hidden = !stored;
  };
  const drop = () => {
    dropDraft(key);
    forget.hidden = true;
    say(panel.dataset.dropped);
  };

  const draft = readDraft(key);
  if (draft) {
    tick.checked = true;
    forget.hidden = false;
    const here = (draft.at || "") === at && (draft.link || "") === link;
    if (here && untouched) putBack(form, draft.fields);
    say(here && untouched && draft.fields.length ? panel.dataset.back : panel.dataset.kept);
    if (!here) write();
  }
  tick.addEventListener("change", () => (tick.checked ? keep() : drop()));
  forget.addEventListener("click", () => { tick.checked = false; drop(); tick.focus(); });
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, PAUSE_MS); });
  form.addEventListener("submit", () => { clearTimeout(timer); if (tick.checked) write(); });
  panel.hidden = false;
}

export function keepTyping() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    if (form.querySelector("[data-keep-panel]")) keepForm(form);
  }
}

// The page before the first: the way back to what was begun on this device, where somebody asked for that.
export function carryOn() {
  for (const panel of document.querySelectorAll("[data-carry-on]")) {
    const key = panel.dataset.carryOn;
    const draft = readDraft(key);
    if (!draft?.link?.startsWith("/")) continue;
    panel.querySelector("[data-carry-on-link]").href = draft.at ? `${draft.link}?at=${encodeURIComponent(draft.at)}` : draft.link;
    panel.querySelector("[data-carry-on-forget]").addEventListener("click", () => { dropDraft(key); panel.hidden = true; });
    panel.hidden = false;
  }
}
