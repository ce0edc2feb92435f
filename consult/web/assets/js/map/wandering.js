// The map was moved by keys: once it rests, where it is now is said, once for a row of presses.
const RESTS_MS = 400;
const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const ZOOMS = ["+", "-"];

export function wandering(say, words) {
  let rest = null;
  const soon = () => { clearTimeout(rest); rest = setTimeout(() => say(words()), RESTS_MS); };
  return {
    went: (key) => (MOVES.includes(key) || ZOOMS.includes(key) ? soon() : clearTimeout(rest)),
    stay: () => clearTimeout(rest),
  };
}
