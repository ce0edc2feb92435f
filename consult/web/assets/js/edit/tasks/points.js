// Moving, adding and deleting points: by dragging, by tapping the point and then its place, or by arrow keys.
import { crossingsAt, crossingsOfShape } from "../crossing.js";
import { APART_PX, handlesOf, middlesOf } from "../handles.js";
import { canRemove, insertPoint, movePoint, nearestEdge, nearestOf, paths, pointAt, removePoint, withoutRepeats } from "../rings.js";

const MIDDLES_FROM_PX = 2.2 * APART_PX;
const LAST_THREE = "An outline needs at least three points. To take all of it away, delete the part.";

export function points(desk) {
  const known = new WeakMap();
  let chosen = null;
  let dragged = null;

  const shapeNow = () => dragged?.shape ?? desk.shape();
  const at = () => chosen && pointAt(shapeNow(), chosen);
  const handles = () => handlesOf(shapeNow(), { apart: APART_PX * desk.resolution(), extent: desk.extent(), chosen });
  const middles = () => middlesOf(shapeNow(), handles(), MIDDLES_FROM_PX * desk.resolution());
  const placed = (hit) => (hit.name ? `Point moved, on the edge of ${hit.name}.` : "Point moved.");

  function crossing() {
    const shape = desk.shape();
    if (!known.has(shape)) known.set(shape, crossingsOfShape(shape));
    if (!dragged) return known.get(shape);
    const path = dragged.path.slice(0, 2).join("/");
    const moves = ({ ring, i }) => ring === path && Math.abs(i - dragged.path[2]) <= 1;
    return [...known.get(shape).filter((pair) => !pair.some(moves)), ...crossingsAt(dragged.shape, dragged.path)];
  }

  function choose(path, words = "") {
    chosen = path;
    desk.refresh();
    desk.say(path ? words || `Point ${path[2] + 1} chosen.` : "The point is let go.");
  }

  function move(hit, words, act) {
    desk.commit({ shape: movePoint(desk.shape(), chosen, hit.point) }, words ?? placed(hit), act);
  }

  function step(by) {
    const all = paths(desk.shape());
    if (!all.length) return;
    const near = nearestOf(all.map((path) => pointAt(desk.shape(), path)), desk.centre());
    const now = chosen ? all.findIndex((path) => path.join() === chosen.join()) + by : near.index;
    const index = (now + all.length) % all.length;
    desk.look.at(pointAt(desk.shape(), all[index]));
    choose(all[index], `Point ${index + 1} of ${all.length}.`);
  }

  function add(path, point, words) {
    chosen = path;
    desk.commit({ shape: insertPoint(desk.shape(), path, point) }, words);
  }

  // Where points have no handle of their own, the outline itself can be taken hold of.
  function onOutline(point, reach) {
    const { path: [p, r, i], distance } = nearestEdge(desk.shape(), point);
    if (distance > reach) return null;
    const ring = desk.shape()[p][r];
    const ends = [i - 1, i % ring.length];
    return [p, r, ends[nearestOf(ends.map((end) => ring[end]), point).index]];
  }

  return {
    mode: () => (chosen ? "chosen" : "points"),
    crossing,
    reason: () => "",
    canRemove: () => canRemove(desk.shape(), chosen),
    checked() { if (chosen && !at()) chosen = null; },
    end() { chosen = null; dragged = null; },
    use() {
      if (!chosen) return step(0);
      const hit = desk.snapped(at());
      if (hit.name && hit.distance > 0) move(hit);
      choose(null, "");
    },
    previous: () => step(-1),
    next: () => step(1),
    toCross: () => chosen && move(desk.snapped(desk.centre())),
    insert() {
      const { point } = desk.snapped(desk.centre());
      add(nearestEdge(desk.shape(), point).path, point, "Point added to the nearest edge.");
    },
    remove() {
      if (!chosen) return desk.say("Choose a point first.");
      if (!canRemove(desk.shape(), chosen)) return desk.refuse(LAST_THREE);
      const shape = removePoint(desk.shape(), chosen);
      const [p, r, i] = chosen;
      chosen = [p, r, (i + shape[p][r].length - 1) % shape[p][r].length];
      desk.commit({ shape }, "Point deleted. The one before it is chosen.");
    },
    nudge(dx, dy) {
      if (!chosen) return false;
      const [x, y] = at();
      const point = [x + dx * desk.resolution(), y + dy * desk.resolution()];
      move({ point }, `Point moved ${desk.distance(at(), point)}.`, `nudge:${chosen}`);
      desk.look.keep(point);
      return true;
    },
    letGo() {
      if (!dragged) return chosen && choose(null);
      dragged = null;
      desk.refresh();
    },
    tap(point, reach) {
      const hit = nearestOf(handles().map((handle) => handle.point), point, reach);
      const path = hit && handles()[hit.index].path;
      if (path) return choose(chosen && path.join() === chosen.join() ? null : path, "");
      const gap = nearestOf(middles().map((middle) => middle.point), point, reach);
      if (gap) return add(middles()[gap.index].path, middles()[gap.index].point, "Point added. It is chosen now.");
      if (chosen) return move(desk.snapped(point, reach));
      const near = onOutline(point, reach);
      if (near) choose(near);
    },
    grab(point, reach) {
      const hit = nearestOf(handles().map((handle) => handle.point), point, reach);
      const gap = !hit && nearestOf(middles().map((middle) => middle.point), point, reach);
      if (!hit && !gap) return false;
      const held = hit ? handles()[hit.index] : middles()[gap.index];
      const shape = hit ? desk.shape() : insertPoint(desk.shape(), held.path, held.point);
      dragged = { path: held.path, shape, added: !hit, moved: false };
      return true;
    },
    drag(point, reach) {
      if (!dragged) return;
      const hit = desk.snapped(point, reach);
      dragged = { ...dragged, shape: movePoint(dragged.shape, dragged.path, hit.point), moved: true, hit };
      chosen = dragged.path;
    },
    drop() {
      if (!dragged) return;
      const { shape, moved, hit, added } = dragged;
      dragged = null;
      if (moved) desk.commit({ shape: shape.map((polygon) => polygon.map(withoutRepeats)) }, added ? "Point added." : placed(hit));
    },
    seen: () => ({
      shape: shapeNow(), crossing: crossing(),
      points: handles().map(({ point }) => point), middles: dragged ? [] : middles().map(({ point }) => point),
      chosen: at(), snap: dragged?.hit?.name ? dragged.hit : null, follow: dragged?.hit?.edge,
    }),
  };
}
