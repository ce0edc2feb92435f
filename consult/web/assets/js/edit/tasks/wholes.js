// Parts and holes as wholes: one is chosen, and then deleted or filled; or all parts are joined.
import { boxOf, middleOf, wholeAt, wholes, without } from "../parts.js";

const name = ([, r]) => (r === 0 ? "part" : "hole");

export function wholesOf(desk) {
  let chosen = null;

  function choose(path) {
    chosen = path;
    desk.refresh();
    const all = wholes(desk.shape());
    const words = (it) => `This ${name(it)} is chosen: number ${all.findIndex((each) => each.join() === it.join()) + 1} of ${all.length}.`;
    desk.say(path ? words(path) : "Nothing is chosen.");
  }

  function step() {
    const all = wholes(desk.shape());
    const at = chosen ? all.findIndex((path) => path.join() === chosen.join()) : -1;
    const next = all[(at + 1) % all.length];
    desk.look.keep(middleOf(desk.shape()[next[0]][next[1]]));
    choose(next);
  }

  const extent = (polygon) => { const [w, s, e, n] = boxOf([polygon]); return (e - w) * (n - s); };

  return {
    mode: () => (chosen ? `${name(chosen)}-chosen` : "parts"),
    crossing: () => desk.crossing(),
    reason: () => "",
    checked() { if (chosen && !desk.shape()[chosen[0]]?.[chosen[1]]) chosen = null; },
    begin() {
      // After a cut it is most often the smaller part that goes.
      const parts = desk.shape().map((polygon, p) => ({ p, size: extent(polygon) })).sort((a, b) => a.size - b.size);
      chosen = parts.length > 1 ? [parts[0].p, 0] : null;
    },
    end() { chosen = null; },
    use: () => choose(wholeAt(desk.shape(), desk.centre())),
    tap: (point) => choose(wholeAt(desk.shape(), point)),
    letGo: () => (chosen ? choose(null) : desk.turn("points")),
    nextWhole: step,
    removeWhole() {
      if (!chosen) return desk.say("Choose a part or a hole first.");
      const words = chosen[1] === 0 ? "The part is deleted. Undo brings it back." : "The hole is filled. Undo brings it back.";
      const shape = without(desk.shape(), chosen);
      chosen = null;
      desk.commit({ shape }, words);
      if (wholes(shape).length < 2) desk.turn(shape.length ? "points" : "draw");
    },
    async join() {
      const made = await desk.ask("join", {});
      if (!made) return;
      chosen = null;
      desk.commit({ shape: made }, made.length === 1 ? "The parts are one." : "What touched is joined.");
      desk.turn("points");
    },
    seen: () => {
      const polygon = chosen && desk.shape()[chosen[0]];
      return { crossing: desk.crossing(), whole: polygon && (chosen[1] === 0 ? polygon : [polygon[chosen[1]]]) };
    },
  };
}
