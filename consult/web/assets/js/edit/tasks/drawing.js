// A line under way, point by point: the first part or another, a hole, or a cut across.
import { crossingsOfLine } from "../crossing.js";
import { APART_PX, handlesOf } from "../handles.js";
import { samePoint, withoutRepeats } from "../rings.js";

const PURPOSES = {
  part: { least: 3, act: "add_part", done: "The outline is finished.", few: "An outline needs at least three points." },
  hole: { least: 3, act: "add_hole", done: "The hole is in the outline.", few: "A hole needs at least three points." },
  cut: { least: 2, act: "cut", done: "The area is cut.", few: "A cut needs at least two points: begin outside the area and end outside it." },
};
const CROSSES = "It crosses itself where it is red. Undo takes the last point back.";
const RUNS_INTO = "The hole crosses the outline where it is red. Undo takes the last point back.";
const CLOSES_ACROSS = "A line straight back to the first point would cross what you have drawn: go further round.";

const withoutOpenRepeats = (line) => line.filter((point, i) => i === 0 || !samePoint(point, line[i - 1]));

export function drawing(desk, purpose) {
  const { least, act, done, few } = PURPOSES[purpose];
  const closes = purpose !== "cut";
  const around = () => (purpose === "hole" ? desk.shape() : []);
  const known = new WeakMap(); // a line never changes, so what it crosses is looked for once

  function crossing() {
    const line = desk.line();
    if (!known.has(line)) known.set(line, crossingsOfLine(line, { shape: around() }));
    return known.get(line);
  }

  function ahead() {
    const line = desk.line();
    const last = line[line.length - 1];
    if (desk.aimless()) return { hit: {}, path: [] };
    const hit = desk.snapped(desk.aim());
    if (!last) return { hit, path: [] };
    const along = desk.followed(last, hit.point);
    return { hit, along, path: [last, ...along.points, hit.point] };
  }

  const dots = () => handlesOf([[desk.line()]], { apart: APART_PX * desk.resolution(), extent: desk.extent() }).map(({ point }) => point);

  function ring() {
    const line = desk.line();
    return closes ? [...line, ...desk.followed(line[line.length - 1], line[0]).points] : line;
  }

  function reason() {
    const line = desk.line();
    if (line.length < least) return few;
    if (crossing().length) return purpose === "hole" && crossing().some(([, other]) => other.ring !== "line") ? RUNS_INTO : CROSSES;
    const back = closes && crossingsOfLine(ring(), { from: line.length - 1, closed: true, shape: around() });
    return back && back.length ? CLOSES_ACROSS : "";
  }

  function add(at, reach) {
    const line = desk.line();
    const hit = desk.snapped(at, reach);
    const { points, name } = line.length ? desk.followed(line[line.length - 1], hit.point) : { points: [] };
    const next = withoutOpenRepeats([...line, ...points, hit.point]);
    if (next.length === line.length) return desk.say("There is a point here already.");
    const along = points.length ? ` Followed the edge of ${name} for ${points.length} points.` : hit.name ? ` It is on the edge of ${hit.name}.` : "";
    desk.commit({ line: next, purpose }, `Point ${next.length}.${along}${crossing().length ? ` ${CROSSES}` : ""}`);
  }

  async function finish() {
    const why = reason();
    if (why) return desk.refuse(why);
    const drawn = withoutRepeats(ring());
    if (purpose === "part" && !desk.shape().length) {
      desk.commit({ shape: [[drawn]], line: [] }, done);
      return desk.turn("points");
    }
    const made = await desk.ask(act, closes ? { other: [[drawn]] } : { line: desk.line() });
    if (!made) return;
    desk.commit({ shape: made, line: [] }, done);
    desk.turn(purpose === "cut" ? "parts" : "points");
  }

  return {
    mode: () => (desk.line().length ? `${purpose}-line` : purpose === "part" && !desk.shape().length ? "empty" : purpose),
    finish, reason, crossing,
    use: () => add(desk.centre()),
    tap(point, reach) {
      const line = desk.line();
      const at = (other) => other && Math.hypot(other[0] - point[0], other[1] - point[1]) <= reach;
      const last = line[line.length - 1];
      // Coming back to the first point, or choosing the last one again, is how people say that they are done.
      if ((line.length >= 3 && closes && at(line[0])) || (line.length >= least && at(last))) return finish();
      return add(point, reach);
    },
    seen() {
      const [line, { hit, along, path }] = [desk.line(), ahead()];
      const fresh = path.length ? crossingsOfLine([...line, ...path.slice(1)], { from: line.length - 1, shape: around() }) : [];
      return {
        line, points: dots(), ahead: path, snap: hit.name ? hit : null,
        follow: along?.name ? path : hit.edge, crossing: [...crossing(), ...fresh],
      };
    },
    cancel() {
      desk.commit({ line: [], purpose }, "Drawing is stopped. Undo brings it back.");
      desk.turn(desk.shape().length ? "points" : "draw");
    },
    letGo() { if (!desk.line().length && desk.shape().length) desk.turn("points"); },
  };
}
