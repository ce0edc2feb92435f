// Between the form's GeoJSON (degrees, closed rings) and the editor's shape (map units, open rings).
import { fromLonLat, toLonLat } from "ol/proj.js";
import { withoutRepeats } from "./rings.js";

const DECIMALS = 9; // a tenth of a millimetre; seven would move a shared corner

const inTheWorld = ([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) < 86; // National Grid metres are not: the server reads those

const round = (number) => Number(number.toFixed(DECIMALS));

function polygonsIn(thing) {
  if (!thing) return [];
  if (thing.type === "FeatureCollection") return thing.features.flatMap(polygonsIn);
  if (thing.type === "Feature") return polygonsIn(thing.geometry);
  if (thing.type === "Polygon") return [thing.coordinates];
  if (thing.type === "MultiPolygon") return thing.coordinates;
  return [];
}

// Anything else than an outline in degrees reads as nothing: the server says what is wrong with it.
export function readShape(words) {
  try {
    const polygons = polygonsIn(JSON.parse(words));
    if (!polygons.flat(2).every(inTheWorld)) return null;
    const shape = polygons.map((polygon) => polygon.map((ring) => withoutRepeats(ring.map((at) => fromLonLat(at.slice(0, 2))))));
    const sound = shape.length && shape.flat(2).every((point) => point.every(Number.isFinite)) && shape.flat().every((ring) => ring.length >= 3);
    return sound ? shape : null;
  } catch {
    return null;
  }
}

export const inDegrees = (shape) => shape.map((polygon) => polygon.map((ring) => ring.map((point) => toLonLat(point).map(round))));

export function writeShape(shape) {
  if (!shape.length) return "";
  const closed = inDegrees(shape).map((polygon) => polygon.map((ring) => [...ring, ring[0]]));
  const geometry = closed.length === 1 ? { type: "Polygon", coordinates: closed[0] } : { type: "MultiPolygon", coordinates: closed };
  return JSON.stringify(geometry);
}

export const writeLine = (line) => JSON.stringify({ type: "LineString", coordinates: inDegrees([[line]])[0][0] });
