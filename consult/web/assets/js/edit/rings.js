// Outlines as plain numbers. A shape is a list of polygons, a polygon a list of rings, a ring a list of [x, y]
// without the closing repeat. A path [polygon, ring, index] names one point. Nothing here changes what it is given.
const SAME_M = 0.0005;

export const samePoint = (a, b) => Math.abs(a[0] - b[0]) < SAME_M && Math.abs(a[1] - b[1]) < SAME_M;

export function withoutRepeats(ring) {
  const kept = ring.filter((point, i) => i === 0 || !samePoint(point, ring[i - 1]));
  while (kept.length > 1 && samePoint(kept[0], kept[kept.length - 1])) kept.pop();
  return kept;
}

function withRing(shape, [p, r], change) {
  return shape.map((polygon, i) => (i === p ? polygon.map((ring, j) => (j === r ? change(ring) : ring)) : polygon));
}

export const pointAt = (shape, [p, r, i]) => shape[p]?.[r]?.[i];
export const movePoint = (shape, path, to) => withRing(shape, path, (ring) => ring.map((point, i) => (i === path[2] ? to : point)));
export const insertPoint = (shape, path, point) => withRing(shape, path, (ring) => [...ring.slice(0, path[2]), point, ...ring.slice(path[2])]);
export const canRemove = (shape, path) => Boolean(path && shape[path[0]][path[1]].length > 3);
export const removePoint = (shape, path) => withRing(shape, path, (ring) => ring.filter((_, i) => i !== path[2]));

export function paths(shape) {
  return shape.flatMap((polygon, p) => polygon.flatMap((ring, r) => ring.map((_, i) => [p, r, i])));
}

// The nearest of several spots, if it is within reach.
export function nearestOf(spots, [x, y], reach = Infinity) {
  let best = null;
  spots.forEach((spot, index) => {
    const distance = Math.hypot(spot[0] - x, spot[1] - y);
    if (distance <= reach && (!best || distance < best.distance)) best = { distance, index };
  });
  return best;
}

export function closestOn(a, b, point) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const along = length2 ? Math.min(1, Math.max(0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length2)) : 0;
  const on = along === 0 ? a : along === 1 ? b : [a[0] + along * dx, a[1] + along * dy];
  return { point: on, along, distance: Math.hypot(on[0] - point[0], on[1] - point[1]) };
}

// Where in the shape a new point at this spot belongs: into the nearest edge.
export function nearestEdge(shape, point) {
  let best = null;
  shape.forEach((polygon, p) => polygon.forEach((ring, r) => ring.forEach((a, i) => {
    const { distance } = closestOn(a, ring[(i + 1) % ring.length], point);
    if (!best || distance < best.distance) best = { distance, path: [p, r, i + 1] };
  })));
  return best;
}
