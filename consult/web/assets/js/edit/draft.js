// The outline kept on this device until it is saved, with the steps that led to it. Coming back to a page that already
// holds it, it is thrown away.
import { dropDraft, readDraft, writeDraft } from "../page/drafts.js";
import { readShape, writeShape } from "./geojson.js";
import { closestOn } from "./rings.js";

const SAVED_WITHIN_M = 0.1; // the server rounds to a millimetre
const MOST_CHARACTERS = 1_500_000; // a browser keeps about five million for a whole site
const DECIMALS = 1e4;
const written = new WeakMap(); // steps never change, so each is written out once

// The same outline may start elsewhere on its ring after saving, so each point looks for its nearest.
export function sameShape(one, other) {
  const [points, others] = [one.flat(2), other.flat(2)];
  return points.length === others.length &&
    points.every((point) => others.some((candidate) => closestOn(candidate, candidate, point).distance < SAVED_WITHIN_M));
}

function words(step) {
  if (!written.has(step)) {
    written.set(step, JSON.stringify(step, (_, value) => (typeof value === "number" ? Math.round(value * DECIMALS) / DECIMALS : value)));
  }
  return written.get(step);
}

// As many of the steps around the present one as there is room for: those behind it first.
function worthKeeping({ steps, at }) {
  let [from, to] = [at, at];
  let room = MOST_CHARACTERS - words(steps[at]).length;
  while (from > 0 && words(steps[from - 1]).length < room) room -= words(steps[(from -= 1)]).length;
  while (to < steps.length - 1 && words(steps[to + 1]).length < room) room -= words(steps[(to += 1)]).length;
  return { steps: steps.slice(from, to + 1).map((step) => JSON.parse(words(step))), at: at - from };
}

export function keepDraft(key, { steps, at }) {
  const { shape, line } = steps[at];
  if (!shape.length && !line.length) return dropDraft(key);
  const draft = { outline: writeShape(shape), when: new Date().toISOString() };
  writeDraft(key, { ...draft, ...worthKeeping({ steps, at }) }) || writeDraft(key, draft);
}

export const forgetDraft = dropDraft;

function stepsOf(draft, shape) {
  const alone = { steps: [{ shape, line: [], purpose: "part" }], at: 0 };
  const sound = Array.isArray(draft.steps) && draft.steps[draft.at] && draft.steps.every((step) => Array.isArray(step.shape) && Array.isArray(step.line));
  return sound ? { steps: draft.steps, at: draft.at } : alone;
}

// The draft, if it holds anything that the server does not; `here` says that the page shows it already.
export function draftOf(key, saved, shown) {
  const draft = readDraft(key);
  const shape = (draft && readShape(draft.outline)) ?? [];
  const kept = draft && stepsOf(draft, shape);
  const line = kept ? kept.steps[kept.at].line : [];
  if (!kept || (!line.length && (!shape.length || (saved && sameShape(shape, saved))))) {
    dropDraft(key);
    return null;
  }
  const here = !line.length && Boolean(shown) && sameShape(shape, shown);
  return { ...kept, here, when: new Date(draft.when) };
}
