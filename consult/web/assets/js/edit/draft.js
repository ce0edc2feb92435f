// The outline kept on this device until it is saved. Coming back to a page that already holds it, it is thrown away.
import { dropDraft, readDraft, writeDraft } from "../page/drafts.js";
import { readShape } from "./geojson.js";
import { closestOn } from "./rings.js";

const SAVED_WITHIN_M = 0.1; // the server rounds to a millimetre

// The same outline may start elsewhere on its ring after saving, so each point looks for its nearest.
export function sameShape(one, other) {
  const [points, others] = [one.flat(2), other.flat(2)];
  return points.length === others.length &&
    points.every((point) => others.some((candidate) => closestOn(candidate, candidate, point).distance < SAVED_WITHIN_M));
}

export function draftOf(key, saved, shown) {
  const draft = readDraft(key);
  const shape = draft && readShape(draft.outline);
  if (!shape || (saved && sameShape(shape, saved))) {
    dropDraft(key);
    return null;
  }
  return shown && sameShape(shape, shown) ? null : { shape, when: new Date(draft.when) };
}

export const keepDraft = (key, outline) => (outline ? writeDraft(key, { outline, when: new Date().toISOString() }) : dropDraft(key));
