// The area editor: what has been drawn, the task in hand, and the desk that every task works at.
import { drawnOn } from "./drawn.js";
import { history } from "./history.js";
import { snap, trace } from "./neighbours.js";
import { offset } from "./measure.js";
import { drawing } from "./tasks/drawing.js";
import { moving } from "./tasks/moving.js";
import { points } from "./tasks/points.js";
import { wholesOf } from "./tasks/wholes.js";
import { whereabouts } from "./whereabouts.js";

const SNAP_PX = 12;
const WAITING = "One moment: that is being worked out.";

export function editorOn({ map, panel, neighbours, server, shape: first, changed }) {
  const draw = drawnOn(map);
  const steps = history({ shape: first ?? [], line: [], purpose: "part" });
  const view = () => map.getView();
  let pointer = null;
  let aimless = false; // after the tap of a finger there is no pointer, and the cross is not what the person looks at
  let trouble = "";
  let waiting = false;
  let name = first ? "points" : "draw";

  const desk = {
    shape: () => steps.now().shape,
    line: () => steps.now().line,
    crossing: () => tasks.points.crossing(),
    resolution: () => view().getResolution(),
    extent: () => view().calculateExtent(map.getSize()),
    centre: () => view().getCenter(),
    aim: () => pointer ?? view().getCenter(),
    aimless: () => aimless,
    say: panel.say,
    distance: offset,
    snapped: (point, reach = SNAP_PX * view().getResolution()) => (panel.toggles("snap") && snap(neighbours(), point, reach)) || { point },
    followed: (from, to) => (panel.toggles("trace") && trace(neighbours(), from, to)) || { points: [] },
    commit(change, words, act) {
      steps.add({ ...steps.now(), ...change }, act);
      settle(words);
    },
    refuse(words) {
      trouble = words;
      refresh();
      panel.say(words);
    },
    turn(next) {
      tasks[name].end?.();
      name = next;
      trouble = "";
      tasks[name].begin?.();
      refresh();
    },
    // Exact geometry from the server; nothing if it was refused, or if the person has gone on meanwhile.
    async ask(act, more) {
      if (waiting) return null;
      const asked = steps.now();
      waiting = true;
      panel.say(WAITING);
      const { shape, sentence } = await server(act, asked.shape, more);
      waiting = false;
      if (steps.now() !== asked) return null;
      if (sentence) desk.refuse(sentence);
      return shape ?? null;
    },
    refresh: () => refresh(),
    look: {
      at: (point) => view().setCenter(point),
      keep(point) {
        const [w, s, e, n] = desk.extent();
        if (point[0] < w || point[0] > e || point[1] < s || point[1] > n) view().setCenter(point);
      },
    },
  };

  const tasks = {
    draw: drawing(desk, "part"), hole: drawing(desk, "hole"), cut: drawing(desk, "cut"),
    points: points(desk), parts: wholesOf(desk), moving: moving(desk),
  };
  const task = () => tasks[name];

  function look() {
    draw({ shape: desk.shape(), line: [], crossing: [], ...task().seen() });
  }

  function refresh() {
    task().checked?.();
    panel.show({
      mode: task().mode(), task: name, shape: desk.shape(), line: desk.line(), crossing: task().crossing(), trouble,
      reason: desk.line().length ? task().reason() : "",
      can: { undo: steps.canUndo(), redo: steps.canRedo(), finish: !desk.line().length || !task().reason(), remove: tasks.points.canRemove() },
    });
    look();
  }

  function settle(words) {
    trouble = "";
    refresh();
    changed(steps.all());
    if (words) panel.say(words);
  }

  // The step says what was being drawn, so the task goes with it.
  function went(words) {
    const { shape, line, purpose } = steps.now();
    const meant = line.length ? { part: "draw" }[purpose] ?? purpose : shape.length ? (name === "draw" ? "points" : name) : "draw";
    if (meant !== name) desk.turn(meant);
    settle(words);
  }

  const acts = {
    put: () => task().use(),
    use: () => task().use(),
    finish: () => task().finish?.(),
    cancel: () => (desk.line().length ? task().cancel() : desk.turn("points")),
    undo: () => { if (!steps.canUndo()) return panel.say("There is nothing to undo."); steps.undo(); went("Undone."); },
    redo: () => { if (!steps.canRedo()) return panel.say("There is nothing to redo."); steps.redo(); went("Done again."); },
    letGo: () => task().letGo?.(),
    back: () => (desk.line().length ? acts.undo() : acts.remove()),
    nudge: (dx, dy) => task().nudge?.(dx, dy) ?? false,
    restart() { desk.commit({ shape: [], line: [], purpose: "part" }, "The outline is gone. Undo brings it back."); desk.turn("draw"); },
    join: () => tasks.parts.join(),
    "next-whole": () => tasks.parts.nextWhole(), "remove-whole": () => tasks.parts.removeWhole(),
    up: () => tasks.moving.up(), down: () => tasks.moving.down(), left: () => tasks.moving.left(), right: () => tasks.moving.right(),
    // Points are stepped through whatever the task was, unless a line is under way.
    ...Object.fromEntries(Object.entries({ previous: "previous", next: "next", move: "toCross", insert: "insert", remove: "remove" }).map(([act, does]) => [act, () => {
      if (desk.line().length || !desk.shape().length) return panel.say("Finish the line first.");
      if (name !== "points") desk.turn("points");
      tasks.points[does]();
    }])),
  };
  for (const next of ["draw", "hole", "cut", "points", "parts", "moving"]) {
    acts[`task-${next}`] = () => { desk.turn(next); panel.sayNow(); };
  }

  return {
    acts, refresh,
    // Another outline in place of this one, as a step that can be undone.
    replace(shape, words) { desk.commit({ shape, line: [] }, words); desk.turn("points"); },
    resume({ steps: kept, at }, words) { steps.resume(kept, at); went(words); },
    refuse: desk.refuse,
    where: (near) => whereabouts({ point: desk.centre(), line: desk.line(), shape: desk.shape(), hit: desk.snapped(desk.centre()), near }),
    open: () => ({ line: desk.line().length > 0, first: name === "draw" && !desk.shape().length, ready: desk.line().length > 0 && !task().reason() }),
    moved: () => { aimless = false; if (!pointer || name === "points") look(); },
    hover(point) {
      pointer = point;
      aimless = false;
      if (task().finish) look();
    },
    tap(point, reach, byFinger) {
      aimless = byFinger;
      if (byFinger) pointer = null;
      task().tap(point, reach);
    },
    grab: (point, reach) => task().grab?.(point, reach) ?? false,
    drag(point, reach) {
      pointer = point;
      task().drag(point, reach);
      look();
      panel.measuring(task().seen().shape, task().crossing());
    },
    drop: () => task().drop?.(),
  };
}
