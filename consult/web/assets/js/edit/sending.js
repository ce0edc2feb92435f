// Before the outline is sent: a line that is still open would be left out, and without a network all of it would be lost
// from sight.
const OPEN = "There is a line on the map that is not finished. Finish it or cancel it, then save.";
const OFFLINE = "There is no network just now, so it cannot be saved. The outline is kept on this device: save it once you are connected.";

export function guardSending(form, editor, refuse) {
  form?.addEventListener("submit", (event) => {
    if (event.submitter?.formAction && event.submitter.formAction !== form.action) return;
    const { first, ready } = editor.open();
    if (first && ready) editor.acts.finish(); // the first outline needs nothing but its last line
    const words = editor.open().line ? OPEN : navigator.onLine === false ? OFFLINE : "";
    if (!words) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    refuse(words);
  });
}
