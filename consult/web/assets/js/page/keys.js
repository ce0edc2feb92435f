// For whoever types a pile of paper: in a form with data-keys a number chooses the answer with that number, Enter goes
// on to the next question, and Ctrl with Enter saves. The numbers are drawn by forms.css.
const STOPS = "input:not([type=hidden]):not([tabindex]), textarea, select, summary, button:not([tabindex])";
const LINES = ["text", "email", "number", "tel"];
const groupOf = (field) => field.closest(".govuk-radios, .govuk-checkboxes");
const items = (group) => [...group.querySelectorAll(":scope > * > input")];
const ticks = (field) => field.type === "radio" || field.type === "checkbox";
const seen = (field) => field.getClientRects().length > 0;

// To the first field after this one; from a list of answers, to the first that is no part of the list.
function goOn(form, field) {
  const group = ticks(field) ? groupOf(field) : null;
  const stops = [...form.querySelectorAll(STOPS)];
  stops.slice(stops.indexOf(field) + 1).find((stop) => !group?.contains(stop) && seen(stop))?.focus();
}

// The points of a scale have numbers of their own.
function numbered(group, number) {
  if (group.classList.contains("app-scale")) return items(group).find((item) => item.value === number);
  return items(group)[Number(number) - 1];
}

function choose(event, form) {
  const chosen = numbered(groupOf(event.target), event.key);
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  chosen.click();
  const opened = document.getElementById(chosen.getAttribute("aria-controls"));
  if (chosen.checked && opened) opened.querySelector("input, textarea")?.focus();
  else if (chosen.type === "radio") goOn(form, chosen);
}

function pressed(event, form) {
  const field = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (ticks(field) && groupOf(field) && /^\d$/.test(event.key)) return choose(event, form);
  if (event.key !== "Enter" || !(ticks(field) || LINES.includes(field.type))) return;
  event.preventDefault();
  goOn(form, field);
}

// Also from a part of the page that is in no form: the list of mistakes, or where somebody clicked last.
function saves(event, form) {
  const within = event.target.closest?.("form") ?? form;
  if (within !== form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector('button[name="do"][value="send"]') ?? undefined);
}

export function typeByNumbers() {
  for (const form of document.querySelectorAll("form[data-keys]")) {
    for (const help of document.querySelectorAll("[data-keys-help]")) help.hidden = false;
    form.classList.add("app-keys");
    form.addEventListener("keydown", (event) => pressed(event, form));
    document.addEventListener("keydown", (event) => saves(event, form));
    const first = form.querySelector("[data-keys-from] :is(input, textarea):not([type=hidden])");
    if (!document.querySelector(".govuk-error-summary, .govuk-form-group--error")) first?.focus();
  }
}
