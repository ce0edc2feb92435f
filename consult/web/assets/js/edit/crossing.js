// Where an outline crosses itself: the pairs of edges that do, found by sweeping from left to right.
import { samePoint } from "./rings.js";

const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

function onEdge(a, b, c) {
  return side(a, b, c) === 0 && c[0] >= Math.min(a[0], b[0]) && c[0] <= Math.max(a[0], b[0]) &&
    c[1] >= Math.min(a[1], b[1]) && c[1] <= Math.max(a[1], b[1]);
}

function meet({ a, b }, { a: c, b: d }) {
  if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
  return onEdge(a, b, c) || onEdge(a, b, d) || onEdge(c, d, a) || onEdge(c, d, b);
}

// Neighbouring edges share one point; they are in trouble only where one folds back over the other.
function foldsBack(one, other) {
  const shared = samePoint(one.b, other.a) ? [one.a, other.a, other.b] : [other.a, one.a, one.b];
  const [before, corner, after] = shared;
  const forward = (before[0] - corner[0]) * (after[0] - corner[0]) + (before[1] - corner[1]) * (after[1] - corner[1]);
  return side(before, corner, after) === 0 && forward > 0;
}

export function edgesOf(points, closed = true) {
  const count = closed ? points.length : points.length - 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({ a: points[i], b: points[(i + 1) % points.length], i, count, closed }));
}

function touching(one, other) {
  const gap = Math.abs(one.i - other.i);
  return one.ring === other.ring && (gap === 1 || (one.closed && gap === one.count - 1));
}

export function crossings(edges) {
  const order = edges
    .map((edge) => ({ edge, low: Math.min(edge.a[0], edge.b[0]), high: Math.max(edge.a[0], edge.b[0]) }))
    .sort((one, other) => one.low - other.low);
  const found = [];
  order.forEach(({ edge, high }, at) => {
    for (let next = at + 1; next < order.length && order[next].low <= high; next += 1) {
      const other = order[next].edge;
      if (touching(edge, other) ? foldsBack(...(edge.i < other.i ? [edge, other] : [other, edge])) : meet(edge, other)) found.push([edge, other]);
    }
  });
  return found;
}

export function crossingsOfShape(shape) {
  return crossings(shape.flatMap((polygon, p) => polygon.flatMap((ring, r) =>
    edgesOf(ring).map((edge) => ({ ...edge, ring: `${p}/${r}` })))));
}
