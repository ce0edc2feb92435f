// The keyboard on the map. Where a task has no use for an arrow key, it moves the map, as the map itself sees to.
const STEP_PX = 5;
const SMALL_STEP_PX = 1;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const BACKWARDS = ["ArrowLeft", "ArrowUp"];

function actFor(event, acts) {
  const { key, shiftKey, altKey } = event;
  const letter = key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (letter === "y") return acts.redo;
    return letter === "z" ? (shiftKey ? acts.redo : acts.undo) : null;
  }
  if (altKey) return ARROWS[key] ? (BACKWARDS.includes(key) ? acts.previous : acts.next) : null;
  const named = {
    Enter: acts.use, Backspace: acts.back, Delete: acts.back, Escape: acts.letGo, "[": acts.previous, "]": acts.next,
    f: acts.finish, s: acts.snapping, t: acts.following, "?": acts.keys,
  };
  return named[key.length === 1 ? letter : key] ?? null;
}

export function keysFor(canvas, acts, wanders) {
  canvas.addEventListener("keydown", (event) => {
    if (event.target !== canvas) return;
    const arrow = !event.altKey && !event.ctrlKey && !event.metaKey && ARROWS[event.key];
    const act = actFor(event, acts);
    const step = event.shiftKey ? SMALL_STEP_PX : STEP_PX;
    wanders.stay();
    if (act) act();
    else if (!arrow || !acts.nudge(arrow[0] * step, arrow[1] * step)) return wanders.went(event.key);
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true); // before the map pans
}
