// Moving the whole shape: a tool of its own, so that nobody does it by missing a point.
import { movedBy, wholeAt } from "../parts.js";

const STEP_PX = 10;

export function moving(desk) {
  let grip = null;
  let held = null;

  const by = (dx, dy, words, act) => desk.commit({ shape: movedBy(desk.shape(), dx, dy) }, words, act);
  function nudge(dx, dy) {
    const [east, north] = [dx * desk.resolution(), dy * desk.resolution()];
    const from = desk.centre();
    by(east, north, `The shape moved ${desk.distance(from, [from[0] + east, from[1] + north])}.`, "nudge:all");
    return true;
  }
  function tap(point) {
    if (!grip) {
      grip = point;
      desk.refresh();
      return desk.say("Held here. Now tap where this spot should go.");
    }
    const [dx, dy] = [point[0] - grip[0], point[1] - grip[1]];
    grip = null;
    by(dx, dy, `The shape moved ${desk.distance([point[0] - dx, point[1] - dy], point)}.`);
  }

  return {
    mode: () => (grip ? "moving-held" : "moving"),
    crossing: () => desk.crossing(),
    reason: () => "",
    end() { grip = null; held = null; },
    nudge, tap,
    use: () => tap(desk.centre()),
    letGo() {
      if (!grip && !held) return desk.turn("points");
      grip = held = null;
      desk.refresh();
    },
    up: () => nudge(0, STEP_PX), down: () => nudge(0, -STEP_PX), left: () => nudge(-STEP_PX, 0), right: () => nudge(STEP_PX, 0),
    grab(point) {
      if (grip || !wholeAt(desk.shape(), point)) return false;
      held = { from: point, to: point };
      return true;
    },
    drag(point) { if (held) held = { ...held, to: point }; },
    drop() {
      const { from, to } = held ?? {};
      held = null;
      if (from !== to) by(to[0] - from[0], to[1] - from[1], `The shape moved ${desk.distance(from, to)}.`);
    },
    seen: () => ({
      shape: held ? movedBy(desk.shape(), held.to[0] - held.from[0], held.to[1] - held.from[1]) : desk.shape(),
      crossing: held ? [] : desk.crossing(), chosen: grip,
    }),
  };
}
