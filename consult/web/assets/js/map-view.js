// Maps to look at, and the place picker for residents.
import { tellAbout } from "./map/about.js";
import { mapIn } from "./map/frame.js";
import { startPicker } from "./map/picker.js";

for (const element of document.querySelectorAll("[data-map]")) {
  const made = mapIn(element);
  if (element.dataset.placeInput || element.dataset.draws) startPicker(element, made);
  else tellAbout(made, element.closest("[data-map-figure]")?.querySelector("[data-map-says]"));
}
