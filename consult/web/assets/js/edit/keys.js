// The keyboard on the map. Arrows and zoom belong to the map itself; these are the editor's.
export function keysFor(canvas, acts) {
  const keys = {
    Delete: acts.remove,
    Backspace: () => (acts.drawing() ? acts.undo() : acts.remove()),
    Escape: acts.letGo,
    "[": acts.previous,
    "]": acts.next,
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.target !== canvas || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    let act = control ? null : keys[event.key];
    if (control && letter === "z") act = event.shiftKey ? acts.redo : acts.undo;
    if (control && letter === "y") act = acts.redo;
    if (!act) return;
    event.preventDefault();
    act();
  });
}
