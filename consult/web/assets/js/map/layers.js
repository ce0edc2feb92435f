// The page's own layers, which lie on the ground.
import GeoJSON from "ol/format/GeoJSON.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorImageLayer from "ol/layer/VectorImage.js";
import VectorSource from "ol/source/Vector.js";

export const FORMAT = new GeoJSON({ dataProjection: "EPSG:4326", featureProjection: "EPSG:3857" });

const vectors = (url) => new VectorSource({ url, format: FORMAT });

// [{"url": …, "style": "area", "name": "The area"}]: what is only looked at is one image, which stays quick to move with
// thousands of things in it. Names lie with those of the ground, so that none runs into another, and go before them.
export function pageLayers({ layers }, styles) {
  return JSON.parse(layers ?? "[]").flatMap(({ url, data, style, name }) => {
    const source = data ? new VectorSource({ features: FORMAT.readFeatures(data) }) : vectors(url);
    const names = styles.names(style);
    const drawn = new VectorImageLayer({ source, style: styles.layer(style), imageRatio: 1.5, zIndex: style === "pin" ? 20 : 10, properties: { name, style } });
    return names ? [drawn, new VectorLayer({ source, style: names, declutter: true, zIndex: 31 })] : [drawn];
  });
}

export const sourcesOf = (map, style) =>
  map.getLayers().getArray().filter((layer) => layer.get("style") === style).map((layer) => layer.getSource());

// Calls back once a source holds its features, whether they came with the page or are still on their way.
export function whenReady(source, act) {
  if (source.getFeatures().length) act();
  source.on("featuresloadend", act);
}
