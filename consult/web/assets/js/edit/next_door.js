// The outlines next door, drawn on the map and ready to be snapped to.
import { FORMAT, pageLayers, whenReady } from "../map/layers.js";
import { readShape } from "./geojson.js";
import { neighbourRing } from "./neighbours.js";

export function neighboursOn(map, url, styles) {
  let rings = [];
  if (!url) return () => rings;
  const layers = pageLayers({ layers: JSON.stringify([{ url, style: "neighbour", name: "Neighbours" }]) }, styles);
  layers.forEach((layer) => map.addLayer(layer));
  const source = layers[0].getSource();
  whenReady(source, () => {
    rings = source.getFeatures().flatMap((feature) => {
      const shape = readShape(FORMAT.writeGeometry(feature.getGeometry(), { decimals: 12 })) ?? [];
      return shape.flat().map((ring) => neighbourRing(feature.get("name") ?? "a neighbour", ring));
    });
  });
  return () => rings;
}
