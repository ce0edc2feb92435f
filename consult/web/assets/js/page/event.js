// A device at an event: what the browser keeps of a page for Back is asked for anew, and a page that is left is cleared.
export function leaveNothingBehind() {
  if (!document.querySelector("[data-event]")) return;
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const form = document.querySelector("[data-event-clear]");
  if (!form) return;
  let timer;
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.submit(), Number(form.dataset.eventClear) * 1000);
  };
  for (const kind of ["input", "keydown", "pointerdown", "scroll"]) window.addEventListener(kind, begin, { passive: true });
  begin();
}
