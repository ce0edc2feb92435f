// For whoever types a pile of paper: in a form with data-keys a number chooses the answer with that number, and Ctrl
// with Enter saves. The numbers are drawn by forms.css.
const items = (field) => [...field.closest(".govuk-radios, .govuk-checkboxes").querySelectorAll(":scope > * > input")];

function goOn(form, from) {
  const last = items(from).at(-1);
  const stops = [...form.querySelectorAll("input:not([type=hidden]):not([tabindex]), textarea, select, summary, button:not([tabindex])")];
  const after = stops.slice(stops.indexOf(last) + 1).find((field) => field.getClientRects().length);
  after?.focus();
}

function choose(event, form) {
  const field = event.target;
  if (!["radio", "checkbox"].includes(field.type) || !/^[1-9]$/.test(event.key)) return;
  const chosen = items(field)[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  chosen.click();
  if (chosen.type === "radio") goOn(form, chosen);
}

export function typeByNumbers() {
  for (const form of document.querySelectorAll("form[data-keys]")) {
    for (const help of document.querySelectorAll("[data-keys-help]")) help.hidden = false;
    form.classList.add("app-keys");
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        return form.requestSubmit(form.querySelector('button[name="do"][value="send"]') ?? undefined);
      }
      if (!event.ctrlKey && !event.altKey && !event.metaKey) choose(event, form);
    });
    const first = form.querySelector("[data-keys-from] :is(input, textarea):not([type=hidden])");
    if (!document.querySelector(".govuk-error-summary, .govuk-form-group--error")) first?.focus();
  }
}
