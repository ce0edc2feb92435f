// Where an outline crosses itself: the pairs of edges that do.
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

// Edges that share one point are in trouble only where one folds back over the other.
function foldsBack(corner, before, after) {
  const forward = (before[0] - corner[0]) * (after[0] - corner[0]) + (before[1] - corner[1]) * (after[1] - corner[1]);
  return side(before, corner, after) === 0 && forward > 0;
}

function follows(one, other) {
  const gap = Math.abs(one.i - other.i);
  return one.ring === other.ring && (gap === 1 || (one.closed && gap === one.count - 1));
}

// A ring may touch another at a point, but not itself.
function clash(one, other) {
  if (one.ring === other.ring && !follows(one, other)) return meet(one, other);
  const ends = [[one.a, one.b, other.a, other.b], [one.a, one.b, other.b, other.a], [one.b, one.a, other.a, other.b], [one.b, one.a, other.b, other.a]];
  const shared = ends.filter(([end, , start]) => samePoint(end, start));
  if (shared.length !== 1) return meet(one, other);
  const [corner, before, , after] = shared[0];
  return foldsBack(corner, before, after);
}

function edgesOf(points, ring, closed = true) {
  const count = closed ? points.length : points.length - 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({ a: points[i], b: points[(i + 1) % points.length], i, count, closed, ring }));
}

const edgesOfShape = (shape) => shape.flatMap((polygon, p) => polygon.flatMap((ring, r) =>
  edgesOf(ring, `${p}/${r}`).map((edge) => ({ ...edge, part: p }))));

// All of them, found by sweeping from left to right.
export function crossingsOfShape(shape) {
  const order = edgesOfShape(shape)
    .map((edge) => ({ edge, low: Math.min(edge.a[0], edge.b[0]), high: Math.max(edge.a[0], edge.b[0]) }))
    .sort((one, other) => one.low - other.low);
  const found = [];
  order.forEach(({ edge, high }, at) => {
    for (let next = at + 1; next < order.length && order[next].low <= high; next += 1) {
      if (clash(edge, order[next].edge)) found.push([edge, order[next].edge]);
    }
  });
  return found;
}

// What a few of the edges cross: quick enough while they are being drawn or dragged.
function crossingsOfFew(few, others) {
  return few.flatMap((edge, at) => [...few.slice(at + 1), ...others].filter((other) => clash(edge, other)).map((other) => [edge, other]));
}

export function crossingsAt(shape, [p, r, i]) {
  const edges = edgesOfShape(shape);
  const count = shape[p][r].length;
  const moves = (edge) => edge.ring === `${p}/${r}` && (edge.i === i || edge.i === (i + count - 1) % count);
  return crossingsOfFew(edges.filter(moves), edges.filter((edge) => !moves(edge)));
}

// A line that is drawn, from its point number `from` on; `shape` is what it must not run into.
export function crossingsOfLine(line, { from = 0, closed = false, shape = [] } = {}) {
  const own = edgesOf(line, "line", closed);
  return crossingsOfFew(own.slice(from), [...own.slice(0, from), ...edgesOfShape(shape)]);
}

// Two parts that lie along each other are not one outline that crosses itself.
export const onlyBetweenParts = (pairs) => pairs.length > 0 && pairs.every(([one, other]) => one.part !== other.part);
