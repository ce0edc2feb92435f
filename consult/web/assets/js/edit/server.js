// Exact geometry from the server: cutting, joining, a hole, another part. It keeps nothing.
import { readShape, writeLine, writeShape } from "./geojson.js";

const PATIENCE_MS = 15_000;
const NO_ANSWER = "There is no answer from the network just now. Nothing is lost: try again once you are connected.";
const NOT_UNDERSTOOD = "That could not be worked out just now. Nothing is lost: reload the page and try again.";

export function serverAt(address, token) {
  // `more` holds what the act needs besides the shape: a `line`, or a shape as `other`. Gives { shape } or { sentence }.
  return async function ask(act, shape, { line, other } = {}) {
    const given = { act, shape: JSON.parse(writeShape(shape)) };
    if (line) given.line = JSON.parse(writeLine(line));
    if (other) given.other = JSON.parse(writeShape(other));
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST", body: new URLSearchParams({ csrf_token: token, asked: JSON.stringify(given) }), signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      return { sentence: NO_ANSWER };
    }
    const said = await answer.json().catch(() => ({}));
    const made = answer.ok && readShape(JSON.stringify(said.shape));
    return made ? { shape: made } : { sentence: said.sentence ?? NOT_UNDERSTOOD };
  };
}
