// The name of what lies nearest to a point of the map: a street, a green, a place.
import { getPointResolution } from "ol/proj.js";

const NEAR_M = 600;

export function nearestName(source, point, map) {
  const metresPerUnit = getPointResolution(map.getView().getProjection(), 1, point);
  const feature = source?.getClosestFeatureToCoordinate(point, (candidate) => Boolean(candidate.get("name")));
  if (!feature) return "";
  const [x, y] = feature.getGeometry().getClosestPoint(point);
  return Math.hypot(x - point[0], y - point[1]) * metresPerUnit < NEAR_M ? feature.get("name") : "";
}
