// The area editor: what has been drawn, which point is chosen, and what each act does to them.
import { crossings, crossingsOfShape, edgesOf } from "./crossing.js";
import { drawnOn } from "./drawn.js";
import { history } from "./history.js";
import { snap, trace } from "./neighbours.js";
import { measured } from "./panel.js";
import { canRemove, insertPoint, movePoint, nearestEdge, paths, pointAt, removePoint, samePoint, withoutRepeats } from "./rings.js";

const SNAP_PX = 12;
const MIDDLES_FROM_PX = 34; // an edge shorter than this has no room for a dot of its own

// A shape that crosses itself has no size worth saying.
const size = (shape) => (crossingsOfShape(shape).length ? "It crosses itself now." : `${measured(shape)}.`);

export function editorOn({ map, panel, neighbours, shape: first, changed }) {
  const draw = drawnOn(map);
  const steps = history({ shape: first ?? [], line: [] });
  let chosen = null;
  let dragged = null;
  let pointer = null;

  const shapeNow = () => dragged?.shape ?? steps.now().shape;
  const lineNow = () => steps.now().line;
  const pixelOf = (point) => map.getPixelFromCoordinate(point);
  const centre = () => map.getView().getCenter();
  const mode = () => (lineNow().length ? "line" : !shapeNow().length ? "empty" : chosen ? "chosen" : "shape");
  const reach = () => SNAP_PX * map.getView().getResolution();
  const snapped = (point) => (panel.toggles("snap") && snap(neighbours(), point, reach())) || { point };

  function near(points, pixel, within) {
    let best = null;
    points.forEach((point, index) => {
      const [x, y] = pixelOf(point) ?? [Infinity, Infinity];
      const distance = Math.hypot(x - pixel[0], y - pixel[1]);
      if (distance <= within && (!best || distance < best.distance)) best = { distance, index };
    });
    return best;
  }

  function middles(shape) {
    const room = MIDDLES_FROM_PX * map.getView().getResolution();
    return paths(shape).flatMap((path) => {
      const ring = shape[path[0]][path[1]];
      const [a, b] = [ring[path[2]], ring[(path[2] + 1) % ring.length]];
      if (Math.hypot(a[0] - b[0], a[1] - b[1]) < room) return [];
      return [{ path: [path[0], path[1], path[2] + 1], point: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] }];
    });
  }

  const followed = (from, to) => (panel.toggles("trace") && from && trace(neighbours(), from, to)) || { points: [] };

  function crossing(shape, line) {
    return line.length ? crossings(edgesOf(line, false).map((edge) => ({ ...edge, ring: "line" }))) : crossingsOfShape(shape);
  }

  function look() {
    const [shape, line] = [shapeNow(), lineNow()];
    const aim = pointer ?? centre();
    const hit = mode() === "line" || mode() === "empty" || dragged ? snapped(aim) : null;
    const last = line[line.length - 1];
    draw({
      shape, line, crossing: crossing(shape, line),
      ahead: last && hit ? [last, ...followed(last, hit.point).points, hit.point] : null,
      middles: line.length || dragged ? [] : middles(shape).map(({ point }) => point),
      chosen: chosen ? pointAt(shape, chosen) : null,
      snap: hit?.name ? hit.point : null,
    });
  }

  function refresh() {
    const [shape, line] = [shapeNow(), lineNow()];
    if (chosen && !pointAt(shape, chosen)) chosen = null;
    panel.show({
      mode: mode(), shape, crossing: crossing(shape, line),
      canUndo: steps.canUndo(), canRedo: steps.canRedo(), canFinish: line.length >= 3, canRemove: canRemove(shape, chosen),
    });
    look();
  }

  function commit(step, words) {
    steps.add(step);
    refresh();
    changed(steps.now());
    if (words) panel.say(words);
  }

  function addToLine(at) {
    const line = lineNow();
    const hit = snapped(at);
    const { points, name } = followed(line[line.length - 1], hit.point);
    const next = withoutOpenRepeats([...line, ...points, hit.point]);
    if (next.length === line.length) return;
    const along = points.length ? ` Followed the edge of ${name} for ${points.length} points.` : hit.name ? ` Snapped to ${hit.name}.` : "";
    commit({ shape: [], line: next }, `Point ${next.length} added.${along}`);
  }

  function finish() {
    const line = lineNow();
    if (line.length < 3) return panel.say("An outline needs at least three points.");
    const closing = followed(line[line.length - 1], line[0]).points;
    const shape = [[withoutRepeats([...line, ...closing])]];
    commit({ shape, line: [] }, `The outline is finished. ${size(shape)}`);
  }

  function choose(path, words = "") {
    chosen = path;
    refresh();
    if (path) panel.say(words || "Point chosen.");
  }

  function step(by) {
    const all = paths(shapeNow());
    if (!all.length) return;
    const at = chosen ? all.findIndex((path) => path.join() === chosen.join()) : by > 0 ? -1 : 0;
    const index = (at + by + all.length) % all.length;
    map.getView().setCenter(pointAt(shapeNow(), all[index]));
    choose(all[index], `Point ${index + 1} of ${all.length}.`);
  }

  function moveChosen() {
    if (!chosen) return;
    const hit = snapped(centre());
    const shape = movePoint(shapeNow(), chosen, hit.point);
    commit({ shape, line: [] }, `Point moved${hit.name ? ` and snapped to ${hit.name}` : ""}. ${size(shape)}`);
  }

  const acts = {
    drawing: () => mode() === "line",
    put: () => addToLine(centre()),
    finish,
    cancel: () => commit({ shape: [], line: [] }, "Drawing cancelled. Undo brings it back."),
    restart: () => { chosen = null; commit({ shape: [], line: [] }, "The outline is gone. Undo brings it back."); },
    previous: () => step(-1),
    next: () => step(1),
    move: moveChosen,
    insert() {
      const shape = shapeNow();
      const { point } = snapped(centre());
      const { path } = nearestEdge(shape, point);
      chosen = path;
      commit({ shape: insertPoint(shape, path, point), line: [] }, "Point added to the nearest edge.");
    },
    remove() {
      if (!chosen) return;
      if (!canRemove(shapeNow(), chosen)) return panel.say("An outline needs at least three points.");
      const shape = removePoint(shapeNow(), chosen);
      chosen = null;
      commit({ shape, line: [] }, `Point deleted. ${size(shape)}`);
    },
    undo() { steps.undo(); refresh(); changed(steps.now()); panel.say("Undone."); },
    redo() { steps.redo(); refresh(); changed(steps.now()); panel.say("Redone."); },
    letGo: () => choose(null),
    use: () => ({ empty: acts.put, line: acts.put, shape: acts.next, chosen: moveChosen })[mode()](),
  };

  return {
    acts, refresh,
    replace: (shape, words) => { chosen = null; commit({ shape, line: [] }, words); },
    moved: () => { if (!pointer && lineNow().length) look(); },
    hover(pixel) {
      pointer = pixel && map.getCoordinateFromPixel(pixel);
      if (lineNow().length || !shapeNow().length) look();
    },
    tap(pixel, within) {
      const [shape, line] = [shapeNow(), lineNow()];
      if (line.length || !shape.length) {
        if (line.length >= 3 && near([line[0]], pixel, within)) return finish();
        return addToLine(map.getCoordinateFromPixel(pixel));
      }
      const all = paths(shape);
      const hit = near(all.map((path) => pointAt(shape, path)), pixel, within);
      choose(hit ? all[hit.index] : null);
    },
    grab(pixel, within) {
      const shape = shapeNow();
      if (lineNow().length || !shape.length) return false;
      const all = paths(shape);
      const hit = near(all.map((path) => pointAt(shape, path)), pixel, within);
      const between = middles(shape);
      const gap = !hit && near(between.map(({ point }) => point), pixel, within);
      if (!hit && !gap) return false;
      const path = hit ? all[hit.index] : between[gap.index].path;
      dragged = { path, shape: hit ? shape : insertPoint(shape, path, between[gap.index].point), moved: false };
      return true;
    },
    drag(pixel) {
      const at = map.getCoordinateFromPixel(pixel);
      pointer = at;
      dragged = { ...dragged, shape: movePoint(dragged.shape, dragged.path, snapped(at).point), moved: true };
      chosen = dragged.path;
      look();
    },
    drop() {
      const { shape, moved, path } = dragged;
      dragged = null;
      if (!moved) return refresh();
      chosen = path;
      commit({ shape: shape.map((polygon) => polygon.map(withoutRepeats)), line: [] }, `Point moved. ${size(shape)}`);
    },
  };
}

const withoutOpenRepeats = (line) => line.filter((point, i) => i === 0 || !samePoint(point, line[i - 1]));
