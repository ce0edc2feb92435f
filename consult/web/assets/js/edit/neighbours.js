// The outlines next door: what a point snaps to, and the edge that a line may follow between two points on it.
import { closestOn, samePoint } from "./rings.js";

const ON_EDGE_M = 0.01;

const boxOf = (ring) => ring.reduce(
  ([w, s, e, n], [x, y]) => [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)],
  [Infinity, Infinity, -Infinity, -Infinity],
);
const near = ([w, s, e, n], [x, y], reach) => x >= w - reach && x <= e + reach && y >= s - reach && y <= n + reach;

export function neighbourRing(name, ring) {
  return { name, ring, box: boxOf(ring) };
}

function closest(rings, point, reach, distanceTo) {
  let best = null;
  for (const { name, ring, box } of rings) {
    if (!near(box, point, reach)) continue;
    ring.forEach((a, i) => {
      const hit = distanceTo(a, ring[(i + 1) % ring.length]);
      if (hit.distance <= reach && (!best || hit.distance < best.distance)) best = { ...hit, name, ring, index: i };
    });
  }
  return best;
}

// A corner within reach wins over an edge, as a shared corner must be shared exactly.
export function snap(rings, point, reach) {
  const corner = closest(rings, point, reach, (a) => ({ point: a, along: 0, distance: Math.hypot(a[0] - point[0], a[1] - point[1]) }));
  if (corner) return corner;
  const hit = closest(rings, point, reach, (a, b) => closestOn(a, b, point));
  return hit && { ...hit, edge: [hit.ring[hit.index], hit.ring[(hit.index + 1) % hit.ring.length]] };
}

function placeOn(ring, point) {
  for (let i = 0; i < ring.length; i += 1) {
    const hit = closestOn(ring[i], ring[(i + 1) % ring.length], point);
    if (hit.distance < ON_EDGE_M) return i + hit.along;
  }
  return null;
}

function walk(ring, from, to) {
  const count = ring.length;
  const stop = to > from ? to : to + count;
  const between = [];
  for (let i = Math.floor(from) + 1; i < stop; i += 1) between.push(ring[i % count]);
  return between;
}

const lengthOf = (points) => points.slice(1).reduce((sum, point, i) => sum + Math.hypot(point[0] - points[i][0], point[1] - points[i][1]), 0);

// The points of a neighbour's edge between two points that both lie on it, by the shorter way round.
export function trace(rings, from, to) {
  let best = null;
  for (const { name, ring, box } of rings) {
    if (!near(box, from, ON_EDGE_M) || !near(box, to, ON_EDGE_M)) continue;
    const [start, end] = [placeOn(ring, from), placeOn(ring, to)];
    if (start === null || end === null || start === end) continue;
    for (const between of [walk(ring, start, end), walk(ring, end, start).reverse()]) {
      const points = between.filter((point) => !samePoint(point, from) && !samePoint(point, to));
      const length = lengthOf([from, ...points, to]);
      if (!best || length < best.length) best = { name, points, length };
    }
  }
  return best;
}
