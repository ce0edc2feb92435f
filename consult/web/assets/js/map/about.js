// Choosing something on the map shows what it is in the line beneath: a name, and a link where there is one.
const REACH_PX = 8;

export function tellAbout({ map }, line) {
  if (!line) return;
  map.on("singleclick", (event) => {
    const found = map.forEachFeatureAtPixel(event.pixel, (feature) => (feature.get("name") || feature.get("title")) && feature, {
      hitTolerance: REACH_PX,
      layerFilter: (layer) => Boolean(layer.get("style")),
    });
    if (!found) return;
    const name = found.get("name") || found.get("title");
    const href = found.get("href");
    line.replaceChildren(href ? Object.assign(document.createElement("a"), { className: "govuk-link", href, textContent: name }) : name);
    line.hidden = false;
  });
}
