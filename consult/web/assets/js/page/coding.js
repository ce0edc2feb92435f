// Reading and coding with the keyboard alone, or with the pointer. The page does all of it without this file; single
// keys can be switched off (WCAG 2.1.4), and are never read while somebody types.
const KEPT = "consult:coding:keys";
const LAST = "consult:coding:last";
const THEMES = ":is([name=theme], [name=suggested])";

const codePoints = (text) => Array.from(text).length; // offsets count code points, as the server does
const remembered = (store, name) => { try { return store.getItem(name); } catch { return null; } };
const remember = (store, name, value) => { try { store.setItem(name, value); } catch { /* private windows */ } };

function typing(target) {
  return target.closest("textarea, select, [contenteditable]") || (target.matches("input") && !["checkbox", "radio"].includes(target.type));
}

function markedSpan() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const words = (range.commonAncestorContainer.nodeType === 1 ? range.commonAncestorContainer : range.commonAncestorContainer.parentElement).closest("[data-field]");
  if (!words) return null;
  const before = document.createRange();
  before.selectNodeContents(words);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Number(words.dataset.start) + codePoints(before.toString());
  return `${words.dataset.field}:${start}:${start + codePoints(range.toString())}`;
}

function finder(form) {
  const field = form.querySelector("#find-theme");
  const items = [...form.querySelectorAll("[data-theme]")];
  const shown = () => items.filter((item) => !item.hidden);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const item of items) item.hidden = !item.dataset.theme.toLowerCase().includes(wanted) && !item.querySelector("input").checked;
    form.querySelector("[data-found]").textContent = String(shown().length);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) return form.requestSubmit();
    const one = shown().find((item) => !item.querySelector("input").checked);
    if (!one) return;
    one.querySelector("input").click();
    field.value = "";
    field.dispatchEvent(new Event("input"));
  });
  return { field, shown };
}

function sameAsBefore(form) {
  const ids = new Set(JSON.parse(remembered(sessionStorage, LAST) ?? "[]"));
  for (const box of form.querySelectorAll(THEMES)) if (ids.has(box.value) && !box.checked) box.click();
}

export function codeByKeys() {
  const desk = document.querySelector("[data-coding]");
  if (!desk) return;
  for (const part of desk.querySelectorAll("[data-needs-scripts]")) part.hidden = false;
  const form = desk.querySelector("[data-coding-form]");
  const cut = desk.querySelector("[data-cut-form]");
  const { field, shown } = finder(form);
  const keys = desk.querySelector("[data-use-keys]");
  keys.checked = remembered(localStorage, KEPT) !== "off";
  keys.addEventListener("change", () => remember(localStorage, KEPT, keys.checked ? "on" : "off"));
  form.addEventListener("submit", () => {
    remember(sessionStorage, LAST, JSON.stringify([...form.querySelectorAll(THEMES + ":checked")].map((box) => box.value)));
  });
  const acts = {
    "/": () => field.focus(),
    n: () => form.querySelector("#label").focus(),
    j: () => desk.querySelector("[data-way=next]")?.click(),
    k: () => desk.querySelector("[data-way=previous]")?.click(),
    u: () => desk.querySelector("[data-undo]").requestSubmit(),
    ".": () => sameAsBefore(form),
    0: () => form.querySelector("#nothing").click(),
    Enter: () => form.requestSubmit(),
    s: () => {
      const span = markedSpan();
      if (!span || !cut) return;
      cut.querySelector("[name=selection]").value = span;
      cut.requestSubmit();
    },
  };
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    const act = /^[1-9]$/.test(event.key) ? () => shown()[Number(event.key) - 1]?.querySelector("input").click() : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
