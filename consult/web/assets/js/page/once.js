// A second click while the first is on its way sends nothing. The server refuses duplicates too.
const LET_GO_AFTER_MS = 8000;

function hold(form, held) {
  form.toggleAttribute("data-sending", held);
  for (const button of form.querySelectorAll('button:not([type="button"])')) {
    if (held) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

export function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.hasAttribute("data-sending")) return event.preventDefault();
    hold(form, true);
    // A download leaves the page where it is, so the button comes back.
    setTimeout(() => hold(form, false), LET_GO_AFTER_MS);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) hold(form, false);
  });
}
