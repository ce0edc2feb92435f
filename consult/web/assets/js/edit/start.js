// Starting from an outline that is there already: a parish, a ward, an earlier version of one's own.
//   <button type="button" data-start-from="/…geojson">, or data-start-from="#id" of a <select> whose options hold addresses.
import { readShape } from "./geojson.js";

const NONE = "That outline could not be fetched just now. Nothing has changed: try again in a moment.";

function addressOf(button) {
  const given = button.dataset.startFrom;
  const option = given.startsWith("#") ? document.querySelector(given).selectedOptions[0] : null;
  return given.startsWith("#") ? { url: option?.dataset.startFrom ?? option?.value, name: option?.text } : { url: given, name: button.textContent.trim() };
}

async function outlineAt(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/geo+json" } });
    return answer.ok ? readShape(await answer.text()) : null;
  } catch {
    return null;
  }
}

export function startFrom(use, say) {
  for (const button of document.querySelectorAll("button[data-start-from]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const { url, name } = addressOf(button);
      if (!url) return say("Choose an outline to start from first.");
      const shape = await outlineAt(url);
      if (shape) use(shape, `The outline is on the map: ${name}. Change it as you like; Undo takes it away again.`);
      else say(NONE);
    });
  }
}
