// Where the cross is, for who cannot see it: measured from what they know of already.
import { offset } from "./measure.js";
import { wholeAt } from "./parts.js";
import { closestOn, nearestEdge } from "./rings.js";

function edgeOf(shape, point) {
  const { path: [p, r, i] } = nearestEdge(shape, point);
  const ring = shape[p][r];
  return closestOn(ring[i - 1], ring[i % ring.length], point).point;
}

function besideOutline(shape, point) {
  const under = wholeAt(shape, point);
  const where = !under ? "outside the outline" : under[1] ? "in a hole" : "inside the outline";
  return `The cross is ${where}; the nearest edge is ${offset(point, edgeOf(shape, point))}.`;
}

export function whereabouts({ point, line, shape, hit, near }) {
  const said = [];
  if (line.length) said.push(`The cross is ${offset(line[line.length - 1], point)} of the last point.`);
  else if (shape.length) said.push(besideOutline(shape, point));
  if (near) said.push(`It is near ${near}.`);
  if (hit?.name) said.push(`A point here lies on the edge of ${hit.name}.`);
  return said.join(" ").replace(/^It is near/, "The cross is near") || "The map has moved.";
}
