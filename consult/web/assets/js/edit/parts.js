// Parts and holes as wholes. A path [polygon, ring] names one: ring 0 is the part itself, the others are its holes.
import { toLonLat } from "ol/proj.js";

export function inRing(ring, [x, y]) {
  let inside = false;
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

export const wholes = (shape) => shape.flatMap((polygon, p) => polygon.map((_, r) => [p, r]));

// The hole or the part that lies under a point.
export function wholeAt(shape, point) {
  const under = wholes(shape).filter(([p, r]) => inRing(shape[p][r], point));
  return under.find(([, r]) => r > 0) ?? under[0] ?? null;
}

export function without(shape, [p, r]) {
  if (r === 0) return shape.filter((_, i) => i !== p);
  return shape.map((polygon, i) => (i === p ? polygon.filter((_, j) => j !== r) : polygon));
}

export function boxOf(shape) {
  return shape.flat(2).reduce(
    ([w, s, e, n], [x, y]) => [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
}

const shrinks = (y) => Math.cos((toLonLat([0, y])[1] * Math.PI) / 180);

// Map units grow towards the north, so a shape that is moved there is drawn larger, to stay as large on the ground.
export function movedBy(shape, dx, dy) {
  const [w, s, e, n] = boxOf(shape);
  const [x, y] = [(w + e) / 2, (s + n) / 2];
  const grows = shrinks(y) / shrinks(y + dy);
  return shape.map((polygon) => polygon.map((ring) => ring.map((at) =>
    [x + dx + (at[0] - x) * grows, y + dy + (at[1] - y) * grows])));
}

export function middleOf(ring) {
  const [w, s, e, n] = boxOf([[ring]]);
  return [(w + e) / 2, (s + n) / 2];
}
